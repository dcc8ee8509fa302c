import { clusterOf } from '../../__testUtils__/cluster';
import {
  ISTIO,
  namespace,
  pod as istioPod,
} from '../../istio/__testUtils__/istio';
import { CONTROL_PLANE, meshedPod } from '../../linkerd/__testUtils__/cluster';
import { MESHES } from '../../mesh/meshes';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { placementIn } from '../placement';

const APP_LABELS =
  'app.kubernetes.io/name: cart, backstage.io/kubernetes-id: cart';

const INJECTOR = `
---
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: { name: injector, labels: { app: sidecar-injector, istio.io/rev: default } }
webhooks:
  - name: namespace.sidecar-injector.istio.io
    namespaceSelector:
      matchLabels: { istio-injection: enabled }
`;

const WAYPOINT = `
---
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: { name: istio-waypoint }
spec: { controllerName: istio.io/mesh-controller }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: gate, namespace: shop }
spec:
  gatewayClassName: istio-waypoint
  listeners: [{ name: mesh, port: 15008, protocol: HBONE }]
status: { addresses: [{ type: IPAddress, value: 10.0.0.9 }] }
${istioPod('gate', {
  mode: 'waypoint',
  labels: 'gateway.networking.k8s.io/gateway-name: gate',
  serviceAccount: 'gate-runner',
})}`;

function istioPods(mode: 'sidecar' | 'ambient'): string {
  return (
    istioPod('cart', { mode, labels: yamlLines(APP_LABELS) }) +
    istioPod('web', { mode }) +
    istioPod('stranger', { mode })
  );
}

function yamlLines(labels: string): string {
  return labels.split(', ').join('\n    ');
}

/** Places where the service `cart` may go, with its pods and those of `web`, which calls it. */
const PLACES = {
  sidecar:
    ISTIO +
    INJECTOR +
    namespace('shop', 'istio-injection: enabled') +
    istioPods('sidecar'),
  ambient:
    ISTIO +
    INJECTOR +
    namespace('shop', 'istio.io/dataplane-mode: ambient') +
    istioPods('ambient'),
  waypoint:
    ISTIO +
    INJECTOR +
    namespace(
      'shop',
      'istio.io/dataplane-mode: ambient, istio.io/use-waypoint: gate',
    ) +
    WAYPOINT +
    istioPods('ambient'),
  linkerd: `${CONTROL_PLANE}
---
apiVersion: v1
kind: Namespace
metadata: { name: shop, annotations: { linkerd.io/inject: enabled } }
${meshedPod('cart', {
  labels: {
    'app.kubernetes.io/name': 'cart',
    'backstage.io/kubernetes-id': 'cart',
  },
  readiness: { path: '/healthz', port: 8080 },
})}${meshedPod('web')}${meshedPod('stranger')}`,
  bare: `${ISTIO}
---
${CONTROL_PLANE}
---
apiVersion: v1
kind: Namespace
metadata: { name: shop }
`,
};

export type PlaceName = keyof typeof PLACES;

export function placeOf(name: PlaceName): MeshSnapshot {
  return clusterOf(PLACES[name]);
}

/** The place with what is generated for it, as a cluster that has accepted it shows it. */
export function placeWith(name: PlaceName, yaml: string): MeshSnapshot {
  return clusterOf(`${PLACES[name]}\n---\n${yaml}`, { origin: 'files' });
}

export function placementOf(name: PlaceName) {
  return placementIn(placeOf(name), 'shop', MESHES);
}
