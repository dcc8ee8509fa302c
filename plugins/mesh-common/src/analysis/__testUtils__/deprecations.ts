import { istio } from '../../istio/__testUtils__/istio';
import { Example } from './example';

const delay = (spec: string) =>
  istio(
    'VirtualService',
    'r',
    `{ hosts: [cart], http: [{ fault: { delay: { fixedDelay: 1s, ${spec} } } }] }`,
  );
const definition = (plural: string, kind: string, group: string) => `
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: ${plural}.${group}, annotations: { VERSION } }
spec:
  group: ${group}
  names: { kind: ${kind}, plural: ${plural} }
  versions: [{ name: v1, served: true }]
`;
const gatewayApi = (plural: string, kind: string, version: string) =>
  definition(plural, kind, 'gateway.networking.k8s.io').replace(
    'VERSION',
    `gateway.networking.k8s.io/bundle-version: ${version}`,
  );
const istiod = (image: string, env = '') => `
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: istiod, namespace: istio-system, labels: { app: istiod } }
spec: { template: { spec: { containers: [{ name: discovery, image: "${image}", env: [${env}] }] } } }
`;

export const IST0002: Example[] = [
  {
    about: 'percent of a delay',
    yaml: delay('percent: 10'),
    finds: ['VirtualService r spec.http[0].fault.delay.percent'],
    says: 'percentage: { value: 10 }',
  },
  {
    about: 'percentage of a delay',
    yaml: delay('percentage: { value: 10 }'),
    finds: [],
  },
  {
    about: 'a proxy for unknown destinations',
    yaml: istio(
      'Sidecar',
      's',
      '{ outboundTrafficPolicy: { egressProxy: { host: egress } } }',
    ),
    finds: ['Sidecar s spec.outboundTrafficPolicy.egressProxy'],
  },
  {
    about: 'a kind that is removed',
    yaml: definition('serviceroles', 'ServiceRole', 'rbac.istio.io').replace(
      'VERSION',
      '',
    ),
    finds: [
      'CustomResourceDefinition serviceroles.rbac.istio.io spec.names.kind',
    ],
    says: 'AuthorizationPolicies',
  },
];

export const IST0176: Example[] = [
  {
    about: 'an older version',
    yaml: gatewayApi('tlsroutes', 'TLSRoute', 'v1.4.1'),
    finds: [
      'CustomResourceDefinition tlsroutes.gateway.networking.k8s.io metadata.annotations.gateway.networking.k8s.io/bundle-version',
    ],
    says: 'from v1.5.0 on',
  },
  {
    about: 'new enough, and a kind without a minimum',
    yaml:
      gatewayApi('tlsroutes', 'TLSRoute', 'v1.5.0-rc.1') +
      gatewayApi('httproutes', 'HTTPRoute', 'v0.8.0'),
    finds: [],
  },
  {
    about: 'an istiod that does not ask for it yet',
    yaml:
      gatewayApi('tlsroutes', 'TLSRoute', 'v1.4.1') +
      istiod('docker.io/istio/pilot:1.29.1'),
    finds: [],
  },
];

const TOKENS = istio('RequestAuthentication', 'jwt', '{}').replace(
  'networking',
  'security',
);

export const IST0175: Example[] = [
  {
    about: 'no blocked networks',
    yaml: TOKENS + istiod('docker.io/istio/pilot:1.30.0'),
    finds: ['Deployment istiod spec.template.spec.containers[0].env'],
    says: 'shop/jwt',
  },
  {
    about: 'blocked networks',
    yaml:
      TOKENS +
      istiod(
        'docker.io/istio/pilot:1.30.0',
        '{ name: BLOCKED_CIDRS_IN_JWKS_URIS, value: 10.0.0.0/8 }',
      ),
    finds: [],
  },
  {
    about: 'a version that does not know the setting',
    yaml: TOKENS + istiod('docker.io/istio/pilot:1.29.0'),
    finds: [],
  },
  {
    about: 'no tokens',
    yaml: istiod('docker.io/istio/pilot:1.30.0'),
    finds: [],
  },
];
