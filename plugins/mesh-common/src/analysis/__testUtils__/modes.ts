import { namespace, pod, service } from '../../istio/__testUtils__/istio';
import { Example } from './example';

const AMBIENT = namespace('shop', 'istio.io/dataplane-mode: ambient');
const INJECTED = namespace('shop', 'istio-injection: enabled');
const deployment = (labels = '', kind = 'Deployment') => `
---
apiVersion: apps/v1
kind: ${kind}
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart, ${labels} } }
    spec: { containers: [{ name: app }] }
`;
const waypoint = (name: string, place = 'shop') => `
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: ${name}, namespace: ${place} }
spec: { gatewayClassName: istio-waypoint, listeners: [] }
`;
const policy = (spec: string, place = 'shop') => `
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: get, namespace: ${place} }
spec: { ${spec} }
`;
const FIELD = 'spec.template.metadata.labels';
const FOUND = [`Deployment cart ${FIELD}`];
const USE = '"istio.io/use-waypoint": way';
const MODE = '"istio.io/dataplane-mode"';
const GET = 'rules: [{ to: [{ operation: { methods: [GET] } }] }]';

export const KIA1311: Example[] = [
  {
    about: 'a sidecar in a namespace in ambient mode',
    yaml: AMBIENT + deployment('sidecar.istio.io/inject: "true"'),
    finds: FOUND,
    says: 'by its namespace',
  },
  {
    about: 'ambient mode in a namespace that is injected',
    yaml: INJECTED + deployment(`${MODE}: ambient`, 'StatefulSet'),
    finds: [`StatefulSet cart ${FIELD}`],
    says: 'by its own label',
  },
  {
    about: 'one with the other turned off, and labels of the namespace alone',
    yaml:
      AMBIENT +
      deployment(`sidecar.istio.io/inject: "true", ${MODE}: none`) +
      deployment('sidecar.istio.io/inject: "false"', 'DaemonSet') +
      namespace('shop', `istio-injection: enabled, ${MODE}: ambient`).replace(
        'name: shop',
        'name: other',
      ) +
      deployment('', 'StatefulSet').replace(
        'namespace: shop',
        'namespace: other',
      ),
    finds: [],
  },
];

export const KIA1312: Example[] = [
  {
    about: 'a waypoint without ambient mode',
    yaml: INJECTED + deployment(USE),
    finds: FOUND,
    says: 'waypoint way',
  },
  {
    about: 'a waypoint in ambient mode, by label or annotation',
    yaml: AMBIENT + deployment(USE),
    finds: [],
  },
  {
    about: 'a pod that is in ambient mode already',
    yaml:
      namespace('shop') + deployment(USE) + pod('cart', { mode: 'ambient' }),
    finds: [],
  },
];

export const KIA1313: Example[] = [
  {
    about: 'no such waypoint',
    yaml: AMBIENT + deployment(USE),
    finds: FOUND,
    says: 'shop/way',
  },
  {
    about: 'no such waypoint of a namespace',
    yaml:
      namespace('shop', `${USE}, "istio.io/use-waypoint-namespace": edge`) +
      waypoint('way') +
      deployment(),
    finds: ['Namespace shop metadata.labels'],
    says: 'edge/way',
  },
  {
    about: 'no such waypoint of a pod that is in ambient mode still',
    yaml:
      namespace('shop') + deployment(USE) + pod('cart', { mode: 'ambient' }),
    finds: FOUND,
  },
  {
    about:
      'a workload that is not in ambient mode, of which another check speaks',
    yaml: INJECTED + deployment(USE),
    finds: [],
  },
  {
    about: 'a waypoint, of another namespace too, and none',
    yaml:
      namespace('shop', `${USE}, ${MODE}: ambient`) +
      waypoint('way') +
      waypoint('own', 'edge') +
      deployment(
        '"istio.io/use-waypoint": own, "istio.io/use-waypoint-namespace": edge',
      ) +
      deployment('"istio.io/use-waypoint": none', 'StatefulSet'),
    finds: [],
  },
];

export const KIA1314: Example[] = [
  {
    about: 'a pod in ambient mode where sidecars are injected',
    yaml: INJECTED + deployment() + pod('cart', { mode: 'ambient' }),
    finds: FOUND,
    says: 'cart-1',
  },
  {
    about: 'a pod with a sidecar, and one where none is wanted',
    yaml:
      INJECTED +
      deployment() +
      pod('cart') +
      pod('web', { mode: 'ambient' }) +
      deployment('sidecar.istio.io/inject: "false"')
        .replace('name: cart', 'name: web')
        .replace(/app: cart/g, 'app: web'),
    finds: [],
  },
];

export const KIA1315: Example[] = [
  {
    about: 'a pod with a sidecar',
    yaml: namespace('shop') + deployment(`${MODE}: ambient`) + pod('cart'),
    finds: FOUND,
    says: 'cart-1',
  },
  {
    about: 'a pod in ambient mode',
    yaml:
      namespace('shop') +
      deployment(`${MODE}: ambient`) +
      pod('cart', { mode: 'ambient' }),
    finds: [],
  },
];

export const KIA1316: Example[] = [
  {
    about: 'a pod with a sidecar, native too',
    yaml: AMBIENT + deployment() + pod('cart', { mode: 'native' }),
    finds: FOUND,
    says: 'cart-1',
  },
  {
    about: 'pods in ambient mode, and where a sidecar is meant',
    yaml:
      AMBIENT +
      deployment(`${MODE}: none`) +
      pod('cart') +
      deployment()
        .replace('name: cart', 'name: web')
        .replace(/app: cart/g, 'app: web') +
      pod('web', { mode: 'ambient' }),
    finds: [],
  },
];

export const KIA1317: Example[] = [
  {
    about: 'a policy for all, and one for the Service',
    yaml:
      AMBIENT +
      service('cart') +
      deployment() +
      policy(`targetRefs: [{ kind: Service, group: "", name: cart }], ${GET}`),
    finds: FOUND,
    says: 'AuthorizationPolicy shop/get',
  },
  {
    about: 'a policy for the namespace',
    yaml: AMBIENT + deployment() + policy(GET),
    finds: FOUND,
  },
  ...[
    'istio: ingressgateway',
    'istio: egressgateway',
    'operator.istio.io/component: IngressGateways',
    'operator.istio.io/component: EgressGateways',
    'istio.io/gateway-name: edge',
    'gateway.istio.io/managed: istio.io-gateway-controller',
  ].map(label => ({
    about: `a gateway, by its label ${label}`,
    yaml: AMBIENT + deployment(label) + policy(GET),
    finds: [],
  })),
  {
    about: 'a gateway of the injector’s template',
    yaml:
      AMBIENT +
      deployment().replace(
        'template:\n    metadata: {',
        'template:\n    metadata: { annotations: { inject.istio.io/templates: gateway },',
      ) +
      policy(GET),
    finds: [],
  },
  {
    about: 'another label of Istio’s',
    yaml: AMBIENT + deployment('istio: other') + policy(GET),
    finds: FOUND,
  },
  {
    about: 'a policy for others, and a waypoint',
    yaml:
      AMBIENT +
      deployment() +
      policy(`selector: { matchLabels: { app: web } }, ${GET}`) +
      deployment(USE, 'StatefulSet'),
    finds: [],
  },
  {
    about: 'a policy about connections, and no ambient mode',
    yaml:
      AMBIENT +
      deployment() +
      policy('rules: [{ to: [{ operation: { ports: ["80"] } }] }]') +
      deployment(`${MODE}: none`, 'StatefulSet'),
    finds: [],
  },
];

export const KIA1301: Example[] = [
  {
    about: 'policies for others',
    yaml:
      INJECTED +
      deployment() +
      policy('selector: { matchLabels: { app: web } }') +
      policy('', 'other'),
    finds: FOUND,
    says: 'allow its callers',
  },
  {
    about: 'a policy of the mesh',
    yaml: INJECTED + deployment() + policy('', 'istio-system'),
    finds: [],
  },
];
