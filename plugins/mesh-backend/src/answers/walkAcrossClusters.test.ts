import {
  MESHES,
  RoutingAnswer,
  WalkRouteAnswer,
} from 'backstage-plugin-mesh-common';
import { FakeApiServer } from '../__testUtils__/FakeApiServer';
import { RawObject } from '../__testUtils__/fakeApi';
import { namespaceObject } from '../__testUtils__/objects';
import { component } from '../__testUtils__/shop';
import { StartedMesh, Who } from '../__testUtils__/startMesh';
import { createMeshPlugin } from '../plugin';

const IDENTITY = 'serviceaccount.identity.linkerd.cluster.local';
const GATEWAY_IDENTITY = `linkerd-gateway.linkerd-multicluster.${IDENTITY}`;

const CONTROL_PLANE: RawObject = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: {
    name: 'linkerd-config',
    namespace: 'linkerd',
    labels: { 'linkerd.io/control-plane-ns': 'linkerd' },
  },
  data: { values: 'linkerdVersion: edge-26.6.2' },
};

function pod(name: string, namespace: string, ip: string): RawObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace,
      labels: {
        app: name,
        'backstage.io/kubernetes-id': name,
        'linkerd.io/control-plane-ns': 'linkerd',
      },
      annotations: {
        'config.linkerd.io/enable-gateway': 'true',
        'config.linkerd.io/default-inbound-policy': 'all-authenticated',
      },
    },
    spec: {
      serviceAccountName: name,
      containers: [
        {
          name: 'linkerd-proxy',
          env: [
            {
              name: 'LINKERD2_PROXY_IDENTITY_LOCAL_NAME',
              value: `${name}.${namespace}.${IDENTITY}`,
            },
          ],
        },
        { name: 'app', ports: [{ containerPort: 8080 }] },
      ],
    },
    status: {
      phase: 'Running',
      podIP: ip,
      conditions: [{ type: 'Ready', status: 'True' }],
    },
  };
}

function service(
  name: string,
  namespace: string,
  metadata: object,
  spec: object,
): RawObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace, ...metadata },
    spec,
  };
}

const EAST: RawObject[] = [
  namespaceObject('bank'),
  CONTROL_PLANE,
  pod('book', 'bank', '10.1.0.1'),
  service(
    'book',
    'bank',
    {},
    {
      clusterIP: '10.9.0.1',
      selector: { app: 'book' },
      ports: [{ port: 80, targetPort: 8080 }],
    },
  ),
  pod('linkerd-gateway', 'linkerd-multicluster', '10.1.0.2'),
  service(
    'linkerd-gateway',
    'linkerd-multicluster',
    { annotations: { 'mirror.linkerd.io/gateway-identity': GATEWAY_IDENTITY } },
    {
      clusterIP: '10.9.0.2',
      selector: { app: 'linkerd-gateway' },
      ports: [{ name: 'mc-gateway', port: 4143 }],
    },
  ),
];

const WEST: RawObject[] = [
  namespaceObject('bank'),
  CONTROL_PLANE,
  pod('teller', 'bank', '10.2.0.1'),
  service(
    'book-east',
    'bank',
    {
      labels: {
        'mirror.linkerd.io/mirrored-service': 'true',
        'mirror.linkerd.io/cluster-name': 'east',
      },
      annotations: {
        'mirror.linkerd.io/remote-svc-fq-name': 'book.bank.svc.cluster.local',
      },
    },
    { clusterIP: '10.9.0.3', ports: [{ port: 80, targetPort: 4143 }] },
  ),
  {
    apiVersion: 'multicluster.linkerd.io/v1alpha3',
    kind: 'Link',
    metadata: { name: 'east', namespace: 'linkerd-multicluster' },
    spec: {
      targetClusterName: 'east',
      clusterCredentialsSecret: 'cluster-credentials-east',
      gatewayAddress: '192.0.2.1',
      gatewayIdentity: GATEWAY_IDENTITY,
    },
    status: {
      mirrorServices: ['book', 'secret-of-others'].map(name => ({
        remoteRef: { name, namespace: 'bank' },
        conditions: [
          { type: 'Mirrored', status: 'False', message: `${name} is late` },
        ],
      })),
    },
  },
];

async function clusterOf(objects: readonly RawObject[]) {
  const server = await FakeApiServer.start();
  server.install('multicluster.linkerd.io/Link');
  objects.forEach(object => server.put(object));
  return server;
}

describe('the walk of a request from another cluster', () => {
  let mesh: StartedMesh;
  let clusters: Record<string, FakeApiServer>;

  const walkOf = (entity: string, changes: object = {}) =>
    `/entities/component/default/${entity}/walk?${new URLSearchParams({
      request: JSON.stringify({
        cluster: 'west',
        from: { namespace: 'bank', kind: 'Pod', name: 'teller' },
        host: 'book-east.bank',
        port: 80,
        ...changes,
      }),
    })}`;
  beforeAll(async () => {
    clusters = { east: await clusterOf(EAST), west: await clusterOf(WEST) };
    mesh = await StartedMesh.start({
      entities: [component('book'), component('teller'), component('other')],
      mayRead: who => who === 'reader',
      clusters,
      plugin: createMeshPlugin({ meshes: MESHES, checks: [] }),
    });
    await mesh.untilClusters({ east: 'synced', west: 'synced' });
  });

  afterAll(async () => {
    await mesh.stop();
    await Promise.all(Object.values(clusters).map(server => server.stop()));
  });

  const walk = (who: Who): Promise<WalkRouteAnswer> =>
    mesh.body(who, walkOf('book'));
  const atGateway = async (who: Who) =>
    (await walk(who)).walk.branches[0].steps.filter(
      ({ step, at }) => step === 'authorization' && at,
    );

  it('is that of the entity which the mirror leads to', async () => {
    const answer = await walk('reader');
    expect(answer.cluster.name).toBe('west');
    expect(answer.hiddenWorkloads).toBe(0);
    expect(answer.walk).toMatchObject({
      outcome: { value: 'delivered' },
      branches: [
        {
          peerIdentity: GATEWAY_IDENTITY,
          via: [{ cluster: 'east', name: 'linkerd-gateway' }],
          workloads: [{ cluster: 'east', name: 'book' }],
        },
      ],
    });
  });

  it('keeps the policies of the gateway from readers who may not see it', async () => {
    expect(await atGateway('admin')).toMatchObject([
      { text: expect.stringContaining('all-authenticated') },
    ]);
    expect(await atGateway('reader')).toMatchObject([
      { text: 'The policies of the gateway let it in', reasons: [] },
    ]);
  });

  it('says what a Link says of the Service, and shows the Link to readers of the fleet alone', async () => {
    const link = {
      cluster: 'west',
      kind: 'multicluster.linkerd.io/Link',
      namespace: 'linkerd-multicluster',
      name: 'east',
    };
    const query = new URLSearchParams({
      cluster: link.cluster,
      kind: link.kind,
      objectNamespace: link.namespace,
      objectName: link.name,
      walk: new URL(walkOf('book'), 'http://mesh').searchParams.get('request')!,
    });
    const seenBy = async (who: Who) => {
      const answer = JSON.stringify((await walk(who)).walk);
      const { status } = await mesh.get(
        who,
        `/entities/component/default/book/object?${query}`,
      );
      return {
        isTold: answer.includes('book is late'),
        isNamed: answer.includes(link.kind),
        ofOthers: answer.includes('secret-of-others'),
        status,
      };
    };
    expect(await seenBy('admin')).toEqual({
      isTold: true,
      isNamed: true,
      ofOthers: false,
      status: 200,
    });
    expect(await seenBy('reader')).toEqual({
      isTold: true,
      isNamed: false,
      ofOthers: false,
      status: 404,
    });
  });

  it.each([
    ['a mirror that leads to others', 'other', {}],
    ['a Service that is no mirror', 'book', { host: 'teller.bank' }],
    ['a client that is not there', 'book', { cluster: 'east' }],
  ])('is refused for %s', async (_, entity, changes) => {
    const { status } = await mesh.get('reader', walkOf(entity, changes));
    expect(status).toBe(400);
  });

  it('is offered beside the routes of the Service', async () => {
    const { services }: RoutingAnswer = await mesh.body(
      'reader',
      '/entities/component/default/book/routing',
    );
    expect(services).toMatchObject([
      {
        service: { cluster: 'east', name: 'book' },
        mirrors: [
          {
            service: { cluster: 'west', namespace: 'bank', name: 'book-east' },
            ports: [80],
          },
        ],
      },
    ]);
  });

  it('opens the objects of its way', async () => {
    const query = new URLSearchParams({
      cluster: 'west',
      kind: 'Service',
      objectNamespace: 'bank',
      objectName: 'book-east',
      walk: new URL(walkOf('book'), 'http://mesh').searchParams.get('request')!,
    });
    const { status } = await mesh.get(
      'reader',
      `/entities/component/default/book/object?${query}`,
    );
    expect(status).toBe(200);
  });
});
