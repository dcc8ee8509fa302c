import { createHash } from 'node:crypto';
import { App } from '../layout';
import { Injected } from '../mesh';
import {
  INIT_IMAGE,
  LINKERD_VERSION,
  PROXY_IMAGE,
  ROOT_NAMESPACE,
  TRUST_ROOTS,
} from './names';

const TRUST_ROOTS_SHA256 = createHash('sha256')
  .update(TRUST_ROOTS)
  .digest('hex');

const NETWORKS =
  '10.0.0.0/8,100.64.0.0/10,172.16.0.0/12,192.168.0.0/16,fd00::/8';
const DOMAIN = 'serviceaccount.identity.$(_l5d_ns).$(_l5d_trustdomain)';

/** The settings of the proxy that rules or people look at, of about fifty. */
const VALUES: Readonly<Record<string, string>> = {
  _l5d_ns: ROOT_NAMESPACE,
  _l5d_trustdomain: 'cluster.local',
  LINKERD2_PROXY_LOG: 'warn,linkerd=info,hickory=error,[{headers}]=off',
  LINKERD2_PROXY_DESTINATION_SVC_ADDR:
    'linkerd-dst-headless.linkerd.svc.cluster.local.:8086',
  LINKERD2_PROXY_POLICY_SVC_ADDR:
    'linkerd-policy.linkerd.svc.cluster.local.:8090',
  LINKERD2_PROXY_POLICY_WORKLOAD: '{"ns":"$(_pod_ns)", "pod":"$(_pod_name)"}',
  LINKERD2_PROXY_INBOUND_DEFAULT_POLICY: 'all-unauthenticated',
  LINKERD2_PROXY_POLICY_CLUSTER_NETWORKS: NETWORKS,
  LINKERD2_PROXY_ADMIN_LISTEN_ADDR: '0.0.0.0:4191',
  LINKERD2_PROXY_INBOUND_LISTEN_ADDR: '0.0.0.0:4143',
  LINKERD2_PROXY_INBOUND_IPS: '$(_pod_ip)',
  LINKERD2_PROXY_INBOUND_PORTS: '8080,9090',
  LINKERD2_PROXY_INBOUND_PORTS_DISABLE_PROTOCOL_DETECTION:
    '25,587,3306,4444,5432,6379,9300,11211',
  LINKERD2_PROXY_IDENTITY_TRUST_ANCHORS: TRUST_ROOTS,
  LINKERD2_PROXY_IDENTITY_SVC_ADDR:
    'linkerd-identity-headless.linkerd.svc.cluster.local.:8080',
  LINKERD2_PROXY_IDENTITY_LOCAL_NAME: `$(_pod_sa).$(_pod_ns).${DOMAIN}`,
  LINKERD2_PROXY_IDENTITY_SVC_NAME: `linkerd-identity.$(_l5d_ns).${DOMAIN}`,
};

/** What the injector notes on a pod, and adds to it. */
export function injectedParts(app: App, version: string): Injected {
  return {
    labels: {
      'linkerd.io/control-plane-ns': ROOT_NAMESPACE,
      'linkerd.io/proxy-deployment': `${app.name}-${version}`,
      'linkerd.io/workload-ns': app.namespace,
    },
    annotations: {
      'linkerd.io/created-by': `linkerd/proxy-injector ${LINKERD_VERSION}`,
      'linkerd.io/inject': 'enabled',
      'linkerd.io/proxy-version': LINKERD_VERSION,
      'linkerd.io/trust-root-sha256': TRUST_ROOTS_SHA256,
      'viz.linkerd.io/tap-enabled': 'true',
    },
    initContainers: [initContainer()],
    containers: [proxyContainer()],
    volumes: [
      { name: 'linkerd-proxy-init-xtables-lock', emptyDir: {} },
      {
        name: 'linkerd-identity-end-entity',
        emptyDir: { medium: 'Memory' },
      },
      {
        name: 'linkerd-identity-token',
        projected: {
          defaultMode: 420,
          sources: [
            {
              serviceAccountToken: {
                audience: 'identity.l5d.io',
                expirationSeconds: 86400,
                path: 'linkerd-identity-token',
              },
            },
          ],
        },
      },
    ],
  };
}

function initContainer() {
  return {
    name: 'linkerd-init',
    image: INIT_IMAGE,
    imagePullPolicy: 'IfNotPresent',
    args: [
      ...['--firewall-bin-path', 'iptables-nft'],
      ...['--firewall-save-bin-path', 'iptables-nft-save'],
      '--ipv6=false',
      ...['--incoming-proxy-port', '4143', '--outgoing-proxy-port', '4140'],
      ...['--proxy-uid', '2102', '--proxy-gid', '2102'],
      ...['--inbound-ports-to-ignore', '4190,4191,4567,4568'],
      ...['--outbound-ports-to-ignore', '4567,4568'],
    ],
    resources: {},
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { add: ['NET_ADMIN', 'NET_RAW'] },
      privileged: false,
      readOnlyRootFilesystem: true,
      runAsGroup: 65534,
      runAsNonRoot: true,
      runAsUser: 65534,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'FallbackToLogsOnError',
    volumeMounts: [
      { name: 'linkerd-proxy-init-xtables-lock', mountPath: '/run' },
    ],
  };
}

/** The proxy, as the injector adds it beside the application. */
export function proxyContainer() {
  return {
    name: 'linkerd-proxy',
    image: PROXY_IMAGE,
    imagePullPolicy: 'IfNotPresent',
    env: proxyEnvironment(),
    ports: [
      { name: 'linkerd-proxy', containerPort: 4143, protocol: 'TCP' },
      { name: 'linkerd-admin', containerPort: 4191, protocol: 'TCP' },
    ],
    livenessProbe: proxyProbe('/live', 10),
    readinessProbe: proxyProbe('/ready', 2),
    lifecycle: {
      postStart: {
        exec: {
          command: [
            '/usr/lib/linkerd/linkerd-await',
            '--timeout=2m',
            '--port=4191',
          ],
        },
      },
    },
    resources: {
      limits: { memory: '250Mi' },
      requests: { cpu: '100m', memory: '20Mi' },
    },
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
      runAsGroup: 2102,
      runAsNonRoot: true,
      runAsUser: 2102,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'FallbackToLogsOnError',
    volumeMounts: [
      {
        name: 'linkerd-identity-end-entity',
        mountPath: '/var/run/linkerd/identity/end-entity',
      },
      {
        name: 'linkerd-identity-token',
        mountPath: '/var/run/secrets/tokens',
      },
    ],
  };
}

function proxyProbe(path: string, initialDelaySeconds: number) {
  return {
    httpGet: { path, port: 4191, scheme: 'HTTP' },
    initialDelaySeconds,
    periodSeconds: 10,
    timeoutSeconds: 1,
    successThreshold: 1,
    failureThreshold: 3,
  };
}

function proxyEnvironment() {
  const field = (name: string, fieldPath: string) => ({
    name,
    valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath } },
  });
  return [
    field('_pod_name', 'metadata.name'),
    field('_pod_ns', 'metadata.namespace'),
    field('_pod_uid', 'metadata.uid'),
    field('_pod_ip', 'status.podIP'),
    field('_pod_nodeName', 'spec.nodeName'),
    field('_pod_sa', 'spec.serviceAccountName'),
    ...Object.entries(VALUES).map(([name, value]) => ({ name, value })),
  ];
}
