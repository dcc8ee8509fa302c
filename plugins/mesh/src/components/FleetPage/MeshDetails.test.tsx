import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  ClusterMesh,
  ControlPlaneCertificate,
} from 'backstage-plugin-mesh-common';
import { axe } from 'jest-axe';
import {
  certificates,
  defaultPlane,
  managedPlane,
  measuredCertificate,
  unmeasuredCertificate,
} from '../../__fixtures__/controlPlanes';
import { renderMesh } from '../../__testUtils__/renderMesh';
import { plain } from '../../__testUtils__/testTranslate';
import { MeshDetails } from './MeshDetails';
import { MetricsOfMesh } from './metricsOfMesh';

const mesh: ClusterMesh = {
  mesh: 'istio',
  title: 'Istio',
  controlPlanes: [defaultPlane, managedPlane],
  certificates,
  components: [
    {
      name: 'ztunnel',
      namespace: 'istio-system',
      version: '1.27.3',
      ready: 2,
      replicas: 3,
      answer: { value: 'notice', reasons: [] },
    },
  ],
  proxies: [{ version: '1.27.3', pods: 31 }],
};

function render(
  change: Partial<ClusterMesh> = {},
  metrics: MetricsOfMesh = { status: 'none' },
) {
  return renderMesh(
    <MeshDetails
      cluster="east"
      mesh={{ ...mesh, ...change }}
      metrics={metrics}
    />,
  );
}

/** What the metrics of its control planes say. */
function measured(...told: ControlPlaneCertificate[]) {
  return {
    status: 'measured' as const,
    measuredAt: new Date().toISOString(),
    observed: {
      mesh: 'istio',
      state: 'measured' as const,
      store: 'prometheus-east',
      certificates: told,
    },
  };
}

const rows = ({ rows: [, ...body] }: HTMLTableElement) =>
  body.map(({ cells }) =>
    [...cells].map(cell => plain(cell.textContent ?? '')),
  );

const table = (name: RegExp | string) =>
  screen.getByRole<HTMLTableElement>('table', { name });

describe('MeshDetails', () => {
  it('tells revisions with their tags, and which of them runs elsewhere', async () => {
    const { container } = await render();
    expect(rows(table('Control planes of Istio on east'))).toEqual([
      ['default', '1.27.3', 'istio-system', '2 of 2', 'prod'],
      [
        'asm-managed',
        'unknown',
        'not on this cluster',
        'runs elsewhere',
        'none',
      ],
    ]);
    expect(await axe(container)).toHaveNoViolations();
  });

  it('says of each certificate how it stands, and from when on it asks for attention', async () => {
    await render();
    const told = rows(table('Certificates of Istio on east'));
    expect(told.map(([title, state]) => [title, state])).toEqual([
      ['Root', 'valid, expires in 400 days'],
      ['Ending', 'expires in 12 days'],
      ['Expired', 'expired'],
      ['Renewed', 'valid, expires in 2 days'],
      ['Overdue', 'renewal overdue, expires in 5 days'],
      ['Issuer', 'unknown'],
    ]);
    expect(told[5][4]).toMatch(/kept in Secret.*never read/);
    expect(told[0][4]).toMatch(/data.root-cert.pem/);
    expect(
      screen.getByText(/^Fewer than 30 days left ask for attention/),
    ).toBeVisible();
  });

  it('says once where a certificate was read', async () => {
    await render();
    expect(rows(table('Certificates of Istio on east'))[0][4]).toBe(
      'It is in ConfigMap istio-system/istio-ca-root-cert data.root-cert.pem',
    );
  });

  it('says what metrics alone know, and in which store', async () => {
    const { container } = await render(
      {},
      measured(measuredCertificate('Issuer', 9)),
    );
    const issuer = rows(table('Certificates of Istio on east'))[5];
    expect(issuer.slice(0, 2)).toEqual(['Issuer', 'expires in 9 days']);
    expect(issuer[3]).toBe('');
    expect(issuer[4]).toMatch(
      /kept in Secret.*never read.*Metric expiry_timestamp of istio-system\/istiod-a, in the metrics store prometheus-east$/,
    );
    expect(screen.getByText(/^Metrics of the store/)).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
  });

  it('says both where objects and metrics disagree, and lets the earlier end count', async () => {
    await render({}, measured(measuredCertificate('Root', -1)));
    const [, state, until] = rows(table('Certificates of Istio on east'))[0];
    expect(state).toBe(
      'expiredobjects and metrics name different ends; the earlier one counts',
    );
    expect(until).toMatch(/ by objects.* by metrics$/);
  });

  it('says so where metrics could not be asked again', async () => {
    await render(
      {},
      { ...measured(measuredCertificate('Issuer', 9)), failure: '502' },
    );
    expect(screen.getByText(/could not be refreshed/)).toBeVisible();
    expect(screen.getByText('502')).toBeVisible();
    expect(rows(table('Certificates of Istio on east'))[5][1]).toBe(
      'expires in 9 days',
    );
  });

  it('calls nothing good that metrics do not tell', async () => {
    await render({}, measured(unmeasuredCertificate('Issuer')));
    const issuer = rows(table('Certificates of Istio on east'))[5];
    expect(issuer[1]).toBe('unknown');
    expect(issuer[4]).toMatch(
      /Not known by metrics: The store has no expiry_timestamp$/,
    );
  });

  it.each<[string, MetricsOfMesh, RegExp]>([
    ['are asked', { status: 'loading' }, /^asking the metrics store$/],
    [
      'are not there',
      { status: 'unknown', message: 'No metrics store is configured' },
      /^No metrics store is configured$/,
    ],
  ])(
    'shows what objects say while metrics %s',
    async (_, metrics, expected) => {
      await render({}, metrics);
      expect(
        rows(table('Certificates of Istio on east')).map(([, state]) => state),
      ).toContain('valid, expires in 400 days');
      expect(
        screen.queryByText(expected) ?? screen.getByLabelText(expected),
      ).toBeInTheDocument();
    },
  );

  it('says what is known of each control plane, and calls nothing good that is not known', async () => {
    await render();
    expect(screen.getByText('Nothing asks for attention')).toBeVisible();
    expect(
      screen.getByText('Nothing asks for attention; 1 thing is not known'),
    ).toBeVisible();
    expect(
      rows(table('What is known of Control plane asm-managed, Istio, east')),
    ).toEqual([
      ['Version', 'Unknownistiod of revision asm-managed runs elsewhere', ''],
    ]);
    expect(
      rows(table('What is known of Control plane default, Istio, east'))[1],
    ).toEqual([
      'Mesh config',
      'GoodConfigMap istio-system/istio has it',
      expect.stringContaining('ConfigMap istio-system/istio'),
    ]);
  });

  it('opens webhooks and settings on demand', async () => {
    const { container } = await render();
    const summary = screen.getByText('2 webhook configurations');
    await userEvent.click(summary);
    expect(
      rows(table('Webhooks of Control plane default, Istio, east')),
    ).toEqual([
      [
        'istio-sidecar-injector',
        'injects',
        expect.stringContaining('failurePolicy Fail'),
        'Service istio-system/istiod',
        'none',
        'namespaces istio-injection in (enabled); objects everything',
      ],
      [
        'istio-revision-tag-prod',
        'injects, for the tag prod',
        expect.anything(),
        expect.anything(),
        'expires in 12 days',
        expect.anything(),
      ],
    ]);
    await userEvent.click(screen.getByText('2 settings'));
    expect(
      rows(table(/^Settings of Control plane default/)).map(
        ([name, value, source]) => [name, value, source],
      ),
    ).toEqual([
      ['trustDomain', 'cluster.local', 'default of the mesh'],
      [
        'PILOT_ENABLE_AMBIENT',
        'truenot followed by the answers here',
        expect.stringContaining('env PILOT_ENABLE_AMBIENT'),
      ],
    ]);
    expect(await axe(container)).toHaveNoViolations();
  });

  it('does not call a control plane absent whose settings may not be read', async () => {
    await render({
      controlPlanes: [],
      facts: [
        {
          id: 'control-plane',
          title: 'Control plane',
          answer: {
            value: 'unknown',
            cause: 'forbidden',
            reasons: [{ rule: 'r', text: 'ConfigMap is forbidden' }],
          },
        },
      ],
    });
    expect(
      screen.queryByText(/^No Deployment of its control plane/),
    ).toBeNull();
    expect(screen.getByText('ConfigMap is forbidden')).toBeVisible();
  });

  it('opens webhooks that cannot work by itself', async () => {
    const [webhook] = defaultPlane.webhooks ?? [];
    await render({
      controlPlanes: [
        {
          ...defaultPlane,
          webhooks: [
            {
              ...webhook,
              answer: {
                value: 'bad',
                reasons: [{ rule: 'r', text: 'nobody is asked' }],
              },
            },
          ],
        },
      ],
    });
    expect(screen.getByText('nobody is asked')).toBeVisible();
    expect(screen.getByText('1 thing asks for attention')).toBeVisible();
  });
});
