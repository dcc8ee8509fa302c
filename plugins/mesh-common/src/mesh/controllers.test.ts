import { clusterOf, objectsOf } from '../__testUtils__/cluster';
import { pod } from '../istio/__testUtils__/istio';
import { parseObject } from '../kubernetes/parse';
import { SnapshotChange } from '../snapshot/SnapshotChange';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { templatePodsSelected } from './templatePods';
import { findWorkload, workloadsIn, workloadsWithLabels } from './workloads';

const ROLLOUT = `
---
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: web, namespace: shop }
spec:
  template:
    metadata: { labels: { app: web } }
    spec: { serviceAccountName: web, containers: [{ name: app, ports: [{ containerPort: 80 }] }] }
`;

const REFERRING = `
---
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: web, namespace: shop }
spec: { workloadRef: { apiVersion: apps/v1, kind: Deployment, name: base } }
`;

const DEPLOYMENT = `
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: base, namespace: shop }
spec: { replicas: 0, template: { metadata: { labels: { app: web } }, spec: { serviceAccountName: web, containers: [] } } }
`;

const OF_BASE = pod('web').replace(
  'name: web-1',
  'name: web-1\n  ownerReferences: [{ apiVersion: apps/v1, kind: ReplicaSet, name: base-5f, controller: true }]',
);

function putOf(raw: unknown): SnapshotChange {
  const result = parseObject(raw);
  if (result.status !== 'parsed') {
    throw new TypeError(result.status);
  }
  return { type: 'put', parsed: result.parsed };
}

describe('the workloads of Rollouts', () => {
  it.each<[string, string, string[]]>([
    ['of its own template', ROLLOUT, ['Rollout/web']],
    [
      'of the template of a workload, which it replaces',
      REFERRING + DEPLOYMENT,
      ['Rollout/web'],
    ],
    ['of a workload that is not there', REFERRING, []],
    [
      'beside a workload that has pods yet',
      REFERRING +
        DEPLOYMENT +
        OF_BASE.replace('app: web', 'app: web\n    pod-template-hash: 5f'),
      ['Deployment/base', 'Rollout/web'],
    ],
  ])('%s', (_, yaml, expected) => {
    const snapshot = clusterOf(yaml, { origin: 'files' });

    expect([...workloadsIn(snapshot, 'shop').keys()].sort()).toEqual(expected);
    expect(
      workloadsWithLabels(snapshot, 'shop', { app: 'web' })
        .map(({ ref }) => `${ref.kind}/${ref.name}`)
        .sort(),
    ).toEqual(expected);
    expect(
      ['Deployment/base', 'Rollout/web'].filter(id => {
        const [kind, name] = id.split('/');
        return findWorkload(snapshot, { namespace: 'shop', kind, name });
      }),
    ).toEqual(expected);
  });

  it('has the labels and the account of the template', () => {
    const snapshot = clusterOf(REFERRING + DEPLOYMENT, { origin: 'files' });

    expect(workloadsIn(snapshot, 'shop').get('Rollout/web')).toMatchObject({
      labels: { app: 'web' },
      serviceAccount: 'web',
    });
    expect(
      templatePodsSelected(snapshot, 'shop', { matchLabels: { app: 'web' } }),
    ).toHaveLength(1);
  });

  it('is the same workload until its template changes', () => {
    const before = clusterOf(REFERRING + DEPLOYMENT, { origin: 'files' });
    const changedBy = (yaml: string) =>
      before.apply(objectsOf(yaml).map(putOf));
    const web = (snapshot: MeshSnapshot) =>
      workloadsIn(snapshot, 'shop').get('Rollout/web');

    expect(web(changedBy(DEPLOYMENT.replace('base', 'other')))).toBe(
      web(before),
    );
    expect(
      web(changedBy(DEPLOYMENT.replace('app: web', 'app: shop')))?.labels,
    ).toEqual({ app: 'shop' });
  });
});
