import { parse } from 'yaml';
import { validate } from '../validate';

/** Group and version of each kind. */
const VERSIONS: Readonly<Record<string, string>> = {
  PeerAuthentication: 'security.istio.io/v1',
  RequestAuthentication: 'security.istio.io/v1',
  AuthorizationPolicy: 'security.istio.io/v1',
  Telemetry: 'telemetry.istio.io/v1',
  WasmPlugin: 'extensions.istio.io/v1alpha1',
  TrafficExtension: 'extensions.istio.io/v1alpha1',
  EnvoyFilter: 'networking.istio.io/v1alpha3',
  ProxyConfig: 'networking.istio.io/v1beta1',
};

/** What istiod's rules alone say of an object with this spec, as `field: message`; warnings with `warning` before. */
export function said(kind: string, spec: string): string[] {
  return validate({
    apiVersion: VERSIONS[kind] ?? 'networking.istio.io/v1',
    kind,
    metadata: { name: 'x', namespace: 'default' },
    spec: parse(spec),
  }).map(
    ({ field, message, level }) =>
      `${level === 'warning' ? 'warning ' : ''}${field}: ${message}`,
  );
}

/** What istiod says of the selector and the targetRefs of every kind of policy that has both. */
export const ATTACHMENTS: [spec: string, said: string[]][] = [
  [
    '{ selector: {} }',
    ['warning spec.selector: workload selector specified without labels'],
  ],
  [
    '{ selector: { matchLabels: { a: "*" } } }',
    [
      'spec.selector.matchLabels.a: wildcard is not supported in selector: "a=*"',
    ],
  ],
  [
    '{ selector: { matchLabels: { a: b } }, targetRefs: [ { kind: Service, name: x } ] }',
    ['spec: only one of targetRefs or workloadSelector can be set'],
  ],
  [
    '{ targetRefs: [ { kind: Service, name: "" } ] }',
    ['spec.targetRefs[0].name: targetRef name must be set'],
  ],
  [
    '{ targetRefs: [ { kind: Pod, name: x } ] }',
    [
      'spec.targetRefs[0]: targetRef must be to one of [core/v1/Service networking.istio.io/v1/ServiceEntry gateway.networking.k8s.io/v1/Gateway gateway.networking.k8s.io/v1/GatewayClass] but was /Pod',
    ],
  ],
  [
    '{ targetRefs: [ { group: networking.istio.io, kind: Gateway, name: x } ] }',
    [
      'spec.targetRefs[0]: targetRef must be to one of [core/v1/Service networking.istio.io/v1/ServiceEntry gateway.networking.k8s.io/v1/Gateway gateway.networking.k8s.io/v1/GatewayClass] but was networking.istio.io/Gateway',
    ],
  ],
  [
    '{ targetRefs: [ { kind: Service, name: x, namespace: y } ] }',
    [
      'spec.targetRefs[0].namespace: targetRef namespace must not be set; cross namespace referencing is not supported',
    ],
  ],
];
