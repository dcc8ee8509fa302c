import { istio } from '../../istio/__testUtils__/istio';
import { Example } from './example';

const route = (rule: string) =>
  istio('VirtualService', 'cart', `{ hosts: [cart], http: [{ ${rule} }] }`);
const SENDS = 'route: [{ destination: { host: cart } }]';

export const IST0106: Example[] = [
  {
    about: 'a timeout that is no duration',
    yaml: route(`timeout: banana, ${SENDS}`),
    finds: ['VirtualService cart spec.http[0].timeout'],
    says: 'is not a duration',
  },
  {
    about: 'a negative weight',
    yaml: route(
      'route: [{ weight: -5, destination: { host: cart } }, { weight: 105, destination: { host: cart } }]',
    ),
    finds: ['VirtualService cart spec.http[0].route[0].weight'],
    says: 'weight -5 < 0',
  },
  {
    about: 'nothing to refuse',
    yaml: route(`timeout: 2s, ${SENDS}`),
    finds: [],
  },
  {
    about: 'another kind',
    yaml: istio(
      'DestinationRule',
      'cart',
      '{ host: cart, trafficPolicy: { connectionPool: { tcp: { maxConnections: -1 } } } }',
    ),
    finds: [
      'DestinationRule cart spec.trafficPolicy.connectionPool.tcp.maxConnections',
    ],
    says: 'must be non-negative',
  },
  {
    about: 'a machine without an address',
    yaml: istio('WorkloadEntry', 'cart', '{ labels: { app: cart } }'),
    finds: ['WorkloadEntry cart spec.address'],
    says: 'Address is required',
  },
  {
    about: 'what machines register by',
    yaml: istio(
      'WorkloadGroup',
      'cart',
      '{ probe: { tcpSocket: { port: 70000 } }, template: { serviceAccount: cart } }',
    ),
    finds: ['WorkloadGroup cart spec.probe.tcpSocket.port'],
    says: 'must be in the range 1..65535',
  },
];

export const IST0133: Example[] = [
  {
    about: 'a setting that is outdated',
    yaml: istio(
      'DestinationRule',
      'cart',
      '{ host: cart, trafficPolicy: { outlierDetection: { consecutiveErrors: 5 } } }',
    ),
    finds: [
      'DestinationRule cart spec.trafficPolicy.outlierDetection.consecutiveErrors',
    ],
    says: 'consecutive5xxErrors',
  },
  {
    about: 'a machine that is reached by the gateway of its network',
    yaml: istio('WorkloadEntry', 'cart', '{ network: cellar }'),
    finds: ['WorkloadEntry cart spec.address'],
    says: 'address is unset with network "cellar"',
  },
  {
    about: 'the setting that took its place',
    yaml: istio(
      'DestinationRule',
      'cart',
      '{ host: cart, trafficPolicy: { outlierDetection: { consecutive5xxErrors: 5 } } }',
    ),
    finds: [],
  },
];

const old = (apiVersion: string) => `
---
apiVersion: ${apiVersion}
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec: { mtls: { mode: STRICT } }
`;

export const MESH0004: Example[] = [
  {
    about: 'v1beta1',
    yaml: old('security.istio.io/v1beta1'),
    finds: ['PeerAuthentication default apiVersion'],
    says: 'write apiVersion: security.istio.io/v1',
  },
  { about: 'v1', yaml: old('security.istio.io/v1'), finds: [] },
];

const operator = (spec: string) => `
---
apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
metadata: { name: installed, namespace: istio-system }
spec: ${spec}
`;

export const MESH0005: Example[] = [
  {
    about: 'mutual TLS by a value',
    yaml: operator('{ values: { global: { mtls: { enabled: true } } } }'),
    finds: ['IstioOperator installed spec.values.global.mtls'],
    says: 'PeerAuthentication',
  },
  {
    about: 'tracing by a value',
    yaml: operator('{ values: { tracing: { enabled: true } } }'),
    finds: ['IstioOperator installed spec.values.tracing'],
    says: 'extensionProviders',
  },
  {
    about: 'a profile that there is none of',
    yaml: operator('{ profile: production }'),
    finds: ['IstioOperator installed spec.profile'],
    says: 'minimal',
  },
  {
    about: 'settings that there are',
    yaml: operator(
      '{ profile: default, values: { global: { proxy: { resources: {} } } } }',
    ),
    finds: [],
  },
];
