import { KindId, CLUSTER_KIND_IDS } from 'backstage-plugin-mesh-common';
import { RawObject } from '../__testUtils__/fakeApi';
import { FakeApiServer } from '../__testUtils__/FakeApiServer';
import { TestMirror } from '../__testUtils__/TestMirror';
import { Mirror } from './Mirror';

const PEER_AUTHENTICATION =
  'security.istio.io/PeerAuthentication' satisfies KindId;

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

describe('ClusterMirror', () => {
  let test: TestMirror;
  let mirror: Mirror;
  let east: FakeApiServer;

  beforeEach(async () => {
    test = await TestMirror.create();
    ({ mirror, east } = test);
  });

  afterEach(async () => {
    await test.stop();
  });

  it('says that it has not read anything until it has', async () => {
    mirror.start();
    await test.until(() => mirror.cluster('east'));
    expect(mirror.cluster('east')?.snapshot.read('Pod')).toEqual({
      state: 'unreachable',
      message: 'It has not been read yet',
    });
    expect(test.status('east')).toBe('syncing');
    await test.until(() => test.status('east') === 'synced');
  });

  it('follows kinds that come, change their version, and go', async () => {
    mirror.start();
    await test.until(() => test.status('east') === 'synced');
    expect(test.causes('east')).toMatchObject({
      [PEER_AUTHENTICATION]: 'absent',
    });

    east.install(PEER_AUTHENTICATION, ['v1beta1']);
    east.put(peerAuthentication);
    await test.until(() =>
      mirror
        .cluster('east')
        ?.snapshot.get(PEER_AUTHENTICATION, 'shop', 'default'),
    );
    await test.until(() => !(PEER_AUTHENTICATION in test.causes('east')));

    const inV1 = east.nextRequest(({ path }) =>
      path.includes('/security.istio.io/v1/peerauthentications'),
    );
    east.install(PEER_AUTHENTICATION, ['v1', 'v1beta1']);
    await inV1;
    await test.until(() => !(PEER_AUTHENTICATION in test.causes('east')));

    east.uninstall(PEER_AUTHENTICATION);
    await test.until(
      () => test.causes('east')[PEER_AUTHENTICATION] === 'absent',
    );
    expect([
      ...(mirror.cluster('east')?.snapshot.list(PEER_AUTHENTICATION) ?? []),
    ]).toEqual([]);
    expect(test.status('east')).toBe('synced');
  });

  it('asks regularly what is served where it may not watch CustomResourceDefinitions', async () => {
    east.forbidden.add('apiextensions.k8s.io/CustomResourceDefinition');
    mirror.start();
    await test.until(() => test.status('east') === 'partial');
    east.install(PEER_AUTHENTICATION);
    await test.until(() => !(PEER_AUTHENTICATION in test.causes('east')));
    expect(test.causes('east')).toMatchObject({
      'apiextensions.k8s.io/CustomResourceDefinition': 'forbidden',
    });
  });

  it('understands servers without aggregated discovery', async () => {
    east.aggregatedDiscovery = false;
    east.install(PEER_AUTHENTICATION);
    mirror.start();
    await test.until(() => test.status('east') === 'synced');
    expect(
      CLUSTER_KIND_IDS.filter(
        kindId => !(kindId in test.causes('east')),
      ).sort(),
    ).toEqual(
      [
        'Namespace',
        'Pod',
        'Service',
        'ServiceAccount',
        'ConfigMap',
        'apps/Deployment',
        'apps/StatefulSet',
        'autoscaling/HorizontalPodAutoscaler',
        'networking.k8s.io/NetworkPolicy',
        'policy/PodDisruptionBudget',
        'apps/DaemonSet',
        'admissionregistration.k8s.io/MutatingWebhookConfiguration',
        'admissionregistration.k8s.io/ValidatingWebhookConfiguration',
        'apiextensions.k8s.io/CustomResourceDefinition',
        PEER_AUTHENTICATION,
      ].sort(),
    );
  });

  it('reads what only Linkerd needs where that is installed, and from then on', async () => {
    const role = 'rbac.authorization.k8s.io/ClusterRole';
    east.forbidden.add(role);
    mirror.start();
    await test.until(() => test.status('east') === 'synced');
    expect(mirror.cluster('east')?.snapshot.read(role)).toEqual({
      state: 'absent',
      message: `${role} is read only where the cluster serves policy.linkerd.io/Server`,
    });

    east.install('policy.linkerd.io/Server');
    await test.until(() => test.causes('east')[role] === 'forbidden');
    expect(test.causes('east')['rbac.authorization.k8s.io/Role']).toBe(
      'absent',
    );
    expect(test.causes('east')).not.toHaveProperty('Node');
  });

  it('names the rule for a kind that is forbidden, and reads the rest', async () => {
    east.forbidden.add('Pod');
    mirror.start();
    await test.until(() => test.status('east') === 'partial');
    expect(mirror.cluster('east')?.state.message).toContain(
      'Add this rule of deploy/rbac.yaml to its ClusterRole: {"apiGroups":[""],"resources":["pods"]',
    );
    expect(test.causes('east')).toMatchObject({ Pod: 'forbidden' });
    expect(mirror.cluster('east')?.snapshot.read('Pod').state).toBe(
      'forbidden',
    );
    await test.until(() => test.status('west') === 'synced');
  });

  it('says stale when a cluster goes silent, though its watches just wait', async () => {
    east.put({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'shop' },
    });
    mirror.start();
    await test.until(() => test.status('east') === 'synced');
    // The watches stay open, as they do through a proxy.
    east.failing = 502;
    await test.until(() => test.status('east') === 'stale');
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
    await test.until(() => test.status('east') === 'synced');
    expect(test.status('west')).toBe('synced');
  });

  it('says unreachable of a cluster that never answered, until it does', async () => {
    await east.goDown();
    mirror.start();
    await mirror.ready;
    expect(test.status('east')).toBe('unreachable');
    expect(test.status('west')).toBe('synced');
    await east.comeBack();
    await test.until(() => test.status('east') === 'synced');
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
    mirror.start();
    const names = () =>
      [...(mirror.cluster('east')?.snapshot.list('ConfigMap') ?? [])]
        .map(({ metadata }) => metadata.name)
        .sort()
        .join();
    await test.until(() => test.status('east') === 'synced');
    expect(names()).toBe('both,istio');
    east.delete('ConfigMap', 'istio-system', 'istio');
    east.put(
      configMap('linkerd', { 'linkerd.io/control-plane-ns': 'linkerd' }),
    );
    await test.until(() => names() === 'both,linkerd');
    east.delete('ConfigMap', 'istio-system', 'both');
    await test.until(() => names() === 'linkerd');
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
    mirror.start();
    await test.until(() => test.status('east') === 'synced');
    const before = mirror.cluster('east')?.snapshot;
    east.put({ ...pod, status: { phase: 'Running', startTime: 'now' } });
    east.put({ ...pod, metadata: { name: 'b', namespace: 'shop' } });
    await test.until(() => mirror.cluster('east')?.snapshot !== before);
    const after = mirror.cluster('east')?.snapshot;
    expect(after?.get('Pod', 'shop', 'b')).toBeDefined();
    expect(after?.get('Pod', 'shop', 'a')).toBe(
      before?.get('Pod', 'shop', 'a'),
    );
  });
});
