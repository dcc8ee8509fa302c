import { meshedPod } from './__testUtils__/cluster';
import { service, walked } from './walk/__testUtils__/walked';

const WEB = meshedPod('web', { ip: '10.1.0.1', account: 'web' });
const CART = meshedPod('cart', { ip: '10.1.0.2' });
const IP = 'clusterIP: 10.9.0.4';

const on = (pod: string, node: string) =>
  pod.replace('"spec":{', `"spec":{"nodeName":"${node}",`);

const notReady = CART.replace('"status":"True"', '"status":"False"');
const ending = CART.replace(
  '"metadata":{',
  '"metadata":{"deletionTimestamp":"2026-01-01T00:00:00Z",',
);

describe('the endpoints of a Service that get requests', () => {
  it.each([
    ['a pod that is ready', WEB + CART, IP, 'delivered'],
    ['not one that is not', WEB + notReady, IP, 'failed'],
    ['not one that is about to end', WEB + ending, IP, 'failed'],
    [
      'all of them where the Service says so',
      WEB + notReady,
      `${IP}\n  publishNotReadyAddresses: true`,
      'delivered',
    ],
    [
      'one on the node of the client',
      on(WEB, 'a') + on(CART, 'a'),
      `${IP}\n  internalTrafficPolicy: Local`,
      'delivered',
    ],
    [
      'not one on another node',
      on(WEB, 'a') + on(CART, 'b'),
      `${IP}\n  internalTrafficPolicy: Local`,
      'failed',
    ],
    [
      'one on another node of the cluster',
      on(WEB, 'a') + on(CART, 'b'),
      `${IP}\n  internalTrafficPolicy: Cluster`,
      'delivered',
    ],
    [
      'any of a Service without an address',
      on(WEB, 'a') + on(CART, 'b'),
      'clusterIP: None\n  internalTrafficPolicy: Local',
      'delivered',
    ],
    [
      'any, where the node of the client is not known',
      WEB + on(CART, 'b'),
      `${IP}\n  internalTrafficPolicy: Local`,
      'delivered',
    ],
  ])('%s', (_, pods, spec, expected) => {
    expect(walked(pods + service('cart', { spec })).outcome.value).toBe(
      expected,
    );
  });

  it('names the policy of the Service', () => {
    const { branches } = walked(
      on(WEB, 'a') +
        on(CART, 'b') +
        service('cart', { spec: `${IP}\n  internalTrafficPolicy: Local` }),
    );
    expect(branches[0].steps.flatMap(({ reasons }) => reasons)).toContainEqual(
      expect.objectContaining({ field: 'spec.internalTrafficPolicy' }),
    );
  });
});
