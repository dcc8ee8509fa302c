import { clusterOf } from '../__testUtils__/cluster';
import { walkRequestSchema } from '../contract/schemas/walk';
import { MESHES } from '../mesh/meshes';
import { requestWalk } from '../mesh/requestWalk';
import { parsePlace, serviceRouting } from '../mesh/serviceRouting';
import { workloadCallers } from '../mesh/whoMayCall/workloadCallers';
import { workloadMtls } from '../mesh/workloadMtls';
import { findWorkload } from '../mesh/workloads';
import { istio as adapter } from './adapter';
import { istio, namespace, pod, service } from './__testUtils__/istio';

/** The webhook of a control plane that runs elsewhere, and shows none of its settings. */
const MANAGED = `
---
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: { name: istio-sidecar-injector, labels: { app: sidecar-injector, istio.io/rev: default } }
webhooks:
  - name: namespace.sidecar-injector.istio.io
    clientConfig: { url: 'https://istiod.example.com/inject' }
    namespaceSelector: { matchLabels: { istio-injection: enabled } }
`;
const YAML =
  MANAGED +
  namespace('shop', 'istio-injection: enabled') +
  pod('web') +
  pod('cart') +
  service('cart') +
  istio('AuthorizationPolicy', 'all', '{ rules: [{}] }') +
  istio(
    'VirtualService',
    'cart',
    '{ hosts: [cart], http: [{ route: [{ destination: { host: cart } }] }] }',
  );

describe('a control plane whose settings cannot be read', () => {
  const snapshot = clusterOf(YAML);
  const workloadOf = (name: string) =>
    findWorkload(snapshot, { namespace: 'shop', kind: 'Pod', name })!;
  const known = [
    { sources: ['declared' as const], workload: workloadOf('web-1') },
  ];
  const cart = workloadOf('cart-1');

  it('leaves unknown what a workload accepts and what its clients send, though its proxy is seen', () => {
    const { enrolment, ports, clients, verdict } = workloadMtls(
      snapshot,
      cart,
      MESHES,
      known,
    );

    expect(enrolment.value).toBe('sidecar');
    expect(ports[0].accepts).toMatchObject({
      value: 'unknown',
      cause: 'absent',
    });
    expect(clients[0].ports[0].sends).toMatchObject({
      value: 'unknown',
      cause: 'absent',
    });
    expect(verdict.value).toBe('unknown');
  });

  it('leaves known what a policy of the namespace decides, whatever the mesh is set to', () => {
    const strict = clusterOf(
      `${YAML}${istio(
        'PeerAuthentication',
        'strict',
        '{ mtls: { mode: STRICT } }',
      )}`,
    );

    expect(
      workloadMtls(
        strict,
        findWorkload(strict, {
          namespace: 'shop',
          kind: 'Pod',
          name: 'cart-1',
        })!,
        MESHES,
        [],
      ).ports[0].accepts.value,
    ).toBe('mtls-only');
  });

  it('leaves unknown who may call', () => {
    const { callers } = workloadCallers(snapshot, cart, MESHES, known);

    expect(callers.map(({ ports: [{ decision }] }) => decision.value)).toEqual([
      'unknown',
      'unknown',
      'unknown',
      'unknown',
    ]);
  });

  it('leaves unknown where requests go', () => {
    const { ports, gateways } = serviceRouting(
      snapshot,
      snapshot.get('Service', 'shop', 'cart')!,
      MESHES,
      parsePlace(snapshot, 'shop/Pod/web-1'),
    );

    expect(ports[0].routing).toMatchObject({
      value: 'unknown',
      cause: 'absent',
    });
    expect(gateways).toBeUndefined();
  });

  it('leaves unknown what becomes of a request', () => {
    const { outcome } = requestWalk(
      snapshot,
      walkRequestSchema.parse({
        from: {
          workload: {
            cluster: 'test',
            namespace: 'shop',
            kind: 'Pod',
            name: 'web-1',
          },
        },
        host: 'cart',
        port: 80,
      }),
      MESHES,
    );

    expect(outcome).toMatchObject({ value: 'unknown', cause: 'absent' });
  });

  it('leaves unknown the trust domain, and with it every identity', () => {
    expect(adapter.identity(snapshot, cart.pods[0])).toBeUndefined();
    expect(
      adapter.workloadsWithIdentity(snapshot, 'cluster.local/ns/shop/sa/cart'),
    ).toEqual([]);
  });

  it('still tells of the control plane itself', () => {
    expect(adapter.clusterMesh(snapshot)).toBeDefined();
  });
});
