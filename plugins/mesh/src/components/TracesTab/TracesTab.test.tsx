import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { reviewsEntity } from '../../__fixtures__/entities';
import {
  BROKEN,
  FORBIDDEN,
  NOT_FOUND,
} from '../../__fixtures__/fixtureBackend';
import {
  reviewsTraces,
  storedTrace,
  traceAnswer,
} from '../../__fixtures__/traces';
import { setupMeshBackend } from '../../__testUtils__/meshBackend';
import { renderMesh } from '../../__testUtils__/renderMesh';
import { plain } from '../../__testUtils__/testTranslate';
import { TracesTab } from './TracesTab';

const backend = setupMeshBackend();
const TRACE = `/?trace=${storedTrace.id}`;

const render = (path = '/') =>
  renderMesh(<TracesTab />, { entity: reviewsEntity, path });

const searches = () =>
  backend.requests
    .map(({ url }) => new URL(url))
    .filter(({ pathname }) => pathname.endsWith('/traces'))
    .map(({ searchParams }) => Object.fromEntries(searchParams));

async function rowsOfTree() {
  const tree = await screen.findByRole('treegrid');
  return within(tree)
    .getAllByRole('row')
    .slice(1)
    .map(row => plain(row.textContent ?? ''));
}

describe('the list of traces', () => {
  it('says what there is, and lists it', async () => {
    const { container } = await render();
    expect(
      await screen.findByRole('heading', {
        name: name =>
          plain(name) === '2 traces in the last 1 h, 1 of them with errors',
      }),
    ).toBeVisible();
    const table = screen.getByRole('table', {
      name: 'Traces in which this entity has spans, the newest first',
    });
    const [, fast, slow] = within(table)
      .getAllByRole('row')
      .map(row => plain(row.textContent ?? ''));
    expect(fast).toMatch(/^reviews\.shop.*12 msnone1reviews\.shop \(1\)/);
    expect(slow).toMatch(
      /^gateway\.shopproductpage.*250 ms2 spans failed6.*1 span of services that you may not see/,
    );
    expect(searches()[0]).toEqual({ lookback: '3600', limit: '20' });
    expect(await axe(container)).toHaveNoViolations();
  });

  it('asks for what the URL says', async () => {
    await render(
      '/?service=reviews.shop&operation=GET&tags=a%3Db&min=5ms&max=nonsense&errors=true&lookback=900&limit=7',
    );
    await screen.findByRole('table');
    expect(searches()[0]).toEqual({
      service: 'reviews.shop',
      operation: 'GET',
      tags: 'a=b',
      minDuration: '5ms',
      errors: 'true',
      lookback: '900',
      limit: '20',
    });
    expect(screen.getByLabelText('Lasting at most')).toBeInvalid();
    expect(
      screen.getByLabelText('Lasting at most'),
    ).toHaveAccessibleDescription(/^Not applied\. Write a number and its unit/);
  });

  it('does not search for what is both longer and shorter', async () => {
    const { container } = await render();
    await screen.findByRole('table');
    await userEvent.type(screen.getByLabelText('Lasting at least'), '5s');
    await userEvent.type(
      screen.getByLabelText('Lasting at most'),
      '1ms{Enter}',
    );
    const max = screen.getByLabelText('Lasting at most');
    expect(max).toBeInvalid();
    expect(max).toHaveAccessibleDescription(
      'Not applied: it is shorter than “Lasting at least”.',
    );
    expect(max).toHaveFocus();
    // A list acts at once, without what cannot be searched for.
    await userEvent.click(screen.getByLabelText('With errors only'));
    await waitFor(() =>
      expect(searches()).toEqual([
        { lookback: '3600', limit: '20' },
        { errors: 'true', lookback: '3600', limit: '20' },
      ]),
    );
    expect(max).toHaveValue('1ms');
    expect(await axe(container)).toHaveNoViolations();
    await userEvent.clear(max);
    await userEvent.type(max, '0.1m{Enter}');
    await waitFor(() =>
      expect(searches().at(-1)).toMatchObject({
        minDuration: '5s',
        maxDuration: '0.1m',
      }),
    );
  });

  it('keeps the fields where the search is refused, so that they can be corrected', async () => {
    backend.reply({
      traces: url =>
        url.searchParams.has('service')
          ? { refuse: 400, name: 'InputError', message: 'gone is no name' }
          : reviewsTraces,
    });
    await render('/?service=gone');
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'gone is no name',
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Clear the filters' }),
    );
    expect(await screen.findByRole('table')).toBeVisible();
  });

  it('searches again when a filter is set', async () => {
    await render();
    await screen.findByRole('table');
    await userEvent.click(screen.getByLabelText('With errors only'));
    await waitFor(() =>
      expect(searches().at(-1)).toMatchObject({ errors: 'true' }),
    );
    await userEvent.type(await screen.findByLabelText('Tags'), 'a=1{Enter}');
    await waitFor(() =>
      expect(searches().at(-1)).toMatchObject({ errors: 'true', tags: 'a=1' }),
    );
    expect(screen.getByLabelText('Tags')).toHaveFocus();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Clear the filters' }),
    );
    await waitFor(() =>
      expect(searches().at(-1)).toEqual({ lookback: '3600', limit: '20' }),
    );
  });

  it.each([
    [
      'nothing was found',
      { ...reviewsTraces, traces: [], services: [] },
      '/',
      'No traces in the last 1 h',
      /They have traces of none of these services/,
    ],
    [
      'the filters leave nothing',
      { ...reviewsTraces, traces: [] },
      '/?errors=true',
      'No traces in the last 1 h',
      /No trace meets all of these filters/,
    ],
    [
      'there is no store',
      { ...reviewsTraces, stores: [], withoutStore: ['east'], traces: [] },
      '/',
      'No trace store is configured for this entity',
      /Name one in mesh\.traces/,
    ],
    [
      'the store failed',
      {
        ...reviewsTraces,
        traces: [],
        stores: [
          {
            name: 'prod',
            clusters: ['east'],
            status: 'failed' as const,
            message: 'The trace store prod answered 500: disk full',
          },
        ],
      },
      '/',
      'The traces of this entity could not be read',
      /answered 500: disk full/,
    ],
    [
      'it runs nowhere',
      { ...reviewsTraces, stores: [], traces: [] },
      '/',
      'No workloads found',
      /Put these labels on the pods/,
    ],
  ])('says that %s', async (_, traces, path, heading, text) => {
    backend.reply({ traces });
    const { container } = await render(path);
    expect(
      await screen.findByRole('heading', {
        name: name => plain(name) === heading,
      }),
    ).toBeVisible();
    expect(await screen.findByText(text)).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
  });

  it.each([
    ['may not be read', FORBIDDEN, 'You may not see the traces of this entity'],
    ['failed', BROKEN, 'Could not load the traces of this entity'],
    ['was not found', NOT_FOUND, 'The mesh backend did not find this entity'],
  ])('says that it %s', async (_, reply, title) => {
    backend.reply({ traces: reply });
    await render();
    expect(await screen.findByText(title)).toBeVisible();
  });
});

describe('a trace', () => {
  it('opens from the list, and leads back to it', async () => {
    await render('/?errors=true');
    await userEvent.click(
      (
        await screen.findAllByRole('link', { name: 'gateway.shop' })
      )[0],
    );
    expect(
      plain(
        (await screen.findByRole('heading', { name: /^gateway\.shop/ }))
          .textContent ?? '',
      ),
    ).toBe(
      'gateway.shop productpage.shop.svc.cluster.local:80/* took 250 ms; 2 of its spans failed',
    );
    expect(
      screen.getByRole('heading', { name: /^gateway\.shop/ }),
    ).toHaveFocus();
    await userEvent.click(
      screen.getByRole('link', { name: 'Back to the list' }),
    );
    await screen.findByRole('table');
    expect(searches().at(-1)).toMatchObject({ errors: 'true' });
  });

  it('draws its spans as a tree', async () => {
    const { container } = await render(TRACE);
    const rows = await rowsOfTree();
    expect(rows).toHaveLength(6);
    expect(rows[0]).toMatch(/^gateway\.shop productpage.*proxy250 ms$/);
    expect(rows[2]).toMatch(/^productpage GET \/productpageapplication246 ms$/);
    expect(rows[4]).toMatch(/^reviews\.shop.*proxyfailedclock differs by/);
    expect(rows[5]).toMatch(/^hidden span/);
    expect(
      screen.getByRole('link', { name: 'Open in sandbox' }),
    ).toHaveAttribute(
      'href',
      `https://jaeger.example.com/trace/${storedTrace.id}`,
    );
    expect(
      screen.getAllByRole('link', { name: 'reviews.shop' })[0],
    ).toHaveAttribute('href', '/catalog/default/component/reviews');
    expect(
      screen.getByText(/Proxies and the network between them/),
    ).toBeVisible();
    expect(
      screen.getAllByRole('img', { name: /on the critical path for/ }).length,
    ).toBeGreaterThan(0);
    expect(await axe(container)).toHaveNoViolations();
  });

  it('is moved through by keyboard', async () => {
    await render(TRACE);
    const tree = await screen.findByRole('treegrid');
    const rows = () => within(tree).getAllByRole('row').slice(1);
    rows()[0].focus();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}');
    expect(rows()[3]).toHaveFocus();
    expect(rows()[3]).toHaveAttribute('aria-level', '4');
    await userEvent.keyboard('{ArrowLeft}');
    expect(rows()[3]).toHaveAttribute('aria-expanded', 'false');
    expect(rows()).toHaveLength(5);
    await userEvent.keyboard('{ArrowLeft}');
    expect(rows()[2]).toHaveFocus();
    await userEvent.keyboard('{ArrowRight}{ArrowRight}');
    expect(rows()).toHaveLength(6);
    await userEvent.keyboard('{End}{Home}{Enter}');
    expect(
      await screen.findByRole('button', { name: 'Close the details' }),
    ).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await waitFor(() =>
      expect(
        screen.queryByRole('button', { name: 'Close the details' }),
      ).not.toBeInTheDocument(),
    );
    expect(rows()[0]).toHaveFocus();
  });

  it('shows all of a span that the URL names', async () => {
    const { container } = await render(`${TRACE}&span=0000000000000005`);
    const details = await screen.findByRole('region', {
      name: 'reviews.shop.svc.cluster.local:9080/*',
    });
    const text = plain(details.textContent ?? '');
    expect(text).toContain('http.status_code503');
    expect(text).toContain('telemetry.sdk.nameenvoy');
    expect(text).toContain('exception.typeTimeout');
    expect(text).toContain('clock skew adjustment disabled');
    expect(text).toMatch(/differs from that of its parent by about/);
    expect(
      within(details).getByRole('link', { name: 'reviews.shop' }),
    ).toHaveAttribute('href', '/catalog/default/component/reviews');
    expect(await axe(container)).toHaveNoViolations();
  });

  it('says no more of a hidden span than when it was', async () => {
    await render(`${TRACE}&span=0000000000000006`);
    const details = await screen.findByRole('region', { name: 'hidden span' });
    expect(details).toHaveTextContent(/only its times are shown/);
    expect(details).not.toHaveTextContent('Tags');
  });

  it('finds spans, and draws the critical path alone', async () => {
    await render(TRACE);
    await rowsOfTree();
    await userEvent.type(screen.getByLabelText('Find'), 'reviews');
    expect(await screen.findByText('2 spans match')).toBeVisible();
    expect(await rowsOfTree()).toHaveLength(5);
    await userEvent.clear(screen.getByLabelText('Find'));
    await userEvent.click(screen.getByRole('button', { name: 'Close all' }));
    expect(await rowsOfTree()).toHaveLength(1);
    await userEvent.click(screen.getByRole('button', { name: 'Open all' }));
    await userEvent.click(screen.getByLabelText('Critical path only'));
    expect((await rowsOfTree()).length).toBeGreaterThan(1);
  });

  it.each([
    ['is not there', { trace: NOT_FOUND }, TRACE, /There is no such trace/],
    ['has a wrong id', {}, '/?trace=..%2F..', /There is no such trace/],
    [
      'could not be read',
      {
        trace: {
          ...traceAnswer,
          trace: undefined,
          stores: [
            {
              name: 'prod',
              clusters: ['east'],
              status: 'failed' as const,
              message: 'The trace store prod did not answer within 10 s',
            },
          ],
        },
      },
      TRACE,
      /did not answer within 10 s/,
    ],
  ])('that %s', async (_, replies, path, text) => {
    backend.reply(replies);
    await render(path);
    expect(await screen.findByText(text)).toBeVisible();
    expect(
      screen.getByRole('link', { name: 'Back to the list' }),
    ).toBeVisible();
  });
});
