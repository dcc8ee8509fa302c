import { clusterOf, CONTROL_PLANE } from '../../__testUtils__/cluster';
import { outboundPolicy } from '../outboundPolicy';
import { OutboundPolicy, OutboundRule } from '../policy';
import { OutboundTarget } from '../target';

export type Text = Record<string, string>;

export const service = (
  name: string,
  options: {
    namespace?: string;
    annotations?: Text;
    ports?: string;
    ip?: string;
  } = {},
) => `
---
apiVersion: v1
kind: Service
metadata:
  name: ${name}
  namespace: ${options.namespace ?? 'shop'}
  annotations: ${JSON.stringify(options.annotations ?? {})}
spec:
  clusterIP: ${options.ip ?? '10.9.0.1'}
  selector: { app: ${name} }
  ports: [${options.ports ?? '{ port: 80 }, { port: 443 }'}]
`;

export const serviceParent = (port?: number, name = 'cart') =>
  `{ group: "", kind: Service, name: ${name}, namespace: shop${
    port ? `, port: ${port}` : ''
  } }`;
export const egressParent = (port?: number) =>
  `{ group: policy.linkerd.io, kind: EgressNetwork, name: out, namespace: shop${
    port ? `, port: ${port}` : ''
  } }`;

export interface RouteOptions {
  kind?: string;
  group?: string;
  namespace?: string;
  parent?: string;
  annotations?: Text;
  rules?: string;
  created?: string;
  hostnames?: string;
  accepted?: string;
  controller?: string;
}

export const route = (name: string, options: RouteOptions = {}) => {
  const { kind = 'HTTPRoute', parent = serviceParent(80) } = options;
  return `
---
apiVersion: ${options.group ?? 'gateway.networking.k8s.io/v1'}
kind: ${kind}
metadata:
  name: ${name}
  namespace: ${options.namespace ?? 'shop'}
  annotations: ${JSON.stringify(options.annotations ?? {})}
  creationTimestamp: ${options.created ?? '2026-01-01'}T00:00:00Z
spec:
  parentRefs: [${parent}]
  hostnames: [${options.hostnames ?? ''}]
  rules: [${options.rules ?? '{}'}]
status:
  parents:
    - parentRef: ${options.accepted ?? parent}
      controllerName: ${options.controller ?? 'linkerd.io/policy-controller'}
      conditions: [{ type: Accepted, status: 'True' }]
`;
};

export const tcp = (name: string, options: RouteOptions = {}) =>
  route(name, {
    kind: 'TCPRoute',
    group: 'gateway.networking.k8s.io/v1alpha2',
    ...options,
  });
export const tls = (name: string, options: RouteOptions = {}) =>
  route(name, {
    kind: 'TLSRoute',
    group: 'gateway.networking.k8s.io/v1alpha2',
    ...options,
  });
export const grpc = (name: string, options: RouteOptions = {}) =>
  route(name, { kind: 'GRPCRoute', ...options });
export const policyHttp = (name: string, options: RouteOptions = {}) =>
  route(name, { group: 'policy.linkerd.io/v1beta3', ...options });

export const egress = (
  options: { policy?: string; annotations?: Text; networks?: string } = {},
) => `
---
apiVersion: policy.linkerd.io/v1alpha1
kind: EgressNetwork
metadata:
  name: out
  namespace: shop
  annotations: ${JSON.stringify(options.annotations ?? {})}
spec:
  trafficPolicy: ${options.policy ?? 'Allow'}
  ${options.networks ? `networks: [${options.networks}]` : ''}
status: { conditions: [{ type: Accepted, status: 'True' }] }
`;

export const CART: OutboundTarget = {
  kind: 'Service',
  namespace: 'shop',
  name: 'cart',
};
export const OUTSIDE: OutboundTarget = { address: '203.0.113.7' };

export function ask(
  yaml: string,
  options: { from?: string; target?: OutboundTarget; port?: number } = {},
) {
  return outboundPolicy(clusterOf(CONTROL_PLANE + yaml), {
    clientNamespace: options.from ?? 'shop',
    target: options.target ?? CART,
    port: options.port ?? 80,
  });
}

/** The protocol, then the routes by name, the default route in brackets; what is refused has a `!`. */
export function summary(policy: OutboundPolicy | undefined): string {
  if (!policy) {
    return 'not found';
  }
  const { protocol, routes, defaultRoute } = policy;
  const fallback = defaultRoute
    ? [`[${defaultRoute.name}${defaultRoute.forbidden ? '!' : ''}]`]
    : [];
  return [
    protocol,
    ...routes.map(one => one.route.route.metadata.name),
    ...fallback,
  ].join(' ');
}

export function ruleOf(policy: OutboundPolicy | undefined): OutboundRule {
  const rule = policy?.routes[0]?.rules[0];
  if (!rule) {
    throw new Error(`There is no route: ${JSON.stringify(policy?.ignored)}`);
  }
  return rule;
}
