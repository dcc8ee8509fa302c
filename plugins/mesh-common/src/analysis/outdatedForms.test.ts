import { clusterOf } from '../__testUtils__/cluster';
import { Analyzer } from './Analyzer';
import { CHECKS } from './catalogue';

const CODES = /^MESH-(?:0004|0006|L0306|L0307|L0308|L0504|L0601)$/;

/** What is found of forms that are outdated or were never right, as `CODE field: message`. */
function found(yaml: string): string[] {
  return Analyzer.create(CHECKS)
    .analyze(clusterOf(yaml, { origin: 'files' }))
    .findings.filter(({ code }) => CODES.test(code))
    .map(({ code, field, message }) => `${code} ${field}: ${message}`);
}

const profile = (
  spec: string,
  {
    apiVersion = 'linkerd.io/v1alpha2',
    name = 'cart.shop.svc.cluster.local',
  } = {},
) => `
apiVersion: ${apiVersion}
kind: ServiceProfile
metadata: { name: ${name}, namespace: shop }
spec: ${spec}
`;
const route = (more: string) =>
  `{ routes: [{ name: list, condition: { pathRegex: /list } }, { name: add, condition: { method: POST }, ${more} }] }`;
const settings = (data: string, name = 'linkerd-config') => `
apiVersion: v1
kind: ConfigMap
metadata: { name: ${name}, namespace: linkerd }
data: ${data}
`;
const annotated = (kind: string, annotations: string) => `
apiVersion: ${kind === 'StatefulSet' ? 'apps/v1' : 'v1'}
kind: ${kind}
metadata: { name: cart, namespace: shop, annotations: { ${annotations} } }
spec: { ports: [{ port: 80 }], template: {} }
`;
const deployment = (annotations: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec: { template: { metadata: { annotations: { ${annotations} } } } }
`;

describe('forms that are outdated or were never right', () => {
  it.each<[string, string, ...string[]]>([
    [
      'a ServiceProfile of the core group',
      profile('{ routes: [] }', { apiVersion: 'v1' }),
      'MESH-0006 apiVersion: ServiceProfile shop/cart.shop.svc.cluster.local is written as v1, which has no such kind: write apiVersion: linkerd.io/v1alpha2',
    ],
    [
      'an object of Istio of the core group',
      `
apiVersion: v1
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec: { hosts: [cart] }
`,
      'MESH-0006 apiVersion: VirtualService shop/cart is written as v1, which has no such kind: write apiVersion: networking.istio.io/v1',
    ],
    [
      'a circuit breaker in a ServiceProfile',
      profile(route('circuitBreakers: { consecutiveErrors: 7 }')),
      'MESH-L0306 spec.routes[1].circuitBreakers: ServiceProfile shop/cart.shop.svc.cluster.local: unknown field "spec.routes[1].circuitBreakers", which has no effect. Circuit breaking is set on the Service, by the annotations balancer.linkerd.io/failure-accrual: consecutive and balancer.linkerd.io/failure-accrual-consecutive-max-failures: "5"',
    ],
    [
      'retries of one route',
      profile(route('retries: { maxDelayMs: 10 }')),
      'MESH-L0306 spec.routes[1].retries: ServiceProfile shop/cart.shop.svc.cluster.local: unknown field "spec.routes[1].retries", which has no effect. Write isRetryable: true in the route and retryBudget: { retryRatio: 0.2, minRetriesPerSecond: 10, ttl: 10s } in spec; or, without a ServiceProfile, the annotations retry.linkerd.io/http: 5xx and retry.linkerd.io/limit: "3" on the Service or its HTTPRoute',
    ],
    [
      'lists of status codes',
      profile(
        route('responseClasses: [{ isFailure: true, statusCodes: [1] }]'),
      ),
      'MESH-L0306 spec.routes[1].responseClasses[0].statusCodes: ServiceProfile shop/cart.shop.svc.cluster.local: unknown field "spec.routes[1].responseClasses[0].statusCodes", which has no effect. Write condition: { status: { min: 500, max: 599 } }',
    ],
    [
      'any other field',
      profile('{ retryBudget: { retries: 3 }, toString: 1 }'),
      'MESH-L0306 spec.retryBudget.retries: ServiceProfile shop/cart.shop.svc.cluster.local: unknown field "spec.retryBudget.retries", which has no effect. It has retryRatio, minRetriesPerSecond, ttl there',
      'MESH-L0306 spec.toString: ServiceProfile shop/cart.shop.svc.cluster.local: unknown field "spec.toString", which has no effect. It has routes, retryBudget, dstOverrides, opaquePorts there',
    ],
    [
      'a ServiceProfile with a short name',
      profile('{ routes: [] }', { name: 'cart' }),
      'MESH-L0307 metadata.name: ServiceProfile shop/cart is asked for by no proxy: write metadata.name: cart.shop.svc.cluster.local',
    ],
    [
      'a TrafficSplit',
      `
apiVersion: split.smi-spec.io/v1alpha1
kind: TrafficSplit
metadata: { name: cart, namespace: shop }
spec: { service: cart, backends: [{ service: cart-a, weight: 70 }, { service: cart-b, weight: 30 }] }
`,
      'MESH-L0308 apiVersion: TrafficSplit shop/cart has no effect: SMI is archived, and no mesh reads it. Write an HTTPRoute (gateway.networking.k8s.io/v1) with spec: { parentRefs: [ { group: "", kind: Service, name: cart, port: PORT } ], rules: [ { backendRefs: [ { name: cart-a, port: PORT, weight: 70 }, { name: cart-b, port: PORT, weight: 30 } ] } ] }',
    ],
    [
      'an annotation that never was',
      annotated('Service', 'config.linkerd.io/proxy-mode: disabled'),
      'MESH-L0504 metadata.annotations.config.linkerd.io/proxy-mode: Service shop/cart has the annotation config.linkerd.io/proxy-mode, which Linkerd does not have: write linkerd.io/inject: disabled (or enabled, or ingress) on the Namespace or the pod template; for single ports there are config.linkerd.io/skip-inbound-ports, skip-outbound-ports and opaque-ports',
    ],
    [
      'an annotation with a slip of the pen',
      annotated('Service', 'config.linkerd.io/opauqe-ports: "3306"'),
      'MESH-L0504 metadata.annotations.config.linkerd.io/opauqe-ports: Service shop/cart has the annotation config.linkerd.io/opauqe-ports, which Linkerd does not have: write config.linkerd.io/opaque-ports',
    ],
    ...['Namespace', 'Pod', 'StatefulSet'].map(
      (kind): [string, string, string] => [
        `an annotation that never was, on a ${kind}`,
        annotated(kind, 'config.linkerd.io/proxy-mode: disabled'),
        expect.stringContaining(
          `cart has the annotation config.linkerd.io/proxy-mode, which Linkerd does not have: write linkerd.io/inject: disabled`,
        ),
      ],
    ),
    [
      'a prefix that is wrong',
      deployment('linkerd.io/skip-outbound-ports: "3306"'),
      'MESH-L0504 spec.template.metadata.annotations.linkerd.io/skip-outbound-ports: The pod template of Deployment shop/cart has the annotation linkerd.io/skip-outbound-ports, which Linkerd does not have: write config.linkerd.io/skip-outbound-ports',
    ],
    [
      'settings at the wrong key, of an old release',
      settings(
        '{ config: "{ proxy: { image: { version: stable-2.11.1 } }, traceCollector: { port: 1 } }" }',
      ),
      'MESH-L0601 data.config: ConfigMap linkerd/linkerd-config names the proxy stable-2.11.1: open releases called stable ended in 2024. Take cr.l5d.io/linkerd/proxy:edge-YY.M.N, or the build of a vendor, by upgrading the control plane',
      'MESH-L0601 data.config: ConfigMap linkerd/linkerd-config: data.config is read by nobody. Give the settings to helm upgrade or linkerd upgrade, which writes them into data.values; traceCollector is proxy.tracing.enabled and proxy.tracing.collector.endpoint today',
    ],
    [
      'a key of settings that are no YAML',
      settings('{ config: "a: b: c" }'),
      'MESH-L0601 data.config: ConfigMap linkerd/linkerd-config: data.config is read by nobody. Give the settings to helm upgrade or linkerd upgrade, which writes them into data.values',
    ],
  ])('finds %s', (_, yaml, ...findings) => {
    expect(found(yaml)).toEqual(findings);
  });

  it.each([
    [
      'a ServiceProfile as Linkerd has it',
      profile(
        '{ routes: [{ name: add, condition: { all: [{ method: POST }, { not: { pathRegex: /a } }] }, responseClasses: [{ condition: { status: { min: 500, max: 599 } }, isFailure: true }], isRetryable: true, timeout: 1s }], retryBudget: { retryRatio: 0.2, minRetriesPerSecond: 10, ttl: 10s }, dstOverrides: [{ authority: a, weight: 1 }], opaquePorts: ["80"] }',
      ),
    ],
    [
      'the older version that is still served',
      profile(route('timeout: 1s'), { apiVersion: 'linkerd.io/v1alpha1' }),
    ],
    [
      'annotations of Linkerd',
      annotated(
        'Namespace',
        'linkerd.io/inject: enabled, config.linkerd.io/opaque-ports: "3306"',
      ),
    ],
    [
      'the values of a chart',
      settings(
        '{ values: "proxy: { image: { version: edge-26.8.2 } }", linkerd-crds-chart-version: linkerd-crds-1 }',
      ),
    ],
    ['ConfigMaps of others', settings('{ config.yaml: "a: 1" }', 'mine')],
    [
      'a Service of the core group, and kinds that nobody knows',
      `${annotated('Service', '')}
---
apiVersion: v1
kind: Gateway
metadata: { name: cart, namespace: shop }
`,
    ],
  ])('does not blame %s', (_, yaml) => {
    expect(found(yaml)).toEqual([]);
  });
});
