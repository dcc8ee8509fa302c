import {
  CHECKLIST,
  ChecklistItemResult,
  ROUTES,
} from 'backstage-plugin-mesh-common';
import { SandboxProcess } from '../__testUtils__/sandboxProcess';
import { component } from '../__testUtils__/shop';
import { StartedMesh } from '../__testUtils__/startMesh';
import { meshPlugin } from '../plugin';

const MEASURED = new Set(
  CHECKLIST.flatMap(({ items }) =>
    items.flatMap(({ id, measurement }) => (measurement ? id : [])),
  ),
);

describe('the checklist over the clusters of the sandbox', () => {
  let sandbox: SandboxProcess;
  let mesh: StartedMesh;

  beforeAll(async () => {
    sandbox = await SandboxProcess.start();
    mesh = await StartedMesh.start({
      entities: ['reviews', 'voting'].map(name => component(name)),
      kubernetes: sandbox.kubernetes,
      plugin: meshPlugin,
      mesh: {
        prometheus: [
          {
            name: 'sandbox',
            url: sandbox.state.prometheus.url,
            clusters: ['east', 'west'],
            clusterLabel: 'cluster',
          },
        ],
      },
    });
    await mesh.untilClusters({ east: 'synced', west: 'synced' });
  });

  afterAll(async () => {
    await mesh?.stop();
    await sandbox?.stop();
  });

  async function itemsOf(
    name: string,
  ): Promise<Map<string, ChecklistItemResult>> {
    const ask = async () => {
      const answer = ROUTES.readiness.response.parse(
        await mesh.body(
          'reader',
          `/entities/component/default/${name}/readiness`,
        ),
      );
      return new Map(
        answer.sections
          .flatMap(({ items }) => items)
          .map(item => [item.id, item]),
      );
    };
    return mesh.until(
      ask,
      items =>
        items.get('installation.set-up-monitoring-stack')?.state === 'pass',
    );
  }

  it.each([
    ['reviews', 'Istio'],
    ['voting', 'Linkerd'],
  ])('measures %s in %s, with the object of each', async name => {
    const items = await itemsOf(name);
    const measured = [...items.values()].filter(
      ({ id, state }) => MEASURED.has(id) && state !== 'unknown',
    );
    expect(measured.length).toBeGreaterThanOrEqual(20);
    expect(
      measured.filter(({ reasons }) => reasons.some(({ object }) => object))
        .length,
    ).toBeGreaterThanOrEqual(16);
    const states = (state: string) =>
      measured.filter(item => item.state === state).map(({ id }) => id);
    expect(states('pass')).toEqual(
      expect.arrayContaining([
        'installation.install-control-plane',
        'installation.configure-data-plane-injection',
        'installation.verify-installation',
        'security-setup.enable-mtls-for-all-services',
        'security-setup.configure-authorization-policies',
      ]),
    );
    expect(states('fail')).toEqual(
      expect.arrayContaining([
        'high-availability.configure-anti-affinity',
        'high-availability.set-up-pod-disruption-budgets',
        'security-setup.configure-network-policies',
        'configuration.configure-resource-limits',
      ]),
    );
  });
});
