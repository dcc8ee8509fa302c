import { clusterOf } from '../__testUtils__/cluster';
import { pod, service } from '../istio/__testUtils__/istio';
import { SelectorSyntaxError } from '../kubernetes/selectors';
import {
  entitySelection,
  entityServices,
  entityWorkloads,
} from './entityWorkloads';

const K8S = 'backstage.io/kubernetes-';

/** The names of the workloads that annotations select. */
function selected(
  annotations: Record<string, string>,
  yaml: string,
): string[] | undefined {
  const selection = entitySelection(annotations);
  return (
    selection &&
    entityWorkloads(clusterOf(yaml), selection).map(
      ({ ref }) => `${ref.namespace}/${ref.name}`,
    )
  );
}

const DEPLOYMENT = `
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: jobs, namespace: back, labels: { team: a } }
spec: { template: { metadata: { labels: { app: jobs } }, spec: { containers: [] } } }
`;

const YAML =
  pod('cart', { labels: `team: a\n    ${K8S}id: the-cart` }) +
  pod('web', { namespace: 'front', labels: 'team: a' }) +
  pod('done', { labels: 'team: a' }).replace('Running', 'Succeeded') +
  DEPLOYMENT;

describe('entityWorkloads', () => {
  it.each<[string, Record<string, string>, string[] | undefined]>([
    ['no annotation', {}, undefined],
    ['a namespace alone', { [`${K8S}namespace`]: 'shop' }, undefined],
    ['the id', { [`${K8S}id`]: 'the-cart' }, ['shop/cart-1']],
    [
      'labels of pods and of controllers',
      { [`${K8S}label-selector`]: 'team=a' },
      ['back/jobs', 'front/web-1', 'shop/cart-1'],
    ],
    [
      'the selector before the id',
      { [`${K8S}label-selector`]: 'app in (web)', [`${K8S}id`]: 'the-cart' },
      ['front/web-1'],
    ],
    [
      'one namespace',
      { [`${K8S}label-selector`]: 'team=a', [`${K8S}namespace`]: 'front' },
      ['front/web-1'],
    ],
    [
      'this cluster',
      { [`${K8S}id`]: 'the-cart', [`${K8S}cluster`]: 'test' },
      ['shop/cart-1'],
    ],
    [
      'another cluster',
      { [`${K8S}id`]: 'the-cart', [`${K8S}cluster`]: 'west' },
      [],
    ],
  ])('by %s', (_, annotations, expected) => {
    expect(selected(annotations, YAML)).toEqual(expected);
  });

  it('refuses a selector that is none', () => {
    expect(() =>
      entitySelection({ [`${K8S}label-selector`]: 'team in a' }),
    ).toThrow(SelectorSyntaxError);
  });
});

describe('entityServices', () => {
  it('are those that lead to its workloads', () => {
    const snapshot = clusterOf(
      YAML +
        service('cart') +
        service('web') +
        service('jobs', { namespace: 'back' }),
    );
    const selection = entitySelection({ [`${K8S}label-selector`]: 'team=a' });
    const workloads = selection ? entityWorkloads(snapshot, selection) : [];
    expect(
      entityServices(snapshot, workloads).map(({ metadata }) => metadata.name),
    ).toEqual(['jobs', 'cart']);
  });
});
