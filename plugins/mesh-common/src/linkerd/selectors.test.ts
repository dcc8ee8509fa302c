import { LabelSelector } from '../kubernetes/objects';
import { clusterOf, meshedPod } from './__testUtils__/cluster';
import { selects } from './selectors';
import { podsOfServer } from './servers';

type Operator = NonNullable<
  LabelSelector['matchExpressions']
>[number]['operator'];

describe('selectors of Servers', () => {
  it.each<[Operator, string[] | undefined, boolean]>([
    ['In', ['cart'], true],
    ['In', [], false],
    ['In', undefined, false],
    ['NotIn', ['api'], true],
    ['NotIn', [], true],
    ['NotIn', undefined, false],
    ['Exists', undefined, true],
    ['Exists', [], false],
    ['DoesNotExist', undefined, false],
  ])('%s %j: %s', (operator, values, expected) => {
    const matchExpressions = [
      { key: 'app', operator, ...(values && { values }) },
    ];
    expect(selects({ matchExpressions }, { app: 'cart' })).toBe(expected);
  });

  it('take labels and expressions together, and nothing if there is none', () => {
    const selector = { matchLabels: { app: 'cart' } };
    expect(selects(selector, { app: 'cart', tier: 'front' })).toBe(true);
    expect(selects(selector, { app: 'api' })).toBe(false);
    expect(selects({}, {})).toBe(true);
    expect(selects(undefined, {})).toBe(false);
  });

  it.each([
    ['', 1],
    [', values: []', 0],
  ])('find the pods with an expression that has%s', (values, count) => {
    const snapshot = clusterOf(`${meshedPod('cart')}
---
apiVersion: policy.linkerd.io/v1beta3
kind: Server
metadata: { name: http, namespace: shop }
spec: { podSelector: { matchExpressions: [{ key: app, operator: Exists${values} }] }, port: 80 }
`);
    const server = snapshot.get('policy.linkerd.io/Server', 'shop', 'http');
    expect(server && podsOfServer(snapshot, server)).toHaveLength(count);
  });
});
