import { FakeApiServer } from './__testUtils__/FakeApiServer';
import { FakePrometheus } from './__testUtils__/FakePrometheus';
import { peerAuthentication } from './__testUtils__/objects';
import { SHOP_ENTITIES, startShop } from './__testUtils__/shop';
import { StartedMesh } from './__testUtils__/startMesh';

const ENTITY = '/entities/component/default/reviews';

interface State {
  name: string;
  status: string;
  message?: string;
  since?: string;
  unread: { kind: string; cause: string; message: string }[];
}

/** Bad input, from a cluster through the Kubernetes plugin to the answer: named there, and the rest works. */
describe('answers to bad input', () => {
  let east: FakeApiServer;
  let west: FakeApiServer;
  let prometheus: FakePrometheus;
  let mesh: StartedMesh;

  beforeEach(async () => {
    east = await startShop();
    west = await FakeApiServer.start();
    prometheus = await FakePrometheus.start();
    mesh = await StartedMesh.start({
      entities: SHOP_ENTITIES,
      clusters: { east, west },
      mesh: {
        mirror: { probeInterval: '1s', recheckInterval: '1s' },
        prometheus: [{ name: 'prod', url: prometheus.url, clusters: ['east'] }],
      },
    });
    await mesh.untilClusters({ east: 'synced', west: 'synced' });
  });

  afterEach(async () => {
    await mesh?.stop();
    await prometheus?.stop();
    await west?.stop();
    await east?.stop();
  });

  async function mtls() {
    const answer = await mesh.body('admin', `${ENTITY}/mtls`);
    const [state] = answer.clusters as State[];
    const [workload] = answer.workloads;
    return { answer, state, workload, accepts: workload?.ports[0]?.accepts };
  }

  it('follows a change of an object', async () => {
    expect((await mtls()).answer.verdict.value).toBe('in-part');
    east.put(peerAuthentication('STRICT'));
    const { accepts } = await mesh.until(
      mtls,
      ({ answer }) => answer.verdict.value === 'protected',
    );
    expect(accepts).toMatchObject({
      value: 'mtls-only',
      term: 'STRICT',
      reasons: [
        {
          text: 'The mode is STRICT',
          object: {
            cluster: 'east',
            kind: 'security.istio.io/PeerAuthentication',
            namespace: 'shop',
            name: 'default',
          },
          field: 'spec.mtls.mode',
        },
      ],
    });
  });

  it('names a malformed object and its field, and does not call its effect good', async () => {
    east.put(peerAuthentication('SOMETIMES'));
    const { accepts, state, workload } = await mesh.until(
      mtls,
      ({ accepts: { value } }) => value === 'unknown',
    );
    expect(accepts.cause).toBe('malformed');
    expect(accepts.reasons[0].text).toContain(
      'PeerAuthentication shop/default cannot be read: spec.mtls.mode',
    );
    expect(workload.verdict.value).toBe('unknown');
    expect(state.status).toBe('synced');
    const { status, body } = await mesh.get(
      'admin',
      `${ENTITY}/object?cluster=east&kind=security.istio.io/PeerAuthentication&objectNamespace=shop&objectName=default`,
    );
    expect(status).toBe(404);
    expect(body.error.message).toContain('cannot be shown: spec.mtls.mode');
    east.put(peerAuthentication('STRICT'));
    await mesh.until(mtls, ({ accepts: { value } }) => value === 'mtls-only');
  });

  it('follows a CustomResourceDefinition that goes and comes', async () => {
    const kind = 'security.istio.io/PeerAuthentication';
    east.uninstall(kind);
    const { state, accepts } = await mesh.until(mtls, answer =>
      answer.state.unread.some(unread => unread.kind === kind),
    );
    expect(state.status).toBe('synced');
    expect(state.unread).toContainEqual({
      kind,
      cause: 'absent',
      message: expect.stringContaining(
        'peerauthentications.security.istio.io is not installed',
      ),
    });
    expect(accepts.term).toBe('PERMISSIVE');
    east.install(kind);
    east.put(peerAuthentication('STRICT'));
    await mesh.until(mtls, ({ accepts: { value } }) => value === 'mtls-only');
  });

  it('names the rule for a kind that is forbidden, until it is allowed', async () => {
    const kind = 'security.istio.io/PeerAuthentication';
    east.forbidden.add(kind);
    east.endWatches(kind);
    const { state, accepts, answer } = await mesh.until(
      mtls,
      ({ accepts: { value } }) => value === 'unknown',
    );
    expect(accepts.cause).toBe('forbidden');
    expect(state).toMatchObject({
      name: 'east',
      status: 'partial',
      message: expect.stringContaining(
        '{"apiGroups":["security.istio.io"],"resources":["peerauthentications"],"verbs":["get","list","watch"]}',
      ),
    });
    expect(answer.clusters[1]).toMatchObject({
      name: 'west',
      status: 'synced',
    });
    east.forbidden.delete(kind);
    await mesh.until(
      mtls,
      ({ accepts: { value } }) => value === 'mtls-or-plaintext',
    );
  });

  it('says stale and since when of a cluster that is down, and goes on when it is back', async () => {
    await east.goDown();
    const { state, workload } = await mesh.until(
      mtls,
      answer => answer.state.status === 'stale',
    );
    expect(state.since).toMatch(/^\d{4}-\d\d-\d\dT/);
    expect(state.message).toContain('ECONNREFUSED');
    expect(workload.verdict).toMatchObject({
      value: 'unknown',
      cause: 'stale',
    });
    east.put(peerAuthentication('STRICT'));
    await east.comeBack();
    await mesh.until(
      mtls,
      answer =>
        answer.state.status === 'synced' &&
        answer.accepts.value === 'mtls-only',
    );
  });

  it('names the metrics store that does not answer, and keeps the rest', async () => {
    prometheus.failing = 500;
    const answer = await mesh.body('admin', `${ENTITY}/mtls/observed`);
    expect(answer.workloads[0]).toMatchObject({
      total: {
        state: 'unknown',
        cause: 'unreachable',
        message: 'The metrics store prod answered 500',
      },
      callers: [],
      verdict: { value: 'in-part' },
    });
    expect(
      (await mesh.body('admin', `${ENTITY}/routing/observed`)).services[0],
    ).toMatchObject({ state: 'unknown', cause: 'unreachable' });
  });
});
