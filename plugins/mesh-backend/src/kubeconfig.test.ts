import { FakeApiServer } from './__testUtils__/FakeApiServer';
import { execOf, KubeconfigFolder } from './__testUtils__/KubeconfigFolder';
import { SHOP_ENTITIES, startShop } from './__testUtils__/shop';
import { StartedMesh } from './__testUtils__/startMesh';

interface State {
  name: string;
  status: string;
  message?: string;
}

/** Clusters of a kubeconfig, good and bad, from the file to the answer: what is bad is named, and the rest works. */
describe('answers over a kubeconfig', () => {
  let east: FakeApiServer;
  let folder: KubeconfigFolder;
  let mesh: StartedMesh | undefined;

  beforeEach(async () => {
    east = await startShop();
    east.token = 't0ken';
    folder = await KubeconfigFolder.create();
  });

  afterEach(async () => {
    await mesh?.stop();
    mesh = undefined;
    await east.stop();
    await folder.remove();
  });

  async function start(clusters: object): Promise<StartedMesh> {
    mesh = await StartedMesh.start({
      entities: SHOP_ENTITIES,
      kubernetes: false,
      mesh: {
        clusters: { source: 'kubeconfig', file: folder.file, ...clusters },
        mirror: { probeInterval: '1s', clusterListInterval: '1s' },
      },
    });
    return mesh;
  }

  const good = () => ({ server: east.url, user: { token: 't0ken' } });

  it('reads the good contexts and says what is wrong with the others', async () => {
    await folder.write({
      east: good(),
      expired: { server: east.url, user: { token: 'old' } },
      plugin: {
        server: east.url,
        user: execOf(`console.error('not logged in'); process.exit(1)`),
      },
    });
    const started = await start({
      contexts: ['east', 'expired', 'plugin', 'typo'],
    });
    await started.untilClusters({
      east: 'synced',
      expired: 'unreachable',
      plugin: 'unreachable',
      typo: 'unreachable',
    });
    const { clusters }: { clusters: State[] } = await started.body(
      'admin',
      '/fleet/clusters',
    );
    const messageOf = (name: string) =>
      clusters.find(cluster => cluster.name === name)?.message;
    expect(messageOf('expired')).toContain(
      `the cluster does not accept the credentials of user expired of the kubeconfig ${folder.file} (401 Unauthorized)`,
    );
    expect(messageOf('plugin')).toContain(
      'of user plugin gave no credentials: it ended with exit code 1: not logged in',
    );
    expect(messageOf('typo')).toContain(
      `The kubeconfig ${folder.file} has no context typo; it has east, expired, plugin`,
    );

    const answer = await started.body(
      'reader',
      '/entities/component/default/reviews/mtls',
    );
    expect(
      answer.workloads.map(
        ({ workload }: { workload: { cluster: string; name: string } }) =>
          workload,
      ),
    ).toEqual([expect.objectContaining({ cluster: 'east', name: 'reviews' })]);
    expect(
      answer.clusters.map(({ name, status }: State) => [name, status]),
    ).toContainEqual(['typo', 'unreachable']);
  });

  it('goes on when what was wrong is repaired', async () => {
    await folder.writeText('config', 'clusters: [');
    const started = await start({});
    const problem = await started.until(
      async () =>
        (
          await started.body('admin', '/fleet/clusters')
        ).clusterListProblem as unknown,
      answer => answer !== undefined,
    );
    expect(JSON.stringify(problem)).toContain(
      `The kubeconfig ${folder.file} is not YAML`,
    );
    await folder.write({ east: good() }, 'east');
    await started.untilClusters({ east: 'synced' });
  });

  it('leaves no connection to a cluster open when the backend stops', async () => {
    await folder.write({ east: good() }, 'east');
    const started = await start({});
    await started.untilClusters({ east: 'synced' });
    expect(east.connections).toBeGreaterThan(0);
    await started.stop();
    mesh = undefined;
    await east.untilUnconnected();
    expect(east.connections).toBe(0);
  });
});
