import { clusterOf } from '../__testUtils__/cluster';
import {
  ISTIO,
  istio as istioObject,
  pod,
  service,
  serviceOf,
} from '../istio/__testUtils__/istio';
import { MESHES } from './meshes';
import {
  parsePlace,
  serviceRouting,
  UnknownPlaceError,
} from './serviceRouting';

const snapshot = clusterOf(
  ISTIO +
    pod('cart') +
    service('cart') +
    pod('plain', { mode: 'none' }) +
    service('plain') +
    istioObject(
      'VirtualService',
      'plain',
      '{ hosts: [plain], http: [{ directResponse: { status: 503 } }] }',
    ),
);

function routing(name: string, from?: string) {
  return serviceRouting(
    snapshot,
    serviceOf(snapshot, name),
    MESHES,
    from === undefined ? undefined : parsePlace(snapshot, from),
  );
}

describe('serviceRouting', () => {
  it('is that of the mesh of the Service', () => {
    expect(routing('cart')).toMatchObject({
      mesh: 'istio',
      host: 'cart.shop.svc.cluster.local',
      seenFrom: { namespace: 'shop' },
      ports: [{ port: 80, routing: { value: 'service' } }],
    });
  });

  it('is that of the mesh of the client, whatever the Service is in', () => {
    expect(routing('plain', 'shop/Pod/cart-1')).toMatchObject({
      mesh: 'istio',
      seenFrom: {
        namespace: 'shop',
        workload: { kind: 'Pod', name: 'cart-1' },
      },
      ports: [{ routing: { value: 'rules' } }],
    });
  });

  it.each([
    ['plain', undefined, 'No workload behind the Service is in a mesh'],
    [
      'cart',
      'shop/Pod/plain-1',
      'Pod plain-1 has no mesh proxy, so no routes apply to what it sends',
    ],
  ])('is none: %s from %s', (name, from, text) => {
    expect(routing(name, from).ports).toEqual([
      expect.objectContaining({
        routing: {
          value: 'not-in-mesh',
          reasons: [expect.objectContaining({ text })],
        },
        rules: [],
      }),
    ]);
  });
});

describe('parsePlace', () => {
  it('is a namespace, or a workload of one', () => {
    expect(parsePlace(snapshot, 'front')).toEqual({ namespace: 'front' });
    expect(parsePlace(snapshot, 'shop/Pod/cart-1').workload?.ref.name).toBe(
      'cart-1',
    );
  });

  it('names a workload that is not there', () => {
    expect(() => parsePlace(snapshot, 'shop/Deployment/cart')).toThrow(
      new UnknownPlaceError(
        'There is no Deployment shop/cart on the cluster test',
      ),
    );
  });
});
