import { clusterOf } from '../__testUtils__/cluster';
import {
  allWorkloads,
  workloadNamed,
  workloadOfPod,
  workloadsIn,
  workloadsWithLabels,
} from './workloads';

interface PodOptions {
  owner?: string;
  labels?: string;
  phase?: string;
  created?: string;
}

function pod(name: string, options: PodOptions = {}): string {
  const {
    owner,
    labels = '',
    phase = 'Running',
    created = '2026-01-01',
  } = options;
  return `
---
apiVersion: v1
kind: Pod
metadata:
  name: ${name}
  namespace: shop
  labels: { ${labels} }
  creationTimestamp: ${created}T00:00:00Z
  ${owner ? `ownerReferences: [{ ${owner}, controller: true }]` : ''}
spec: { serviceAccountName: ${name}, containers: [{ name: app }] }
status: { phase: ${phase} }
`;
}

function controller(kind: string, name: string, labels = ''): string {
  return `
---
apiVersion: apps/v1
kind: ${kind}
metadata: { name: ${name}, namespace: shop }
spec: { template: { metadata: { labels: { ${labels} } }, spec: { serviceAccountName: runner, containers: [] } } }
`;
}

const replicaSet = 'apiVersion: apps/v1, kind: ReplicaSet, name: cart-5f';

/** Workloads as `Kind/name: pods`. */
function summary(yaml: string): string[] {
  const snapshot = clusterOf(yaml);
  return [...workloadsIn(snapshot, 'shop')].map(
    ([key, { pods }]) =>
      `${key}: ${pods.map(({ metadata }) => metadata.name).join(' ')}`,
  );
}

describe('workloadsIn', () => {
  it.each<[string, string, string[]]>([
    ['a bare pod', pod('a'), ['Pod/a: a']],
    [
      'a Deployment by its ReplicaSet',
      pod('a', { owner: replicaSet, labels: 'pod-template-hash: 5f' }),
      ['Deployment/cart: a'],
    ],
    [
      'a Rollout',
      pod('a', { owner: replicaSet, labels: 'rollouts-pod-template-hash: 5f' }),
      ['Rollout/cart: a'],
    ],
    [
      'a ReplicaSet of nobody',
      pod('a', { owner: replicaSet }),
      ['ReplicaSet/cart-5f: a'],
    ],
    [
      'pods of one StatefulSet',
      pod('a', { owner: 'apiVersion: apps/v1, kind: StatefulSet, name: db' }) +
        pod('b', { owner: 'apiVersion: apps/v1, kind: StatefulSet, name: db' }),
      ['StatefulSet/db: a b'],
    ],
    [
      'a controller without pods',
      controller('DaemonSet', 'log'),
      ['DaemonSet/log: '],
    ],
    [
      'pods that have ended, which count for nothing',
      pod('a', { phase: 'Succeeded' }) + pod('b', { phase: 'Failed' }),
      [],
    ],
  ])('%s', (_, yaml, expected) => {
    expect(summary(yaml)).toEqual(expected);
  });

  it('takes what the template says, else what the youngest pod does', () => {
    const pods =
      pod('old', {
        owner: 'apiVersion: apps/v1, kind: StatefulSet, name: db',
        labels: 'v: "1"',
      }) +
      pod('new', {
        owner: 'apiVersion: apps/v1, kind: StatefulSet, name: db',
        labels: 'v: "2"',
        created: '2026-02-01',
      });
    const of = (yaml: string) =>
      workloadsIn(clusterOf(yaml), 'shop').get('StatefulSet/db');
    expect(of(pods)).toMatchObject({
      labels: { v: '2' },
      serviceAccount: 'new',
    });
    expect(of(pods + controller('StatefulSet', 'db', 'v: "3"'))).toMatchObject({
      labels: { v: '3' },
      serviceAccount: 'runner',
    });
  });
});

describe('workloadNamed', () => {
  const yaml =
    controller('DaemonSet', 'both') +
    controller('Deployment', 'both') +
    controller('StatefulSet', 'db');

  it.each([
    ['both', 'Deployment'],
    ['db', 'StatefulSet'],
    ['none', undefined],
  ])('%s', (name, kind) => {
    expect(workloadNamed(clusterOf(yaml), 'shop', name)?.ref.kind).toBe(kind);
  });
});

describe('workloadOfPod', () => {
  it('gives a pod that has ended a workload of its own', () => {
    const snapshot = clusterOf(pod('a', { phase: 'Failed' }));
    const [ended] = snapshot.list('Pod');
    expect(workloadOfPod(snapshot, ended)).toMatchObject({
      ref: { kind: 'Pod', name: 'a' },
      pods: [ended],
    });
  });
});

describe('workloadsWithLabels', () => {
  it('finds workloads by their pods, and those without pods by their template', () => {
    const snapshot = clusterOf(
      pod('a', { labels: 'app: x' }) +
        pod('b', { labels: 'app: y' }) +
        controller('Deployment', 'c', 'app: x'),
    );
    expect(
      workloadsWithLabels(snapshot, 'shop', { app: 'x' }).map(
        ({ ref }) => ref.name,
      ),
    ).toEqual(['a', 'c']);
  });
});

describe('allWorkloads', () => {
  it('are those of all namespaces', () => {
    const snapshot = clusterOf(
      pod('a') + controller('Deployment', 'b').replace('shop', 'other'),
    );
    expect([...allWorkloads(snapshot)].map(({ ref }) => ref.name)).toEqual([
      'a',
      'b',
    ]);
  });
});
