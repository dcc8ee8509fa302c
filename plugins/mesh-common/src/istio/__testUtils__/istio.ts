import { Pod, Service } from '../../kubernetes/core';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';

/** The settings of a mesh, as the chart writes them. */
export function meshSettings(mesh = '', name = 'istio'): string {
  return `
---
apiVersion: v1
kind: ConfigMap
metadata: { name: ${name}, namespace: istio-system, labels: { istio.io/rev: default } }
data:
  mesh: |
    rootNamespace: istio-system
    ${mesh.trim().split('\n').join('\n    ')}
`;
}

export const ISTIO = meshSettings();

export function namespace(name: string, labels = ''): string {
  return `
---
apiVersion: v1
kind: Namespace
metadata: { name: ${name}, labels: { ${labels} } }
`;
}

interface PodOptions {
  namespace?: string;
  labels?: string;
  annotations?: string;
  /** How it takes part; a sidecar unless said otherwise. */
  mode?: 'sidecar' | 'native' | 'ambient' | 'none' | 'waypoint' | 'gateway';
  ports?: string;
  serviceAccount?: string;
  ip?: string;
}

const PROXY =
  '{ name: istio-proxy, image: "docker.io/istio/proxyv2:1.30.3-distroless" }';

/** A pod `NAME-1` with the label `app: NAME`. */
export function pod(name: string, options: PodOptions = {}): string {
  const {
    namespace: place = 'shop',
    labels = '',
    annotations = '',
    mode = 'sidecar',
    ports = '{ containerPort: 8080 }',
    serviceAccount = name,
    ip,
  } = options;
  const app = `{ name: app, ports: [${ports}] }`;
  const injected = ['sidecar', 'native'].includes(mode);
  const containers = {
    sidecar: `[${app}, ${PROXY}]`,
    gateway: `[${PROXY}]`,
    waypoint: `[${PROXY}]`,
    native: `[${app}]`,
    ambient: `[${app}]`,
    none: `[${app}]`,
  }[mode];
  return `
---
apiVersion: v1
kind: Pod
metadata:
  name: ${name}-1
  namespace: ${place}
  labels:
    app: ${name}
    ${injected ? 'security.istio.io/tlsMode: istio' : ''}
    ${
      mode === 'waypoint'
        ? 'gateway.istio.io/managed: istio.io-mesh-controller'
        : ''
    }
    ${labels}
  annotations:
    ${mode === 'ambient' ? 'ambient.istio.io/redirection: enabled' : 'a: b'}
    ${annotations}
spec:
  serviceAccountName: ${serviceAccount}
  containers: ${containers}
  ${
    mode === 'native'
      ? `initContainers: [{ name: istio-proxy, image: "proxyv2:1.31.0", restartPolicy: Always }]`
      : ''
  }
status: { phase: Running${
    ip ? `, podIP: ${ip}` : ''
  }, conditions: [{ type: Ready, status: 'True' }] }
`;
}

/** A Deployment of the namespace shop that has no pods yet: what `service` selects, in a template. */
export function deployment(name: string): string {
  return `
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: shop }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: app }] }
`;
}

/** A Service of the pods with the label `app: NAME`. */
export function service(
  name: string,
  options: {
    namespace?: string;
    ports?: string;
    spec?: string;
    labels?: string;
    annotations?: string;
  } = {},
): string {
  return `
---
apiVersion: v1
kind: Service
metadata:
  name: ${name}
  namespace: ${options.namespace ?? 'shop'}
  labels: { ${options.labels ?? ''} }
  annotations: { ${options.annotations ?? ''} }
spec:
  clusterIP: 10.0.0.1
  selector: { app: ${name} }
  ports: [${options.ports ?? '{ name: http, port: 80, targetPort: 8080 }'}]
  ${options.spec ?? ''}
`;
}

let age = 0;

/** An object of one of Istio's kinds; each is younger than those before it, unless it says when it was created. */
export function istio(
  kind: string,
  name: string,
  spec: string,
  options: { namespace?: string; created?: string } = {},
): string {
  age += 1;
  const security = [
    'PeerAuthentication',
    'AuthorizationPolicy',
    'RequestAuthentication',
  ];
  const group = security.includes(kind)
    ? 'security.istio.io/v1'
    : 'networking.istio.io/v1';
  const created =
    options.created ?? new Date(Date.UTC(2026, 0, 1, 0, age)).toISOString();
  return `
---
apiVersion: ${kind === 'EnvoyFilter' ? 'networking.istio.io/v1alpha3' : group}
kind: ${kind}
metadata: { name: ${name}, namespace: ${
    options.namespace ?? 'shop'
  }, creationTimestamp: '${created}' }
spec: ${spec}
`;
}

/** The pod `NAME-1` of a snapshot. */
export function podOf(
  snapshot: MeshSnapshot,
  name: string,
  place = 'shop',
): Pod {
  const found = snapshot.get('Pod', place, `${name}-1`);
  if (!found) {
    throw new TypeError(`There is no pod ${place}/${name}-1`);
  }
  return found;
}

export function serviceOf(
  snapshot: MeshSnapshot,
  name: string,
  place = 'shop',
): Service {
  const found = snapshot.get('Service', place, name);
  if (!found) {
    throw new TypeError(`There is no Service ${place}/${name}`);
  }
  return found;
}
