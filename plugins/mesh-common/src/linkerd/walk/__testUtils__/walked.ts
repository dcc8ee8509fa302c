import { walkRequestSchema } from '../../../contract/schemas/walk';
import { WalkAnswer } from '../../../contract/walk';
import { KindId } from '../../../kubernetes/kinds';
import { MESHES } from '../../../mesh/meshes';
import { requestWalk } from '../../../mesh/requestWalk';
import {
  clusterOf,
  CONTROL_PLANE,
  meshedPod,
} from '../../__testUtils__/cluster';

export const service = (
  name: string,
  options: { annotations?: Record<string, string>; spec?: string } = {},
) => `
---
apiVersion: v1
kind: Service
metadata:
  name: ${name}
  namespace: shop
  annotations: ${JSON.stringify(options.annotations ?? {})}
spec:
  ${options.spec ?? `clusterIP: 10.9.0.${name.length}`}
  selector: { app: ${name} }
  ports: [{ port: 80, targetPort: 8080 }]
`;

export const plainPod = (name: string, ip: string) => `
---
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: shop, labels: { app: ${name} } }
spec: { containers: [{ name: app, ports: [{ containerPort: 8080 }] }] }
status: { podIP: ${ip}, phase: Running, conditions: [{ type: Ready, status: 'True' }] }
`;

export const PARENT = '{ group: "", kind: Service, name: cart, port: 80 }';

export const route = (
  rules: string,
  options: { annotations?: Record<string, string>; parent?: string } = {},
) => {
  const { parent = PARENT } = options;
  return `
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: cart, namespace: shop, annotations: ${JSON.stringify(
    options.annotations ?? {},
  )} }
spec: { parentRefs: [${parent}], rules: [${rules}] }
status:
  parents:
    - parentRef: ${parent}
      controllerName: linkerd.io/policy-controller
      conditions: [{ type: Accepted, status: 'True' }]
`;
};

export const DENY = `
---
apiVersion: policy.linkerd.io/v1beta3
kind: Server
metadata: { name: cart, namespace: shop }
spec: { podSelector: { matchLabels: { app: cart } }, port: 8080, accessPolicy: deny }
`;

export const allow = (identity: string) => `
---
apiVersion: policy.linkerd.io/v1alpha1
kind: MeshTLSAuthentication
metadata: { name: callers, namespace: shop }
spec: { identities: ["${identity}"] }
---
apiVersion: policy.linkerd.io/v1alpha1
kind: AuthorizationPolicy
metadata: { name: callers, namespace: shop }
spec:
  targetRef: { group: policy.linkerd.io, kind: Server, name: cart }
  requiredAuthenticationRefs:
    - { group: policy.linkerd.io, kind: MeshTLSAuthentication, name: callers }
`;

export const WEB = meshedPod('web', { ip: '10.1.0.1', account: 'web' });
export const CART = meshedPod('cart', { ip: '10.1.0.2' }) + service('cart');
export const WEB_IDENTITY =
  'web.shop.serviceaccount.identity.linkerd.mesh.example';

export interface Question {
  host?: string;
  port?: number;
  path?: string;
  method?: string;
  headers?: Record<string, string>;
  protocol?: 'http' | 'tls' | 'tcp';
}

export function walked(
  yaml: string,
  { forbidden, ...question }: Question & { forbidden?: KindId[] } = {},
): WalkAnswer {
  return requestWalk(
    clusterOf(CONTROL_PLANE + yaml, { forbidden }),
    walkRequestSchema.parse({
      from: {
        workload: {
          cluster: 'test',
          namespace: 'shop',
          kind: 'Pod',
          name: 'web',
        },
      },
      host: 'cart',
      port: 80,
      ...question,
    }),
    MESHES,
  );
}

/** `outcome status`. */
export function seen(yaml: string, question: Question = {}): string {
  const { outcome, status, mesh } = walked(yaml, question);
  expect(mesh).toBe('linkerd');
  return [outcome.value, status === null ? 'closed' : status]
    .filter(part => part !== undefined)
    .join(' ');
}

/** The share and the outcome of each branch. */
export function branches(answer: WalkAnswer): string[] {
  return answer.branches.map(
    ({ host, percent, outcome, sends }) =>
      `${percent} ${host?.split('.')[0]} ${outcome} ${sends}`,
  );
}
