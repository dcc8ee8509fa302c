import { createTestWorld, type TestWorld } from '../world/testWorld';

const SHOP = `
apiVersion: v1
kind: Namespace
metadata: { name: shop }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  replicas: 2
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart } }
    spec:
      serviceAccountName: cart
      containers:
        - { name: cart, image: 'cart:1', ports: [{ name: http, containerPort: 8080 }] }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec:
  selector: { app: cart }
  ports: [{ name: http, port: 80, targetPort: http }]
`;

function deployment(world: TestWorld) {
  const object = world.get('Deployment', 'shop', 'cart', 'apps');
  if (!object) {
    throw new Error('no Deployment');
  }
  return object;
}

function edit(world: TestWorld, change: object) {
  const object = deployment(world);
  world.store.update({
    ...object,
    spec: { ...Object(object.spec), ...change },
  });
  world.settle();
}

function podNames(world: TestWorld): string[] {
  return world.list('Pod', 'shop').map(({ metadata }) => metadata.name);
}

it('gives a Deployment a ReplicaSet, and that its pods, which run', () => {
  const world = createTestWorld(SHOP);
  const [set, ...others] = world.list('ReplicaSet', 'shop', 'apps');
  expect(others).toEqual([]);
  expect(set.metadata.name).toMatch(/^cart-[bcdfghjklmnpqrstvwxz2456789]+$/);
  const pods = world.list('Pod', 'shop');
  expect(pods).toHaveLength(2);
  for (const pod of pods) {
    expect(pod.metadata.name).toMatch(
      new RegExp(`^${set.metadata.name}-[a-z0-9]{5}$`),
    );
    expect(pod).toMatchObject({
      metadata: { labels: { app: 'cart' } },
      spec: { nodeName: 'node-1', serviceAccountName: 'cart' },
      status: {
        phase: 'Running',
        podIP: expect.stringMatching(/^10\.244\.1\./),
        hostIP: '192.168.0.1',
        conditions: expect.arrayContaining([
          expect.objectContaining({ type: 'Ready', status: 'True' }),
        ]),
        containerStatuses: [
          expect.objectContaining({
            name: 'cart',
            image: 'cart:1',
            ready: true,
          }),
        ],
      },
    });
  }
  expect(deployment(world).status).toMatchObject({
    observedGeneration: 1,
    replicas: 2,
    readyReplicas: 2,
    updatedReplicas: 2,
    availableReplicas: 2,
  });
});

it('scales up and down', () => {
  const world = createTestWorld(SHOP);
  const before = podNames(world);
  edit(world, { replicas: 4 });
  expect(podNames(world)).toHaveLength(4);
  expect(podNames(world)).toEqual(expect.arrayContaining(before));
  edit(world, { replicas: 1 });
  expect(podNames(world)).toHaveLength(1);
  edit(world, { replicas: 0 });
  expect(podNames(world)).toEqual([]);
  expect(deployment(world).status).toMatchObject({ replicas: 0 });
});

it('replaces the pods of an old template, and goes back to its ReplicaSet', () => {
  const world = createTestWorld(SHOP);
  const before = podNames(world);
  const { template } = Object(deployment(world).spec);
  const restarted = {
    ...template,
    metadata: { ...template.metadata, annotations: { restarted: 'now' } },
  };
  edit(world, { template: restarted });
  expect(podNames(world)).toHaveLength(2);
  expect(podNames(world).filter(name => before.includes(name))).toEqual([]);
  expect(world.list('ReplicaSet', 'shop', 'apps')).toHaveLength(2);
  expect(
    deployment(world).metadata.annotations?.[
      'deployment.kubernetes.io/revision'
    ],
  ).toBe('2');
  edit(world, { template });
  expect(world.list('ReplicaSet', 'shop', 'apps')).toHaveLength(2);
  expect(
    deployment(world).metadata.annotations?.[
      'deployment.kubernetes.io/revision'
    ],
  ).toBe('3');
});

it('replaces a deleted pod by one of another name', () => {
  const world = createTestWorld(SHOP);
  const [first] = podNames(world);
  world.remove('Pod', 'shop', first);
  expect(podNames(world)).toHaveLength(2);
  expect(podNames(world)).not.toContain(first);
});

it('removes what a Deployment made when it goes', () => {
  const world = createTestWorld(SHOP);
  world.remove('Deployment', 'shop', 'cart', 'apps');
  expect(podNames(world)).toEqual([]);
  expect(world.list('ReplicaSet', 'shop', 'apps')).toEqual([]);
});

it('removes everything of a namespace', () => {
  const world = createTestWorld(SHOP);
  world.remove('Namespace', '', 'shop');
  expect(podNames(world)).toEqual([]);
  expect(world.list('Service', 'shop')).toEqual([]);
  expect(world.reports).toEqual([]);
});

it('gives Services addresses and endpoints that follow the pods', () => {
  const world = createTestWorld(SHOP);
  const service = world.get('Service', 'shop', 'cart');
  expect(service?.spec).toMatchObject({
    clusterIP: expect.stringMatching(/^10\.96\./),
    type: 'ClusterIP',
  });
  const slices = () => world.list('EndpointSlice', 'shop', 'discovery.k8s.io');
  expect(slices()).toEqual([
    expect.objectContaining({
      ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
      endpoints: podNames(world).map(name =>
        expect.objectContaining({
          conditions: { ready: true, serving: true, terminating: false },
          targetRef: expect.objectContaining({ kind: 'Pod', name }),
        }),
      ),
    }),
  ]);
  edit(world, { replicas: 1 });
  expect(slices()[0].endpoints).toHaveLength(1);
  world.remove('Service', 'shop', 'cart');
  expect(slices()).toEqual([]);
});

it('numbers the pods of a StatefulSet, and keeps their names', () => {
  const world = createTestWorld(`
apiVersion: v1
kind: Namespace
metadata: { name: shop }
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db, namespace: shop }
spec:
  serviceName: db
  replicas: 2
  selector: { matchLabels: { app: db } }
  template:
    metadata: { labels: { app: db } }
    spec: { containers: [{ name: db, image: 'db:1' }] }
`);
  expect(podNames(world)).toEqual(['db-0', 'db-1']);
  const uid = world.get('Pod', 'shop', 'db-0')?.metadata.uid;
  world.remove('Pod', 'shop', 'db-0');
  expect(podNames(world)).toEqual(['db-0', 'db-1']);
  expect(world.get('Pod', 'shop', 'db-0')?.metadata.uid).not.toBe(uid);
});

it('runs a DaemonSet on every node, also on a new one', () => {
  const world = createTestWorld(`
apiVersion: v1
kind: Namespace
metadata: { name: shop }
---
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: agent, namespace: shop }
spec:
  selector: { matchLabels: { app: agent } }
  template:
    metadata: { labels: { app: agent } }
    spec: { containers: [{ name: agent, image: 'agent:1' }] }
`);
  expect(podNames(world)).toHaveLength(1);
  world.apply(`
apiVersion: v1
kind: Node
metadata: { name: node-2 }
spec: { podCIDR: 10.244.2.0/24 }
`);
  expect(
    world.list('Pod', 'shop').map(({ spec }) => Object(spec).nodeName),
  ).toEqual(expect.arrayContaining(['node-1', 'node-2']));
});

it('leaves a Deployment that it cannot read alone, and the rest working', () => {
  const world = createTestWorld(SHOP);
  world.store.put(
    {
      ...deployment(world),
      metadata: { name: 'broken', namespace: 'shop' },
      spec: { replicas: 'many' },
      status: {},
    },
    { skipValidation: true },
  );
  world.settle();
  expect(podNames(world)).toHaveLength(2);
  expect(world.reports).toEqual([]);
});
