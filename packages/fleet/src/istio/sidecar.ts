import { App } from '../layout';

export const ISTIO_VERSION = '1.29.2';
export const IMAGE = `docker.io/istio/proxyv2:${ISTIO_VERSION}`;

const RESOURCES = {
  limits: { cpu: '2', memory: '1Gi' },
  requests: { cpu: '100m', memory: '128Mi' },
};

const VOLUMES = [
  'workload-socket',
  'credential-socket',
  'workload-certs',
  'istio-envoy',
  'istio-data',
  'istio-podinfo',
  'istio-token',
  'istiod-ca-cert',
] as const;

/** What the webhook notes on a pod that it injected. */
export function sidecarAnnotations(): Record<string, string> {
  return {
    'istio.io/rev': 'default',
    'kubectl.kubernetes.io/default-logs-container': 'istio-proxy',
    'prometheus.io/path': '/stats/prometheus',
    'prometheus.io/port': '15020',
    'prometheus.io/scrape': 'true',
    'sidecar.istio.io/status': JSON.stringify({
      initContainers: ['istio-init'],
      containers: ['istio-proxy'],
      volumes: VOLUMES,
      imagePullSecrets: null,
      revision: 'default',
    }),
  };
}

/** The containers that the webhook adds. */
export function sidecarContainers(app: App, version: string) {
  return {
    initContainers: [initContainer()],
    containers: [proxy(app, version)],
  };
}

function initContainer() {
  return {
    name: 'istio-init',
    image: IMAGE,
    imagePullPolicy: 'IfNotPresent',
    args: [
      'istio-iptables',
      ...['-p', '15001', '-z', '15006', '-u', '1337', '-m', 'REDIRECT'],
      ...['-i', '*', '-x', '', '-b', '*', '-d', '15090,15021,15020'],
      '--log_output_level=default:info',
    ],
    resources: RESOURCES,
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { add: ['NET_ADMIN', 'NET_RAW'], drop: ['ALL'] },
      privileged: false,
      readOnlyRootFilesystem: false,
      runAsGroup: 0,
      runAsNonRoot: false,
      runAsUser: 0,
    },
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
  };
}

function proxy(app: App, version: string) {
  return {
    name: 'istio-proxy',
    image: IMAGE,
    imagePullPolicy: 'IfNotPresent',
    args: [
      ...['proxy', 'sidecar', '--domain', '$(POD_NAMESPACE).svc.cluster.local'],
      '--proxyLogLevel=warning',
      '--proxyComponentLogLevel=misc:error',
      '--log_output_level=default:info',
    ],
    env: proxyEnvironment(app, version),
    ports: [{ name: 'http-envoy-prom', containerPort: 15090, protocol: 'TCP' }],
    readinessProbe: proxyProbe(15, 4),
    startupProbe: proxyProbe(1, 600),
    resources: RESOURCES,
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      privileged: false,
      readOnlyRootFilesystem: true,
      runAsGroup: 1337,
      runAsNonRoot: true,
      runAsUser: 1337,
    },
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    volumeMounts: [
      ['workload-socket', '/var/run/secrets/workload-spiffe-uds'],
      ['credential-socket', '/var/run/secrets/credential-uds'],
      ['workload-certs', '/var/run/secrets/workload-spiffe-credentials'],
      ['istiod-ca-cert', '/var/run/secrets/istio'],
      ['istio-data', '/var/lib/istio/data'],
      ['istio-envoy', '/etc/istio/proxy'],
      ['istio-token', '/var/run/secrets/tokens'],
      ['istio-podinfo', '/etc/istio/pod'],
    ].map(([name, mountPath]) => ({ name, mountPath })),
  };
}

function proxyProbe(periodSeconds: number, failureThreshold: number) {
  return {
    httpGet: { path: '/healthz/ready', port: 15021, scheme: 'HTTP' },
    periodSeconds,
    timeoutSeconds: 3,
    successThreshold: 1,
    failureThreshold,
  };
}

function proxyEnvironment({ namespace, name, port }: App, version: string) {
  const fields = [
    ['POD_NAME', 'metadata.name'],
    ['POD_NAMESPACE', 'metadata.namespace'],
    ['INSTANCE_IP', 'status.podIP'],
    ['SERVICE_ACCOUNT', 'spec.serviceAccountName'],
    ['HOST_IP', 'status.hostIP'],
    ['ISTIO_META_POD_NAME', 'metadata.name'],
    ['ISTIO_META_NODE_NAME', 'spec.nodeName'],
  ].map(([variable, fieldPath]) => ({
    name: variable,
    valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath } },
  }));
  const values = {
    PILOT_CERT_PROVIDER: 'istiod',
    CA_ADDR: 'istiod.istio-system.svc:15012',
    PROXY_CONFIG: '{}\n',
    ISTIO_META_POD_PORTS: JSON.stringify([
      { name: 'http', containerPort: port, protocol: 'TCP' },
      { name: 'http-metrics', containerPort: 9090, protocol: 'TCP' },
    ]),
    ISTIO_META_APP_CONTAINERS: name,
    ISTIO_META_CLUSTER_ID: 'Kubernetes',
    ISTIO_META_INTERCEPTION_MODE: 'REDIRECT',
    ISTIO_META_WORKLOAD_NAME: `${name}-${version}`,
    ISTIO_META_OWNER: `kubernetes://apis/apps/v1/namespaces/${namespace}/deployments/${name}-${version}`,
    ISTIO_META_MESH_ID: 'cluster.local',
    TRUST_DOMAIN: 'cluster.local',
  };
  return [
    ...fields,
    ...Object.entries(values).map(([variable, value]) => ({
      name: variable,
      value,
    })),
  ];
}

/** The volumes that the proxy mounts. */
export function sidecarVolumes() {
  return [
    { name: 'workload-socket', emptyDir: {} },
    { name: 'credential-socket', emptyDir: {} },
    { name: 'workload-certs', emptyDir: {} },
    { name: 'istio-envoy', emptyDir: { medium: 'Memory' } },
    { name: 'istio-data', emptyDir: {} },
    {
      name: 'istio-podinfo',
      downwardAPI: {
        defaultMode: 420,
        items: ['labels', 'annotations'].map(field => ({
          path: field,
          fieldRef: { apiVersion: 'v1', fieldPath: `metadata.${field}` },
        })),
      },
    },
    {
      name: 'istio-token',
      projected: {
        defaultMode: 420,
        sources: [
          {
            serviceAccountToken: {
              audience: 'istio-ca',
              expirationSeconds: 43200,
              path: 'istio-token',
            },
          },
        ],
      },
    },
    {
      name: 'istiod-ca-cert',
      configMap: { name: 'istio-ca-root-cert', defaultMode: 420 },
    },
  ];
}
