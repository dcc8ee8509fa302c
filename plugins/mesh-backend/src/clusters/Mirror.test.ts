import { mockServices } from '@backstage/backend-test-utils';
import { KindId, KIND_IDS } from 'backstage-plugin-mesh-common';
import { DirectTransport } from '../__testUtils__/DirectTransport';
import { FakeApiServer, RawObject } from '../__testUtils__/FakeApiServer';
import { Mirror } from './Mirror';

const PEER_AUTHENTICATION: KindId = 'security.istio.io/PeerAuthentication';

const peerAuthentication: RawObject = {
  apiVersion: 'security.istio.io/v1',
  kind: 'PeerAuthentication',
  metadata: { name: 'default', namespace: 'shop' },
  spec: { mtls: { mode: 'STRICT' } },
};

function configMap(name: string, labels: Record<string, string>): RawObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: 'istio-system', labels },
    data: {},
  };
}

describe('Mirror', () => {
  let east: FakeApiServer;
  let west: FakeApiServer;
  let transport: DirectTransport;
  let mirror: Mirror;
  const logger = mockServices.logger.mock();

  beforeEach(async () => {
    east = await FakeApiServer.start();
    west = await FakeApiServer.start();
    transport = new DirectTransport({ east, west });
  });

  afterEach(async () => {
    await mirror?.stop();
    await east.stop();
    await west.stop();
  });

  function make(): Mirror {
    mirror = Mirror.create({
      transport,
      logger,
      random: () => 0.5,
      timing: {
        watchTimeoutMs: 300_000,
        recheckIntervalMs: 10,
        backoffInitialMs: 1,
        backoffMaxMs: 10,
        probeIntervalMs: 10,
        batchMs: 1,
        clusterListIntervalMs: 10,
        startJitterMs: 1,
      },
    });
    mirror.start();
    return mirror;
  }

  async function until<T>(read: () => T | undefined | false): Promise<T> {
    return new Promise((resolve, reject) => {
      let stop = () => {};
      const check = () => {
        try {
          const value = read();
          if (value) {
            stop();
            resolve(value);
          }
        } catch (error) {
          stop();
          reject(error);
        }
      };
      stop = mirror.onChange(check);
      check();
    });
  }

  function status(cluster: string) {
    return mirror.cluster(cluster)?.state.status;
  }

  function causes(cluster: string): Record<string, string> {
    return Object.fromEntries(
      mirror
        .cluster(cluster)
        ?.state.unread.map(({ kind, cause }) => [kind, cause]) ?? [],
    );
  }

  it('mirrors each cluster, and follows it', async () => {
    east.install(PEER_AUTHENTICATION);
    east.put(peerAuthentication);
    make();
    await mirror.ready;
    expect(mirror.clusters.map(({ info }) => info.name)).toEqual([
      'east',
      'west',
    ]);
    expect(mirror.problem).toBeUndefined();
    expect(status('east')).toBe('synced');
    const snapshot = mirror.cluster('east')?.snapshot;
    expect(
      snapshot?.get(PEER_AUTHENTICATION, 'shop', 'default')?.spec?.mtls?.mode,
    ).toBe('STRICT');
    expect(snapshot?.read(PEER_AUTHENTICATION)).toEqual({ state: 'read' });
    expect(mirror.cluster('west')?.snapshot.read(PEER_AUTHENTICATION)).toEqual({
      state: 'absent',
      message:
        'The cluster does not serve security.istio.io/PeerAuthentication: the CustomResourceDefinition peerauthentications.security.istio.io is not installed',
    });
    await until(() => mirror.cluster('east')?.version === 'v1.34.1');

    east.put({ ...peerAuthentication, spec: { mtls: { mode: 'PERMISSIVE' } } });
    await until(
      () =>
        mirror
          .cluster('east')
          ?.snapshot.get(PEER_AUTHENTICATION, 'shop', 'default')?.spec?.mtls
          ?.mode === 'PERMISSIVE',
    );
    // The first snapshot is what it was.
    expect(
      snapshot?.get(PEER_AUTHENTICATION, 'shop', 'default')?.spec?.mtls?.mode,
    ).toBe('STRICT');
  });

  it('says that it has not read anything until it has', async () => {
    make();
    await until(() => mirror.cluster('east'));
    expect(mirror.cluster('east')?.snapshot.read('Pod')).toEqual({
      state: 'unreachable',
      message: 'It has not been read yet',
    });
    expect(status('east')).toBe('syncing');
    await until(() => status('east') === 'synced');
  });

  it('follows kinds that come, change their version, and go', async () => {
    make();
    await until(() => status('east') === 'synced');
    expect(causes('east')).toMatchObject({ [PEER_AUTHENTICATION]: 'absent' });

    east.install(PEER_AUTHENTICATION, ['v1beta1']);
    east.put(peerAuthentication);
    await until(() =>
      mirror
        .cluster('east')
        ?.snapshot.get(PEER_AUTHENTICATION, 'shop', 'default'),
    );
    await until(() => !(PEER_AUTHENTICATION in causes('east')));

    const inV1 = east.nextRequest(({ path }) =>
      path.includes('/security.istio.io/v1/peerauthentications'),
    );
    east.install(PEER_AUTHENTICATION, ['v1', 'v1beta1']);
    await inV1;
    await until(() => !(PEER_AUTHENTICATION in causes('east')));

    east.uninstall(PEER_AUTHENTICATION);
    await until(() => causes('east')[PEER_AUTHENTICATION] === 'absent');
    expect([
      ...(mirror.cluster('east')?.snapshot.list(PEER_AUTHENTICATION) ?? []),
    ]).toEqual([]);
    expect(status('east')).toBe('synced');
  });

  it('asks regularly what is served where it may not watch CustomResourceDefinitions', async () => {
    east.forbidden.add('apiextensions.k8s.io/CustomResourceDefinition');
    make();
    await until(() => status('east') === 'partial');
    east.install(PEER_AUTHENTICATION);
    await until(() => !(PEER_AUTHENTICATION in causes('east')));
    expect(causes('east')).toMatchObject({
      'apiextensions.k8s.io/CustomResourceDefinition': 'forbidden',
    });
  });

  it('understands servers without aggregated discovery', async () => {
    east.aggregatedDiscovery = false;
    east.install(PEER_AUTHENTICATION);
    make();
    await until(() => status('east') === 'synced');
    expect(
      KIND_IDS.filter(kindId => !(kindId in causes('east'))).sort(),
    ).toEqual(
      [
        'Namespace',
        'Pod',
        'Service',
        'ConfigMap',
        'apps/Deployment',
        'apps/StatefulSet',
        'apps/DaemonSet',
        'admissionregistration.k8s.io/MutatingWebhookConfiguration',
        'apiextensions.k8s.io/CustomResourceDefinition',
        PEER_AUTHENTICATION,
      ].sort(),
    );
  });

  it('names the rule for a kind that is forbidden, and reads the rest', async () => {
    east.forbidden.add('Pod');
    make();
    await until(() => status('east') === 'partial');
    expect(mirror.cluster('east')?.state.message).toContain(
      'Add this rule of deploy/rbac.yaml to its ClusterRole: {"apiGroups":[""],"resources":["pods"]',
    );
    expect(causes('east')).toMatchObject({ Pod: 'forbidden' });
    expect(mirror.cluster('east')?.snapshot.read('Pod').state).toBe(
      'forbidden',
    );
    await until(() => status('west') === 'synced');
  });

  it('says stale when a cluster goes silent, though its watches just wait', async () => {
    east.put({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'shop' },
    });
    make();
    await until(() => status('east') === 'synced');
    // The watches stay open, as they do through a proxy.
    east.failing = 502;
    await until(() => status('east') === 'stale');
    const state = mirror.cluster('east')?.state;
    expect(state?.message).toContain('502');
    expect(state?.since).toMatch(/^\d{4}-/);
    expect(mirror.cluster('east')?.snapshot.read('Namespace').state).toBe(
      'stale',
    );
    expect(
      mirror.cluster('east')?.snapshot.get('Namespace', undefined, 'shop'),
    ).toBeDefined();
    east.failing = undefined;
    await until(() => status('east') === 'synced');
    expect(status('west')).toBe('synced');
  });

  it('says unreachable of a cluster that never answered, until it does', async () => {
    await east.goDown();
    make();
    await mirror.ready;
    expect(status('east')).toBe('unreachable');
    expect(status('west')).toBe('synced');
    await east.comeBack();
    await until(() => status('east') === 'synced');
  });

  it('reads ConfigMaps by each label that the control planes use', async () => {
    east.put(configMap('istio', { 'istio.io/rev': 'default' }));
    east.put(
      configMap('both', {
        'istio.io/rev': 'default',
        'linkerd.io/control-plane-ns': 'linkerd',
      }),
    );
    east.put(configMap('other', { app: 'x' }));
    make();
    const names = () =>
      [...(mirror.cluster('east')?.snapshot.list('ConfigMap') ?? [])]
        .map(({ metadata }) => metadata.name)
        .sort()
        .join();
    await until(() => status('east') === 'synced');
    expect(names()).toBe('both,istio');
    east.delete('ConfigMap', 'istio-system', 'istio');
    east.put(
      configMap('linkerd', { 'linkerd.io/control-plane-ns': 'linkerd' }),
    );
    await until(() => names() === 'both,linkerd');
    east.delete('ConfigMap', 'istio-system', 'both');
    await until(() => names() === 'linkerd');
  });

  it('does not call a heartbeat a change', async () => {
    const pod: RawObject = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'a', namespace: 'shop' },
      spec: { containers: [{ name: 'app' }] },
      status: { phase: 'Running' },
    };
    east.put(pod);
    make();
    await until(() => status('east') === 'synced');
    const before = mirror.cluster('east')?.snapshot;
    east.put({ ...pod, status: { phase: 'Running', startTime: 'now' } });
    east.put({ ...pod, metadata: { name: 'b', namespace: 'shop' } });
    await until(() => mirror.cluster('east')?.snapshot !== before);
    const after = mirror.cluster('east')?.snapshot;
    expect(after?.get('Pod', 'shop', 'b')).toBeDefined();
    expect(after?.get('Pod', 'shop', 'a')).toBe(
      before?.get('Pod', 'shop', 'a'),
    );
  });

  it('takes up clusters that appear, and drops those that are gone', async () => {
    transport.list = { status: 'listed', clusters: [{ name: 'east' }] };
    make();
    await until(() => status('east') === 'synced');
    transport.list = {
      status: 'listed',
      clusters: [
        { name: 'west', title: 'West' },
        { name: 'user', unsupportedAuth: 'It needs the token of the user' },
      ],
    };
    await until(() => status('west') === 'synced' && !mirror.cluster('east'));
    expect(mirror.cluster('west')?.state.title).toBe('West');
    expect(mirror.cluster('user')?.state).toEqual({
      name: 'user',
      status: 'unsupported-auth',
      message: 'It needs the token of the user',
      unread: [],
    });
    expect(mirror.cluster('user')?.snapshot.read('Pod')).toEqual({
      state: 'unreachable',
      message: 'It needs the token of the user',
    });
  });

  it('keeps what it has while the clusters cannot be listed', async () => {
    make();
    await until(() => status('east') === 'synced');
    transport.list = { status: 'unreachable', message: 'No answer' };
    await until(() => mirror.problem === 'No answer');
    expect(status('east')).toBe('synced');
    transport.list = { status: 'listed', clusters: [{ name: 'east' }] };
    await until(() => !mirror.problem);
  });

  it('says so where nothing lists clusters', async () => {
    transport.list = { status: 'not-configured', message: 'Not installed' };
    make();
    await mirror.ready;
    expect(mirror.clusters).toEqual([]);
    expect(mirror.problem).toBe('Not installed');
  });
});
