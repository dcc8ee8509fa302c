import { istio, namespace, pod } from '../../istio/__testUtils__/istio';
import { Example } from './example';

const policy = (spec: string) =>
  istio('AuthorizationPolicy', 'p', `{ ${spec} }`);
const from = (source: string) =>
  policy(`rules: [{ from: [{ source: { ${source} } }] }]`);
const GATEWAY_POD = pod('api', {
  mode: 'gateway',
  labels: 'gateway.networking.k8s.io/gateway-name: api',
});
const security = (kind: string, spec: string) =>
  istio(kind, 'p', spec).replace('networking.istio.io', 'security.istio.io');

export const IST0101: Example[] = [
  {
    about: 'callers of namespaces that do not exist',
    yaml:
      namespace('shop') +
      from('namespaces: [shop, nowhere], notNamespaces: [x-*]'),
    finds: [
      'AuthorizationPolicy p spec.rules[0].from[0].source.namespaces[1]',
      'AuthorizationPolicy p spec.rules[0].from[0].source.notNamespaces[0]',
    ],
    says: 'but there is none',
  },
  {
    about: 'patterns that a namespace matches',
    yaml: namespace('shop') + from('namespaces: ["*", "sh*", "*op", SHOP]'),
    finds: [],
  },
  {
    about: 'a namespace of which files have workloads only',
    yaml: pod('web', { namespace: 'web' }) + from('namespaces: [web]'),
    finds: [],
  },
];

export const IST0166: Example[] = [
  {
    about: 'an AuthorizationPolicy',
    yaml: GATEWAY_POD + policy('selector: { matchLabels: { app: api } }'),
    finds: ['AuthorizationPolicy p spec.selector'],
    says: 'Gateway api',
  },
  {
    about: 'a RequestAuthentication',
    yaml:
      GATEWAY_POD +
      security(
        'RequestAuthentication',
        '{ selector: { matchLabels: { app: api } } }',
      ),
    finds: ['RequestAuthentication p spec.selector'],
  },
  {
    about: 'a Telemetry',
    yaml:
      GATEWAY_POD +
      istio(
        'Telemetry',
        'p',
        '{ selector: { matchLabels: { app: api } } }',
      ).replace('networking', 'telemetry'),
    finds: ['Telemetry p spec.selector'],
  },
  {
    about: 'a WasmPlugin',
    yaml:
      GATEWAY_POD +
      istio(
        'WasmPlugin',
        'p',
        '{ selector: { matchLabels: { app: api } } }',
      ).replace('networking.istio.io/v1', 'extensions.istio.io/v1alpha1'),
    finds: ['WasmPlugin p spec.selector'],
  },
  {
    about: 'the Gateway is named',
    yaml:
      GATEWAY_POD +
      policy(
        'targetRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: api }]',
      ),
    finds: [],
  },
  {
    about: 'other pods',
    yaml:
      GATEWAY_POD +
      pod('web') +
      policy('selector: { matchLabels: { app: web } }'),
    finds: [],
  },
];

const INGRESS = pod('ingress', { mode: 'gateway' });
const claims = (key: string) =>
  istio('Gateway', 'web', '{ selector: { app: ingress } }') +
  istio(
    'VirtualService',
    'r',
    `{ hosts: [a.org], gateways: [web], http: [{ match: [{ headers: { "${key}": { exact: a } } }] }] }`,
  );

export const IST0149: Example[] = [
  {
    about: 'claims and no authentication',
    yaml: INGRESS + claims('@request.auth.claims.group'),
    finds: ['VirtualService r spec.http[0].match[0].headers'],
    says: 'Pod ingress-1',
  },
  {
    about: 'claims in brackets',
    yaml: INGRESS + claims('@request.auth.claims[group]'),
    finds: ['VirtualService r spec.http[0].match[0].headers'],
  },
  {
    about: 'an authentication of the gateway',
    yaml:
      INGRESS +
      claims('@request.auth.claims.group') +
      security(
        'RequestAuthentication',
        '{ selector: { matchLabels: { app: ingress } } }',
      ),
    finds: [],
  },
  { about: 'another header', yaml: INGRESS + claims('x-group'), finds: [] },
];

const condition = (type: string, status: string, reason = 'No') =>
  `{ type: ${type}, status: "${status}", reason: ${reason}, message: for a reason }`;
const object = (
  apiVersion: string,
  kind: string,
  status: string,
  spec = '{}',
) => `
---
apiVersion: ${apiVersion}
kind: ${kind}
metadata: { name: o, namespace: shop }
spec: ${spec}
status: { ${status} }
`;
const conditions = (...all: string[]) => `conditions: [${all.join(', ')}]`;
const GATEWAY_API = 'gateway.networking.k8s.io/v1';

export const IST0171: Example[] = [
  ...(
    [
      ['v1', 'Service'],
      ['networking.istio.io/v1', 'ServiceEntry'],
      ['networking.istio.io/v1', 'WorkloadEntry'],
    ] as const
  ).map(([apiVersion, kind]) => ({
    about: `a ${kind} that its waypoint does not serve`,
    yaml: object(
      apiVersion,
      kind,
      conditions(condition('istio.io/WaypointBound', 'False')),
    ),
    finds: [`${kind} o status.conditions`],
    says: 'is not istio.io/WaypointBound (No): for a reason',
  })),
  {
    about: 'an AuthorizationPolicy that is refused, and used in part',
    yaml: object(
      'security.istio.io/v1',
      'AuthorizationPolicy',
      conditions(
        condition('ZtunnelAccepted', 'False'),
        condition('WaypointAccepted', 'True', 'PartiallyInvalid'),
      ),
    ),
    finds: [
      'AuthorizationPolicy o status.conditions',
      'AuthorizationPolicy o status.conditions',
    ],
  },
  {
    about: 'a Gateway without an address',
    yaml: object(
      GATEWAY_API,
      'Gateway',
      conditions(condition('Programmed', 'False')),
      '{ gatewayClassName: istio }',
    ),
    finds: ['Gateway o status.conditions'],
  },
  ...(['HTTPRoute', 'GRPCRoute'] as const).map(kind => ({
    about: `a ${kind} with a missing backend`,
    yaml: object(
      GATEWAY_API,
      kind,
      `parents: [{ parentRef: { name: api }, controllerName: istio.io/gateway-controller, ${conditions(
        condition('ResolvedRefs', 'False'),
      )} }]`,
    ),
    finds: [`${kind} o status.conditions`],
  })),
  {
    about: 'a route that another controller refuses',
    yaml: object(
      GATEWAY_API,
      'HTTPRoute',
      `parents: [{ parentRef: { name: api }, controllerName: linkerd.io/policy-controller, ${conditions(
        condition('Accepted', 'False'),
      )} }]`,
    ),
    finds: [],
  },
  {
    about: 'all is well',
    yaml: object(
      'v1',
      'Service',
      conditions(condition('istio.io/WaypointBound', 'True')),
    ),
    finds: [],
  },
];
