import { workloadMtls } from '../mesh/workloadMtls';
import { workloadsIn } from '../mesh/workloads';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { clusterOf, CONTROL_PLANE, meshedPod } from './__testUtils__/cluster';
import { linkerd } from './adapter';

function mtls(snapshot: MeshSnapshot, name: string) {
  const workload = [...workloadsIn(snapshot, 'shop').values()].find(
    ({ ref }) => ref.name === name,
  );
  if (!workload) {
    throw new Error(`There is no workload ${name}`);
  }
  return workloadMtls(snapshot, workload, [linkerd], []);
}

const SHOP = `${CONTROL_PLANE}
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec:
  clusterIP: 10.9.0.1
  selector: { app: cart }
  ports: [{ port: 80, targetPort: http }]
---
apiVersion: policy.linkerd.io/v1beta3
kind: Server
metadata: { name: cart-http, namespace: shop }
spec: { podSelector: { matchLabels: { app: cart } }, port: http }
---
apiVersion: policy.linkerd.io/v1alpha1
kind: AuthorizationPolicy
metadata: { name: cart-callers, namespace: shop }
spec:
  targetRef: { group: policy.linkerd.io, kind: Server, name: cart-http }
  requiredAuthenticationRefs:
    - { group: policy.linkerd.io, kind: MeshTLSAuthentication, name: callers }
---
apiVersion: policy.linkerd.io/v1alpha1
kind: MeshTLSAuthentication
metadata: { name: callers, namespace: shop }
spec:
  identities:
    - web.shop.serviceaccount.identity.linkerd.mesh.example
    - '*.team.serviceaccount.identity.linkerd.mesh.example'
    - ghost.shop.serviceaccount.identity.linkerd.mesh.example
`;

describe('linkerd', () => {
  it('answers what a workload accepts, and what those whom a policy names send', () => {
    const snapshot = clusterOf(
      SHOP +
        meshedPod('cart') +
        meshedPod('web', {
          annotations: { 'config.linkerd.io/skip-outbound-ports': '80' },
        }),
    );
    const answer = mtls(snapshot, 'cart');
    expect(answer).toMatchObject({
      enrolment: { value: 'sidecar', mesh: 'linkerd' },
      identity: 'cart.shop.serviceaccount.identity.linkerd.mesh.example',
      verdict: { value: 'protected' },
    });
    expect(answer.ports).toMatchObject([
      {
        port: 8080,
        name: 'http',
        services: [{ port: 80 }],
        accepts: { value: 'mtls-only' },
      },
    ]);
    expect(
      answer.clients
        .filter(({ sources }) => sources.includes('allowed'))
        .map(({ identity, workload, ports }) => [
          identity?.split('.')[0],
          workload?.name,
          ports.map(({ sends }) => sends.value),
        ]),
    ).toEqual([
      // It sends plaintext, which is refused.
      ['web', 'web', ['fails']],
      ['ghost', undefined, []],
    ]);
  });

  it('judges a workload over files by its template', () => {
    const snapshot = clusterOf(
      `${SHOP}
---
apiVersion: v1
kind: Namespace
metadata:
  name: shop
  annotations:
    linkerd.io/inject: enabled
    config.linkerd.io/skip-inbound-ports: '9990'
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  template:
    metadata: { labels: { app: cart } }
    spec:
      containers:
        - name: app
          ports: [{ name: http, containerPort: 8080 }, { containerPort: 9990 }]
`,
      { origin: 'files' },
    );
    const { enrolment, ports } = mtls(snapshot, 'cart');
    expect(enrolment).toMatchObject({ value: 'sidecar', predicted: true });
    expect(ports.map(({ port, accepts }) => [port, accepts.value])).toEqual([
      [8080, 'mtls-only'],
      [9990, 'plaintext-only'],
    ]);
    expect(ports[0].accepts.predicted).toBe(true);
    expect(ports[1].accepts.reasons[0].object).toMatchObject({
      kind: 'Namespace',
      name: 'shop',
    });
  });

  it('leaves the ports of its own containers out', () => {
    expect(
      mtls(clusterOf(SHOP + meshedPod('cart')), 'cart').ports,
    ).toHaveLength(1);
    expect(linkerd.isProxy({ name: 'linkerd-init', ports: [], env: [] })).toBe(
      true,
    );
  });

  describe('clusterMesh', () => {
    it('tells the control plane and the versions of the proxies', () => {
      const snapshot = clusterOf(
        `${CONTROL_PLANE}
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: linkerd-destination, namespace: linkerd }
spec: { replicas: 3, template: {} }
status: { readyReplicas: 2 }
${meshedPod('cart')}${meshedPod('web')}${meshedPod('old').replace(
          'proxy:edge-26.8.2',
          'proxy:edge-26.2.1',
        )}`,
      );
      expect(linkerd.clusterMesh(snapshot)).toMatchObject({
        mesh: 'linkerd',
        title: 'Linkerd',
        controlPlanes: [
          {
            version: 'edge-26.8.2',
            namespace: 'linkerd',
            ready: 2,
            replicas: 3,
          },
        ],
        trustDomain: 'mesh.example',
        proxies: [
          { version: 'edge-26.8.2', pods: 2 },
          { version: 'edge-26.2.1', pods: 1 },
        ],
      });
    });

    it('knows of none without a trace of it', () => {
      expect(linkerd.clusterMesh(clusterOf(''))).toBeUndefined();
      expect(
        linkerd.clusterMesh(clusterOf('', { origin: 'files' })),
      ).toBeUndefined();
    });

    it('counts proxies where the settings could not be read', () => {
      expect(
        linkerd.clusterMesh(
          clusterOf(meshedPod('cart'), { forbidden: ['ConfigMap'] }),
        ),
      ).toMatchObject({ controlPlanes: [], proxies: [{ pods: 1 }] });
    });
  });
});
