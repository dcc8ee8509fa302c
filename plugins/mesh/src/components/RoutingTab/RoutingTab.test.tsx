import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { narrowEntity, reviewsEntity } from '../../__fixtures__/entities';
import {
  BROKEN,
  emptyReplies,
  FORBIDDEN,
  NOT_FOUND,
} from '../../__fixtures__/fixtureBackend';
import { unmeasuredRouting } from '../../__fixtures__/observedRouting';
import {
  noServiceRouting,
  plainRouting,
  reviewsRouting,
} from '../../__fixtures__/routing';
import { setupMeshBackend } from '../../__testUtils__/meshBackend';
import { renderMesh } from '../../__testUtils__/renderMesh';
import { plain } from '../../__testUtils__/testTranslate';
import { RoutingTab } from './RoutingTab';

const backend = setupMeshBackend();

const rowsOf = (table: HTMLElement) =>
  within(table)
    .getAllByRole('row')
    .slice(1)
    .map(row => plain(row.textContent ?? ''));

const [reviews] = reviewsRouting.services;
const [port] = reviews.ports;
/** The routing of reviews with other rules on its port. */
const withRules = (...rules: typeof port.rules) => ({
  ...reviewsRouting,
  services: [{ ...reviews, ports: [{ ...port, rules }] }],
});

describe('RoutingTab', () => {
  it('says where requests go, rule by rule, with what was seen beside it', async () => {
    const { container } = await renderMesh(<RoutingTab />, {
      entity: reviewsEntity,
    });
    expect(
      await screen.findByRole('heading', {
        name: 'Requests to reviews.shop follow 3 rules; 1 rule sends requests to what does not exist and 1 of them never matches',
      }),
    ).toBeVisible();
    const table = await screen.findByRole('table', {
      name: 'Rules of port 9080 of shop/reviews (east), in the order in which they are tried',
    });
    await waitFor(() => expect(rowsOf(table)[1]).toContain('seen 78 %'));
    const [jason, split, old] = rowsOf(table);
    expect(jason).toMatch(
      /^1header end-user is jasonor path starts with \/beta \(upper or lower case\) and method is GET100 %reviews.shop:9080, subset v2/,
    );
    expect(jason).toMatch(/No timeout.*Fault: 10 % .*Mirrors 5 %.*http\[0\]$/);
    expect(split).toMatch(
      /^2every other request85 %.*subset v1seen 78 % \(780 requests\)10 %.*seen 22 % \(220 requests\)5 %.*answers 503: DestinationRule shop\/reviews has no subset v3/,
    );
    expect(split).toMatch(
      /Differs from what is written: 22 % of 1000 requests/,
    );
    expect(split).toMatch(
      /Timeout 3 s3 retries of 2 s each on 5xx, resetIf every try is slow, retry 1 is cut after 1 s, retries 2-3 never start/,
    );
    expect(old).toMatch(
      /^3path starts with \/oldnever matches: Rule 2 has no condition.*Redirect 308 to \/reviews/,
    );
    expect(await axe(container)).toHaveNoViolations();
  });

  it('draws no share of requests to a rule that none comes to', async () => {
    const [{ neverMatches }] = port.rules.filter(each => each.neverMatches);
    backend.reply({
      routing: withRules(
        { ...port.rules[0], backends: [{ host: 'a', percent: 100 }] },
        {
          ...port.rules[0],
          backends: [{ host: 'b', percent: 100 }],
          neverMatches,
        },
      ),
    });
    await renderMesh(<RoutingTab />, { entity: reviewsEntity });
    expect(await screen.findByText(/^never matches:/)).toBeVisible();
    expect(
      screen
        .getAllByRole('img', { name: / to [ab]$/ })
        .map(bar => plain(bar.getAttribute('aria-label') ?? '')),
    ).toEqual(['100 % to a']);
  });

  it('says of connections to what is not there that they are closed', async () => {
    const missing = { reason: { rule: 'r', text: 'it has no port 9000' } };
    backend.reply({
      routing: withRules({
        ...port.rules[0],
        backends: [{ host: 'a', percent: 100, missing }],
      }),
    });
    await renderMesh(<RoutingTab />, { entity: reviewsEntity });
    expect(
      await screen.findByText('closes connections: it has no port 9000'),
    ).toBeVisible();
  });

  it('says how clients treat the endpoints of each destination', async () => {
    await renderMesh(<RoutingTab />, { entity: reviewsEntity });
    const [v1, v2] = rowsOf(
      await screen.findByRole('table', {
        name: 'How clients treat the endpoints of each destination of port 9080 of shop/reviews (east)',
      }),
    );
    expect(v1).toMatch(
      /^v1.*version=v12 of 2LEAST_REQUESTnear localities first, .*maxConnections 100connectTimeout 10 safter 5 gateway errors in a row, for 30 s.*ISTIO_MUTUALDestinationRule shop\/reviews$/,
    );
    expect(v2).toMatch(
      /^v2.*0 of 3defaultlocality failover is inactive: it needs outlierDetectionnoneneverdefault/,
    );
  });

  it('says what has no effect, what may differ, and what is predicted', async () => {
    await renderMesh(<RoutingTab />, { entity: reviewsEntity });
    expect(
      await screen.findByText('1 object names this Service and has no effect'),
    ).toBeVisible();
    expect(screen.getByText('may differ')).toBeVisible();
    expect(screen.getByText('predicted')).toBeVisible();
    expect(
      screen.getByText(/A request that no rule matches gets 404/),
    ).toBeVisible();
  });

  it('says in words where a split cannot be held against one rule', async () => {
    await renderMesh(<RoutingTab />, { entity: reviewsEntity });
    expect(
      await screen.findByText(/^Not attributable to one rule: The metric/),
    ).toBeVisible();
    const table = screen.getByRole('table', {
      name: 'Where the requests to shop/reviews (east) went, by caller',
    });
    expect(rowsOf(table)).toEqual([
      'all callers1,00078 %reviews-v1, version v1 (780)22 %reviews-v2, version v2 (220)',
      'shop/productpage (east)90078 %reviews-v1, version v1 (700)22 %reviews-v2, version v2 (200)',
    ]);
    expect(
      screen.getByText('2 more callers that you may not see in the catalog'),
    ).toBeVisible();
  });

  it('tells no traffic from no measurement', async () => {
    backend.reply({ observedRouting: unmeasuredRouting });
    await renderMesh(<RoutingTab />, { entity: reviewsEntity });
    expect(await screen.findByText('no traffic')).toBeVisible();
    expect(screen.getByText('not measured: unreachable')).toBeVisible();
    expect(
      screen.getByText(/Prometheus main answered 500 Internal Server Error/),
    ).toBeVisible();
  });

  it('draws ports without rules, without a mesh, and those that cannot be read', async () => {
    backend.reply({ routing: plainRouting, observedRouting: BROKEN });
    const { container } = await renderMesh(<RoutingTab />, {
      entity: reviewsEntity,
    });
    expect(
      await screen.findByText(
        'No rule applies: requests go to the endpoints of the Service.',
      ),
    ).toBeVisible();
    expect(
      screen.getByText('What decides here could not be read (malformed)'),
    ).toBeVisible();
    expect(
      screen.getByText(/VirtualService shop\/metrics cannot be read/),
    ).toBeVisible();
    expect(screen.getByText('No proxy applies any rule here.')).toBeVisible();
    expect(
      screen.getByText('As seen from Deployment shop/productpage'),
    ).toBeVisible();
    expect(screen.getByText('1 workload is behind no Service:')).toBeVisible();
    expect(
      await screen.findByText('Could not load where requests went'),
    ).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
  });

  it('speaks of one Service by the URL', async () => {
    const user = userEvent.setup();
    await renderMesh(<RoutingTab />, { entity: reviewsEntity });
    await user.selectOptions(
      await screen.findByRole('combobox', { name: 'Service' }),
      'reviews/reviews (west)',
    );
    expect(
      await screen.findByRole('heading', {
        name: 'Requests to reviews.reviews follow 1 rule',
      }),
    ).toBeVisible();
    expect(screen.queryByRole('heading', { name: 'reviews.shop' })).toBeNull();
  });

  it('says so where the Service of a link is gone', async () => {
    await renderMesh(<RoutingTab />, {
      entity: reviewsEntity,
      path: '/?service=east,shop,gone',
    });
    expect(
      await screen.findByText(/There is no Service east,shop,gone here/),
    ).toBeVisible();
    expect(screen.getByRole('heading', { name: 'reviews.shop' })).toBeVisible();
  });

  it('looks from another place, and refuses what is none', async () => {
    const user = userEvent.setup();
    await renderMesh(<RoutingTab />, { entity: reviewsEntity });
    const field = await screen.findByLabelText('As seen from');
    const apply = screen.getByRole('button', { name: 'Look from there' });
    await user.type(field, 'Shop!');
    expect(screen.getByText(/^Write a namespace such as shop/)).toBeVisible();
    expect(apply).toBeDisabled();
    await user.clear(field);
    await user.type(field, 'shop/Deployment/productpage{Enter}');
    await waitFor(() =>
      expect(
        backend.requests.some(({ url }) =>
          url.endsWith('/routing?from=shop%2FDeployment%2Fproductpage'),
        ),
      ).toBe(true),
    );
    expect(await screen.findByLabelText('As seen from')).toHaveValue(
      'shop/Deployment/productpage',
    );
  });

  it('lets a place be corrected that the backend does not know', async () => {
    const user = userEvent.setup();
    backend.reply({
      routing: url =>
        url.searchParams.has('from')
          ? {
              refuse: 400,
              name: 'InputError',
              message: 'There is no Deployment shop/gone on the cluster east',
            }
          : reviewsRouting,
    });
    const { container } = await renderMesh(<RoutingTab />, {
      entity: reviewsEntity,
      path: '/?from=shop/Deployment/gone',
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      '400 InputError: There is no Deployment shop/gone on the cluster east',
    );
    expect(await axe(container)).toHaveNoViolations();
    await user.clear(screen.getByLabelText('As seen from'));
    await user.click(screen.getByRole('button', { name: 'Look from there' }));
    expect(
      await screen.findByRole('heading', { name: 'reviews.shop' }),
    ).toBeVisible();
  });

  it('tells of a host that no Service has by its name', async () => {
    const host = 'reviews.example.com';
    backend.reply({
      routing: {
        ...reviewsRouting,
        services: [
          reviews,
          {
            ...reviews,
            service: { ...reviews.service, name: host, kind: 'Hostname' },
            host,
            gateways: [],
          },
        ],
      },
    });
    const { container } = await renderMesh(<RoutingTab />, {
      entity: reviewsEntity,
    });
    const panel = await screen.findByRole('region', { name: host });
    expect(within(panel).getAllByText(host, { exact: true })).toHaveLength(1);
    expect(
      within(panel).getByRole('table', {
        name: `Rules of port 9080 of ${host} (east), in the order in which they are tried`,
      }),
    ).toBeVisible();
    expect(
      await screen.findByRole('region', { name: 'reviews.shop' }),
    ).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
  });

  it('says which workloads are behind no Service at all', async () => {
    backend.reply({ routing: noServiceRouting });
    await renderMesh(<RoutingTab />, { entity: reviewsEntity });
    expect(
      await screen.findByRole('heading', {
        name: 'No Service selects the workloads of this entity',
      }),
    ).toBeVisible();
    expect(
      screen.getByText('Deployment shop/reviews-batch (east)'),
    ).toBeVisible();
  });

  it('says what was looked for where the annotations lead to nothing', async () => {
    backend.reply(emptyReplies);
    const { container } = await renderMesh(<RoutingTab />, {
      entity: narrowEntity,
    });
    expect(
      await screen.findByRole('heading', { name: 'No workloads found' }),
    ).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
  });

  it.each([
    ['never', 'status', 'Loading the routes of this entity'],
    [BROKEN, 'alert', 'heap out of memory'],
    [FORBIDDEN, 'status', 'You may not see the routes of this entity'],
    [NOT_FOUND, 'status', 'The catalog has no component:default/reviews'],
  ] as const)('draws the state %j', async (reply, role, text) => {
    backend.reply({ routing: reply });
    const { container } = await renderMesh(<RoutingTab />, {
      entity: reviewsEntity,
    });
    const element =
      reply === 'never'
        ? await screen.findByRole(role, { name: text })
        : await screen.findByRole(role);
    expect(reply === 'never' ? text : element.textContent).toContain(text);
    expect(await axe(container)).toHaveNoViolations();
  });

  it('opens the reason of a timeout at its field', async () => {
    const user = userEvent.setup();
    await renderMesh(<RoutingTab />, { entity: reviewsEntity });
    await user.click(
      await screen.findByRole('button', { name: /^Timeout 3\ss$/ }),
    );
    expect(
      await screen.findByRole('dialog', {
        name: 'Rule 2: VirtualService shop/reviews http[1]',
      }),
    ).toHaveTextContent('spec.http[1].timeout');
    await waitFor(() =>
      expect(document.querySelector('mark')).toHaveTextContent('timeout: 3s'),
    );
  });
});
