import { clusterOf } from '../../__testUtils__/cluster';
import { WorkloadCallers } from '../../contract/callers';
import {
  ISTIO,
  istio,
  namespace,
  pod,
  service,
} from '../../istio/__testUtils__/istio';
import { KindId } from '../../kubernetes/kinds';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { MESHES } from '../meshes';
import { KnownClient } from '../knownClients';
import { Workload, workloadsIn } from '../workloads';
import { workloadCallers } from './workloadCallers';

function workload(snapshot: MeshSnapshot, key: string): Workload {
  const found = workloadsIn(snapshot, 'shop').get(key);
  if (!found) {
    throw new TypeError(`There is no ${key}`);
  }
  return found;
}

function answer(
  yaml: string,
  declared: (snapshot: MeshSnapshot) => KnownClient[] = () => [],
): WorkloadCallers {
  const snapshot = clusterOf(ISTIO + namespace('shop') + yaml);
  return workloadCallers(
    snapshot,
    workload(snapshot, 'Pod/cart-1'),
    MESHES,
    declared(snapshot),
  );
}

/** Callers as `who [sources, presence]: decisions`. */
const summary = ({ callers }: WorkloadCallers) =>
  callers.map(
    ({
      class: name,
      workload: of,
      entityRef,
      identity,
      sources,
      presence,
      ports,
    }) =>
      `${name ?? of?.name ?? entityRef ?? identity} [${sources}${
        presence === 'running' ? '' : `, ${presence}`
      }]: ${ports.map(({ port, decision }) => `${port} ${decision.value}`)}`,
  );

const CART = pod('cart') + service('cart');
const STRICT = istio(
  'PeerAuthentication',
  'default',
  '{ mtls: { mode: STRICT } }',
);
const WEB_ONLY = istio(
  'AuthorizationPolicy',
  'callers',
  `{ selector: { matchLabels: { app: cart } }, rules: [{ from: [{ source: { principals: [
     cluster.local/ns/shop/sa/web, cluster.local/ns/gone/sa/ghost] } }] }] }`,
);

describe('workloadCallers', () => {
  it('lets in everybody where no policy applies', () => {
    expect(summary(answer(CART))).toEqual([
      'same-namespace [class]: 8080 allowed',
      'elsewhere-in-mesh [class]: 8080 allowed',
      'outside-mesh [class]: 8080 allowed',
    ]);
  });

  it('keeps out by PeerAuthentication who sends plaintext, and says so', () => {
    const { callers } = answer(CART + STRICT);
    const outside = callers.find(({ class: name }) => name === 'outside-mesh');
    expect(outside?.ports[0].decision).toMatchObject({
      value: 'denied',
      reasons: expect.arrayContaining([
        expect.objectContaining({
          object: expect.objectContaining({
            kind: 'security.istio.io/PeerAuthentication',
          }),
        }),
      ]),
    });
  });

  it('knows the clients that rules name, whether they run here or not', () => {
    expect(summary(answer(CART + STRICT + WEB_ONLY + pod('web')))).toEqual([
      'web-1 [allowed]: 8080 allowed',
      'cluster.local/ns/gone/sa/ghost [allowed, no-workload]: 8080 allowed',
      'same-namespace [class]: 8080 denied',
      'elsewhere-in-mesh [class]: 8080 denied',
      'outside-mesh [class]: 8080 denied',
    ]);
  });

  it('decides for each of the Services that lead to a port, and says where that matters', () => {
    const direct = `
---
apiVersion: v1
kind: Service
metadata: { name: cart-direct, namespace: shop }
spec: { selector: { app: cart }, ports: [{ port: 81, targetPort: 8080 }] }
`;
    const plain = istio(
      'DestinationRule',
      'plain',
      '{ host: cart-direct, trafficPolicy: { tls: { mode: DISABLE } } }',
    );
    const some = CART + direct + WEB_ONLY + STRICT + pod('web');
    expect(summary(answer(some))[0]).toBe('web-1 [allowed]: 8080 allowed');
    const { callers } = answer(some + plain);
    expect(callers[0].ports[0].decision).toMatchObject({
      value: 'unknown',
      reasons: [
        {
          text: 'The Services cart:80 and cart-direct:81 lead to this port, and it depends on which of them is called',
        },
        { text: expect.stringMatching(/^allowed: /) },
        { text: expect.stringMatching(/^denied: /) },
      ],
    });
  });

  it('names the client that has no proxy', () => {
    const { callers } = answer(CART + WEB_ONLY + pod('web', { mode: 'none' }));
    expect(callers[0].ports[0].decision.reasons).toContainEqual({
      rule: 'mesh/sends/no-proxy',
      text: 'web-1 has no mesh proxy',
    });
  });

  it('decides about a named client without a proxy by what it sends, not by its name', () => {
    expect(
      summary(answer(CART + WEB_ONLY + pod('web', { mode: 'none' })))[0],
    ).toBe('web-1 [allowed]: 8080 denied');
  });

  it('does not decide by the identity of a client that may send plaintext, on other conditions', () => {
    const rules = istio(
      'AuthorizationPolicy',
      'callers',
      `{ rules: [
        { from: [{ source: { principals: [cluster.local/ns/shop/sa/web] } }], to: [{ operation: { paths: [/a] } }] },
        { to: [{ operation: { paths: [/b] } }] }] }`,
    );
    const yaml = ISTIO + namespace('shop') + CART + rules + pod('web');
    const decided = (forbidden: KindId[]) => {
      const snapshot = clusterOf(yaml, { forbidden });
      const cart = workload(snapshot, 'Pod/cart-1');
      return summary(workloadCallers(snapshot, cart, MESHES, []))[0];
    };
    expect(decided([])).toBe('web-1 [allowed]: 8080 depends');
    expect(decided(['networking.istio.io/DestinationRule'])).toBe(
      'web-1 [allowed]: 8080 unknown',
    );
  });

  it('says of a declared client that nothing of it runs here', () => {
    const found = answer(CART + WEB_ONLY, () => [
      { sources: ['declared'], entityRef: 'component:default/app' },
    ]);
    expect(summary(found)[0]).toBe(
      'component:default/app [declared, no-workload]: 8080 unknown',
    );
    expect(found.callers[0].ports[0].decision.reasons[0].text).toBe(
      'Nothing of component:default/app was found on test, so that it is not known under which identity it calls',
    );
  });

  it('decides about a workload without pods by the service account of its template', () => {
    const idle = `
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  template:
    metadata:
      labels: { app: web, sidecar.istio.io/inject: 'true' }
    spec: { serviceAccountName: web, containers: [{ name: app }] }
`;
    const found = answer(CART + WEB_ONLY + idle, snapshot => [
      {
        sources: ['declared'],
        entityRef: 'component:default/web',
        workload: workload(snapshot, 'Deployment/web'),
      },
    ]);
    expect(found.callers[0]).toMatchObject({
      presence: 'no-pods',
      identity: 'cluster.local/ns/shop/sa/web',
    });
  });

  it('asks nobody at a workload outside the mesh', () => {
    const found = answer(pod('cart', { mode: 'none' }) + WEB_ONLY);
    expect(
      new Set(found.callers.map(({ ports }) => ports[0].decision.value)),
    ).toEqual(new Set(['allowed']));
    expect(found.callers[0].ports[0].decision.reasons[0].text).toContain(
      'not in a mesh',
    );
  });
});
