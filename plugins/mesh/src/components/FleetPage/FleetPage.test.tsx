import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { Route, Routes, useLocation } from 'react-router-dom';
import {
  certificates,
  measuredCertificate,
} from '../../__fixtures__/controlPlanes';
import {
  BROKEN,
  FORBIDDEN,
  NOT_FOUND,
} from '../../__fixtures__/fixtureBackend';
import {
  fleetClusters,
  fleetServices,
  manyServices,
  troubledFleet,
} from '../../__fixtures__/fleet';
import { setupMeshBackend } from '../../__testUtils__/meshBackend';
import { renderMesh } from '../../__testUtils__/renderMesh';
import { plain } from '../../__testUtils__/testTranslate';
import { FleetPage } from './FleetPage';

const backend = setupMeshBackend();

function Location() {
  const { pathname, search } = useLocation();
  return <output>{`${pathname}${decodeURIComponent(search)}`}</output>;
}

function render(path: string) {
  return renderMesh(
    <>
      <Routes>
        <Route path="/mesh/*" element={<FleetPage />} />
      </Routes>
      <Location />
    </>,
    { path },
  );
}

const location = () =>
  screen.getByText(/^\/mesh/, { selector: 'output' }).textContent;
const servicesTable = () =>
  screen.findByRole('table', { name: /^Services of the catalog that run/ });
const rowsOf = (table: HTMLElement) =>
  within(table)
    .getAllByRole('row')
    .slice(1)
    .map(row => plain(row.textContent ?? ''));

describe('Overview', () => {
  const [cluster] = fleetClusters.clusters;
  const withCertificates = {
    clusters: [
      {
        ...cluster,
        meshes: cluster.meshes.map(mesh => ({ ...mesh, certificates })),
      },
    ],
  };
  const states = async () =>
    rowsOf(
      await screen.findByRole('table', { name: /^Certificates of Istio/ }),
    );

  it('adds what metrics say of certificates when it comes', async () => {
    backend.reply({
      fleetClusters: withCertificates,
      observedFleetClusters: {
        measuredAt: new Date().toISOString(),
        clusters: [
          {
            name: cluster.name,
            meshes: [
              {
                mesh: 'istio',
                state: 'measured',
                store: 'prometheus-east',
                certificates: [measuredCertificate('Issuer', 9)],
              },
            ],
          },
        ],
      },
    });
    await render('/mesh');
    await screen.findByText(/^Metrics of the store prometheus-east/);
    expect((await states()).at(-1)).toMatch(/^Issuerexpires in 9 days/);
  });

  it('shows certificates by objects where the metrics cannot be asked for', async () => {
    backend.reply({
      fleetClusters: withCertificates,
      observedFleetClusters: BROKEN,
    });
    await render('/mesh');
    expect(await screen.findByText('Metrics: unknown')).toBeVisible();
    expect(screen.getByText(/heap out of memory/)).toBeVisible();
    const rows = await states();
    expect(rows[0]).toMatch(/^Rootvalid/);
    expect(rows.at(-1)).toMatch(/^Issuerunknown/);
  });

  it('says where a control plane is not on the cluster', async () => {
    backend.reply({
      fleetClusters: {
        ...fleetClusters,
        clusters: [
          {
            ...cluster,
            meshes: cluster.meshes.map(mesh => ({
              ...mesh,
              controlPlanes: [],
            })),
          },
        ],
      },
    });
    await render('/mesh');
    expect(
      await screen.findByText(/^No Deployment of its control plane/),
    ).toBeVisible();
    expect(screen.queryByRole('table', { name: /^Control planes/ })).toBeNull();
  });

  it('says how much is in a mesh, and what runs on each cluster', async () => {
    const { container } = await render('/mesh');
    expect(
      await screen.findByRole('heading', {
        name: '30 of 33 workloads on 2 clusters are in a mesh',
      }),
    ).toBeVisible();
    expect(location()).toBe('/mesh/overview');
    const east = screen.getByRole('region', { name: 'east' });
    expect(plain(east.textContent ?? '')).toMatch(
      /Up to date.*Kubernetes v1.34.2.*18 of 21 \(86 %\).*2 errors5 warnings1 note.*Istio.*2 versions of proxies run side by side/,
    );
    expect(
      rowsOf(
        within(east).getByRole('table', {
          name: 'Control planes of Istio on east',
        }),
      ),
    ).toEqual([
      'default1.27.3istio-system2 of 2',
      '1-28-01.28.0istio-system0 of 1',
    ]);
    expect(
      rowsOf(
        within(east).getByRole('table', {
          name: 'Proxies of Istio on east by version',
        }),
      ),
    ).toEqual(['1.27.331 (89 %)', '1.26.14 (11 %)']);
    expect(screen.getByRole('link', { name: /^Help/ })).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
  });

  it('says of each cluster in trouble what is wrong, and calls nothing absent that was not read', async () => {
    backend.reply({ fleetClusters: troubledFleet });
    const { container } = await render('/mesh/overview');
    expect(
      await screen.findByRole('heading', {
        name: '0 of 9 workloads on 5 clusters are in a mesh; 5 clusters could not be read completely',
      }),
    ).toBeVisible();
    expect(screen.getByRole('region', { name: 'north' })).toHaveTextContent(
      /Unreachable.*Nothing of it is shown here/,
    );
    expect(screen.queryByText(/No mesh was found/)).toBeNull();
    expect(await axe(container)).toHaveNoViolations();
  });

  it('calls no cluster absent where it is not known which there are', async () => {
    backend.reply({
      fleetClusters: {
        clusters: [],
        clusterListProblem: 'The Kubernetes plugin answered 503',
      },
    });
    const { container } = await render('/mesh/overview');
    expect(
      await screen.findByText('It is not known which clusters there are'),
    ).toBeVisible();
    expect(
      screen.getByText('The Kubernetes plugin answered 503'),
    ).toBeVisible();
    expect(screen.queryByText('No cluster is configured')).toBeNull();
    expect(await axe(container)).toHaveNoViolations();
  });

  it('says how to configure clusters where there are none', async () => {
    backend.reply({ fleetClusters: { clusters: [] } });
    const { container } = await render('/mesh/overview');
    expect(
      await screen.findByRole('heading', { name: 'No cluster is configured' }),
    ).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
  });

  it.each([
    ['never', 'Loading the clusters'],
    [BROKEN, 'heap out of memory'],
    [FORBIDDEN, 'It needs the permission mesh.fleet.read'],
    [NOT_FOUND, 'does not run the mesh plugin'],
  ] as const)('draws the state %j', async (reply, text) => {
    backend.reply({ fleetClusters: reply });
    const { container } = await render('/mesh/overview');
    expect(
      reply === 'never'
        ? await screen.findByRole('status', { name: text })
        : await screen.findByText(new RegExp(text)),
    ).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
  });
});

describe('Services', () => {
  it('has the worst first, with why', async () => {
    const { container } = await render('/mesh/services');
    const table = await servicesTable();
    const rows = rowsOf(table);
    expect(rows[0]).toMatch(
      /^importer.*data.*none.*Not in a mesh.*no label istio-injection/,
    );
    expect(rows[2]).toMatch(
      /^Reviews.*Protected in part.*Istio, Linkerd.*east, west.*3.*1 error1 warning/,
    );
    expect(rows).toHaveLength(6);
    expect(
      screen.getByRole('heading', { name: '1 of 6 services are protected' }),
    ).toBeVisible();
    expect(
      within(table).getByRole('link', { name: 'Reviews' }),
    ).toHaveAttribute('href', '/catalog/default/component/reviews');
    expect(
      within(table).getByRole('columnheader', { name: 'Verdict' }),
    ).toHaveAttribute('aria-sort', 'descending');
    expect(screen.getByText('2 entities lead to no workload')).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
  });

  it('filters by the URL, and keeps there what is typed and chosen', async () => {
    const user = userEvent.setup();
    await render('/mesh/services?mesh=linkerd');
    expect(rowsOf(await servicesTable())).toHaveLength(2);
    await user.type(screen.getByLabelText('Search'), 'poll');
    await waitFor(() =>
      expect(location()).toBe('/mesh/services?mesh=linkerd&q=poll'),
    );
    expect(rowsOf(await servicesTable())).toHaveLength(1);
    await user.selectOptions(screen.getByLabelText('Verdict'), 'Not protected');
    expect(
      await screen.findByText('No service matches the filter.'),
    ).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Clear the filter' }));
    expect(rowsOf(await servicesTable())).toHaveLength(6);
    expect(location()).toBe('/mesh/services');
  });

  it('sorts by a column, and the other way by the same again', async () => {
    const user = userEvent.setup();
    await render('/mesh/services');
    const table = await servicesTable();
    const owner = within(table).getByRole('button', { name: 'Owner' });
    await user.click(owner);
    expect(location()).toBe('/mesh/services?sort=owner');
    expect(rowsOf(table)[0]).toMatch(/^ledger/);
    await user.click(owner);
    expect(location()).toBe('/mesh/services?sort=-owner');
    expect(rowsOf(table)[0]).toMatch(/shop/);
  });

  it('pages a thousand services', async () => {
    const user = userEvent.setup();
    backend.reply({ fleetServices: manyServices(1_000) });
    await render('/mesh/services?sort=service');
    expect(rowsOf(await servicesTable())).toHaveLength(50);
    expect(screen.getByText('1–50 of 1,000')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Next page' }));
    expect(await screen.findByText('51–100 of 1,000')).toBeVisible();
    expect(location()).toBe('/mesh/services?sort=service&page=2');
    expect(rowsOf(await servicesTable())[0]).toMatch(/^service-0050/);
  });

  it('opens the last page where the URL has one that is not there', async () => {
    backend.reply({ fleetServices: manyServices(60) });
    await render('/mesh/services?page=99');
    expect(await screen.findByText('51–60 of 60')).toBeVisible();
  });

  it('downloads what matches as CSV', async () => {
    const user = userEvent.setup();
    const blobs: Blob[] = [];
    const create = jest.fn((blob: Blob) => {
      blobs.push(blob);
      return 'blob:mesh';
    });
    Object.assign(URL, { createObjectURL: create, revokeObjectURL: jest.fn() });
    const click = jest
      .spyOn(HTMLAnchorElement.prototype, 'click')
      .mockImplementation();
    await render('/mesh/services?verdict=unprotected');
    await servicesTable();
    await user.click(screen.getByRole('button', { name: /^Download as CSV/ }));
    expect(click).toHaveBeenCalledTimes(1);
    const text = await blobs[0].text();
    expect(text).toBe(
      [
        'entity,title,owner,system,verdict,why,meshes,clusters,workloads,errors,warnings,notes',
        'component:default/payments,,group:default/payments,system:default/shop,Not protected,Only plaintext is accepted on port 8080,istio,east,1,3,0,2',
        '',
      ].join('\r\n'),
    );
    click.mockRestore();
  });

  it('moves among the links by arrow keys', async () => {
    const user = userEvent.setup();
    await render('/mesh/services');
    const table = await servicesTable();
    within(table).getByRole('link', { name: 'importer' }).focus();
    await user.keyboard('{ArrowDown}');
    expect(document.activeElement).toHaveAttribute(
      'href',
      '/catalog/default/component/payments',
    );
    await user.keyboard('{ArrowRight}');
    expect(document.activeElement).toHaveAttribute(
      'href',
      '/catalog/default/group/payments',
    );
    await user.keyboard('{ArrowUp}');
    expect(document.activeElement).toHaveAttribute(
      'href',
      '/catalog/default/group/data',
    );
  });

  it('says how services come here where there are none', async () => {
    backend.reply({ fleetServices: { ...fleetServices, services: [] } });
    const { container } = await render('/mesh/services');
    expect(
      await screen.findByRole('heading', {
        name: 'No service of the catalog runs on the clusters',
      }),
    ).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
  });

  it.each([
    ['never', 'Loading the services'],
    [BROKEN, 'heap out of memory'],
    [NOT_FOUND, 'does not run the mesh plugin'],
  ] as const)('draws the state %j', async (reply, text) => {
    backend.reply({ fleetServices: reply });
    const { container } = await render('/mesh/services');
    expect(
      reply === 'never'
        ? await screen.findByRole('status', { name: text })
        : await screen.findByText(new RegExp(text)),
    ).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
  });
});

it('leads from one part to the other', async () => {
  const user = userEvent.setup();
  await render('/mesh/overview');
  await user.click(screen.getByRole('tab', { name: 'Services' }));
  await servicesTable();
  expect(location()).toBe('/mesh/services');
  expect(screen.getByRole('tab', { name: 'Services' })).toHaveAttribute(
    'aria-selected',
    'true',
  );
});
