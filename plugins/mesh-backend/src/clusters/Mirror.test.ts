import { KindId } from 'backstage-plugin-mesh-common';
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

describe('Mirror', () => {
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

  it('mirrors each cluster, and follows it', async () => {
    east.install(PEER_AUTHENTICATION);
    east.put(peerAuthentication);
    mirror.start();
    await mirror.ready;
    expect(mirror.clusters.map(({ info }) => info.name)).toEqual([
      'east',
      'west',
    ]);
    expect(mirror.problem).toBeUndefined();
    expect(test.status('east')).toBe('synced');
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
    await test.until(() => mirror.cluster('east')?.version === 'v1.34.1');

    east.put({ ...peerAuthentication, spec: { mtls: { mode: 'PERMISSIVE' } } });
    await test.until(
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

  it('takes up clusters that appear, and drops those that are gone', async () => {
    test.transport.list = { status: 'listed', clusters: [{ name: 'east' }] };
    mirror.start();
    await test.until(() => test.status('east') === 'synced');
    test.transport.list = {
      status: 'listed',
      clusters: [
        { name: 'west', title: 'West' },
        { name: 'user', unsupportedAuth: 'It needs the token of the user' },
      ],
    };
    await test.until(
      () => test.status('west') === 'synced' && !mirror.cluster('east'),
    );
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
    mirror.start();
    await test.until(() => test.status('east') === 'synced');
    test.transport.list = { status: 'unreachable', message: 'No answer' };
    await test.until(() => mirror.problem === 'No answer');
    expect(test.status('east')).toBe('synced');
    test.transport.list = { status: 'listed', clusters: [{ name: 'east' }] };
    await test.until(() => !mirror.problem);
  });

  it('says so where nothing lists clusters', async () => {
    test.transport.list = {
      status: 'not-configured',
      message: 'Not installed',
    };
    mirror.start();
    await mirror.ready;
    expect(mirror.clusters).toEqual([]);
    expect(mirror.problem).toBe('Not installed');
  });
});
