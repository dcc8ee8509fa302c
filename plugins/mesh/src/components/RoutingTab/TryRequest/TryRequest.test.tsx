import { ServiceRoutes } from 'backstage-plugin-mesh-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { reviewsEntity } from '../../../__fixtures__/entities';
import { BROKEN } from '../../../__fixtures__/fixtureBackend';
import { setupMeshBackend } from '../../../__testUtils__/meshBackend';
import { renderMesh } from '../../../__testUtils__/renderMesh';
import { reviewsRouting } from '../../../__fixtures__/routing';
import { serviceKey } from '../../../format/refs';
import { ReasonsProvider } from '../../Reasons/ReasonsProvider';
import { TryRequest } from './TryRequest';

const backend = setupMeshBackend();

const PAGE = 'shop/Deployment/productpage';

const PARAMS = { kind: 'component', namespace: 'default', name: 'reviews' };

const INGRESS = 'ingress/Gateway/public';

/** Reached from outside, too. */
const routes: ServiceRoutes = {
  ...reviewsRouting.services[0],
  gateways: [
    {
      gateway: {
        kind: 'networking.istio.io/Gateway',
        namespace: 'ingress',
        name: 'public',
      },
      port: 443,
      protocol: 'HTTPS',
      hosts: ['*.example.com', 'shop.example.com'],
      rules: [],
    },
  ],
};

function Panel() {
  return (
    <ReasonsProvider entity={PARAMS}>
      <TryRequest params={PARAMS} routes={routes} clients={[PAGE]} />
    </ReasonsProvider>
  );
}

async function panel() {
  return within(
    await screen.findByRole('region', {
      name: 'Try a request to reviews.shop',
    }),
  );
}

async function ask(
  fields: Partial<Record<'From' | 'Host' | 'Path' | 'Headers', string>>,
  method = 'GET',
) {
  const form = await panel();
  await userEvent.selectOptions(form.getByLabelText('Method'), method);
  for (const [label, text] of Object.entries({ From: PAGE, ...fields })) {
    const field = form.getByLabelText(label);
    await userEvent.clear(field);
    await userEvent.click(field);
    await userEvent.paste(text);
  }
  await userEvent.click(form.getByRole('button', { name: 'Walk it' }));
  return form;
}

const walks = () =>
  backend.requests
    .map(({ url }) => new URL(url))
    .filter(({ pathname }) => pathname.endsWith('/walk'))
    .map(url => JSON.parse(url.searchParams.get('request') ?? ''));

describe('TryRequest', () => {
  it('says what becomes of a request, step by step, with what decides each', async () => {
    const { container } = await renderMesh(<Panel />, {
      entity: reviewsEntity,
    });
    const form = await ask({ Path: '/reviews/1', Headers: 'end-user: jason' });
    expect(
      await form.findByText(
        'Delivered: 200 expected from reviews-v2; ends at 1 of 2 endpoints',
      ),
    ).toBeVisible();
    const steps = within(
      form.getByRole('list', { name: 'Steps of the request' }),
    ).getAllByRole('listitem');
    expect(steps.map(({ textContent }) => textContent)).toEqual([
      'Host (goes on) reviews.shop.svc.cluster.local (Service shop/reviews)',
      'Route (goes on) VirtualService shop/reviews http[0]VirtualService shop/reviews',
      'Destination (goes on) subset v2: 2 of 2 endpoints ready',
      'Security (goes on) client mutual TLS of the mesh, server STRICT: mutual TLSPeerAuthentication shop/default',
      'Authorization (goes on) AuthorizationPolicy shop/reviews-callers rule 0 allowsAuthorizationPolicy shop/reviews-callers',
    ]);
    expect(walks()).toEqual([
      {
        cluster: 'east',
        host: 'reviews.shop',
        from: { namespace: 'shop', kind: 'Deployment', name: 'productpage' },
        protocol: 'http',
        method: 'GET',
        port: 9080,
        path: '/reviews/1',
        headers: { 'end-user': 'jason' },
      },
    ]);
    expect(await axe(container)).toHaveNoViolations();
  });

  it('opens the object that decided, and says where the walk ends', async () => {
    await renderMesh(<Panel />, { entity: reviewsEntity });
    const form = await ask({}, 'POST');
    expect(
      await form.findByText(
        'Denied: 403 RBAC: No rule of shop/reviews-callers matches',
      ),
    ).toBeVisible();
    expect(form.getByText('(ends here)')).toBeInTheDocument();
    const [step] = form.getAllByRole('button', {
      name: 'AuthorizationPolicy shop/reviews-callers',
    });
    await userEvent.click(step);
    const drawer = await screen.findByRole('dialog');
    expect(
      within(drawer).getByText('No rule of shop/reviews-callers matches'),
    ).toBeVisible();
    const object = backend.requests
      .map(({ url }) => new URL(url))
      .find(({ pathname }) => pathname.endsWith('/object'));
    expect(JSON.parse(object?.searchParams.get('walk') ?? '').method).toBe(
      'POST',
    );
  });

  it.each([
    ['From', 'productpage', /Write a workload/],
    ['Host', 'reviews.shop/x', /Write the name/],
    ['Path', 'reviews', /A path begins with/],
    ['Headers', 'jason', /jason is not a header/],
    ['Headers', 'Host: ratings.shop', /has a field of its own/],
    ['Headers', 'Authorization: Bearer x', /No credentials here/],
  ] as const)('asks nothing where %s is %s', async (label, text, problem) => {
    await renderMesh(<Panel />, { entity: reviewsEntity });
    const form = await ask({ [label]: text });
    expect(form.getByText(problem)).toBeVisible();
    expect(form.getByLabelText(label)).toHaveAttribute('aria-invalid', 'true');
    expect(walks()).toEqual([]);
  });

  it('asks about a request from outside, by the name that the Gateway has', async () => {
    await renderMesh(<Panel />, { entity: reviewsEntity });
    const form = await ask({ From: INGRESS });
    expect(form.getByLabelText('Host')).toHaveValue('shop.example.com');
    expect(walks()).toEqual([
      expect.objectContaining({
        from: { namespace: 'ingress', kind: 'Gateway', name: 'public' },
        host: 'shop.example.com',
        port: 443,
      }),
    ]);
    const again = await ask({ From: PAGE });
    expect(again.getByLabelText('Host')).toHaveValue('reviews.shop');
    expect(again.getByLabelText('Port')).toHaveValue('9080');
  });

  it('asks from another cluster by the name that the Service has there', async () => {
    const mirrored = {
      ...routes,
      mirrors: [
        {
          service: { cluster: 'west', namespace: 'shop', name: 'reviews-east' },
          ports: [80],
        },
      ],
    };
    const { container } = await renderMesh(
      <ReasonsProvider entity={PARAMS}>
        <TryRequest params={PARAMS} routes={mirrored} clients={[PAGE]} />
      </ReasonsProvider>,
      { entity: reviewsEntity },
    );
    const form = await panel();
    await userEvent.selectOptions(form.getByLabelText('Cluster'), 'west');
    expect(form.getByLabelText('Host')).toHaveValue('reviews-east.shop');
    expect(form.getByLabelText('Port')).toHaveValue('80');
    await userEvent.click(form.getByRole('button', { name: 'Walk it' }));
    expect(
      await form.findByText(
        'The server sees linkerd-gateway.linkerd-multicluster: it is linkerd-gateway (west) that connects to it, not the client.',
      ),
    ).toBeVisible();
    expect(walks()).toMatchObject([
      { cluster: 'west', host: 'reviews-east.shop', port: 80 },
    ]);
    expect(await axe(container)).toHaveNoViolations();
  });

  it('asks for no cluster where there is but one', async () => {
    await renderMesh(<Panel />, { entity: reviewsEntity });
    expect((await panel()).queryByLabelText('Cluster')).toBeNull();
  });

  it('shows no question about another Service', async () => {
    const asked = JSON.stringify({
      cluster: 'east',
      host: 'shop.example.com',
      from: { namespace: 'ingress', kind: 'Gateway', name: 'public' },
      port: 443,
    });
    await renderMesh(<Panel />, {
      entity: reviewsEntity,
      path: `/?${new URLSearchParams({
        walk: asked,
        walkService: serviceKey({ ...routes.service, name: 'ratings' }),
      })}`,
    });
    expect((await panel()).getByLabelText('Host')).toHaveValue('reviews.shop');
    expect(walks()).toEqual([]);
  });

  it('keeps the question in the URL, and takes it back', async () => {
    const asked = JSON.stringify({
      cluster: 'east',
      host: 'reviews.shop',
      from: { namespace: 'shop', kind: 'Deployment', name: 'productpage' },
      port: 9080,
      path: '/linked',
    });
    await renderMesh(<Panel />, {
      entity: reviewsEntity,
      path: `/?${new URLSearchParams({
        walk: asked,
        walkService: serviceKey(routes.service),
      })}`,
    });
    const form = await panel();
    expect(form.getByLabelText('Path')).toHaveValue('/linked');
    expect(await form.findByText(/^Delivered/)).toBeVisible();
    await userEvent.click(form.getByRole('button', { name: 'Clear' }));
    expect(form.queryByText(/^Delivered/)).not.toBeInTheDocument();
  });

  it('says that it cannot be told, and that it is being loaded', async () => {
    backend.reply({ walk: BROKEN });
    await renderMesh(<Panel />, { entity: reviewsEntity });
    const form = await ask({});
    expect(
      await form.findByText('Could not load what becomes of the request'),
    ).toBeVisible();
    backend.reply({ walk: 'never' });
    await ask({ Path: '/other' });
    expect(
      await form.findByRole('status', { name: /Loading what becomes/ }),
    ).toBeInTheDocument();
  });
});
