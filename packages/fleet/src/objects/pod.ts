import { App } from '../layout';
import { FleetManifest } from '../manifest';
import { FleetMesh, Injected } from '../mesh';
import { Random } from '../random';
import { managedFields } from './managedFields';
import { serverMetadata, timestamp, uidOf } from './metadata';
import { podStatus } from './podStatus';
import { addressOf } from './service';

/** Of a pod, what is not the application's. */
export interface PodPlace {
  /** Which of the fleet's pods it is. */
  index: number;
  version: string;
  /** Whether the webhook of the mesh added its proxy. */
  injected: boolean;
}

const SETTINGS = [
  'CACHE_TTL_SECONDS',
  'DATABASE_POOL_SIZE',
  'DATABASE_URL',
  'FEATURE_FLAGS_URL',
  'HTTP_MAX_CONNECTIONS',
  'JAVA_TOOL_OPTIONS',
  'LOG_FORMAT',
  'LOG_LEVEL',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'OTEL_RESOURCE_ATTRIBUTES',
  'OTEL_SERVICE_NAME',
  'QUEUE_BROKERS',
  'QUEUE_GROUP',
  'REQUEST_TIMEOUT_MS',
  'SHUTDOWN_GRACE_SECONDS',
] as const;

/** A pod as the API server gives it after injection: the application, its proxy, and what every controller wrote. */
export function podOf(
  app: App,
  place: PodPlace,
  mesh: FleetMesh,
  random: Random,
): FleetManifest {
  const { namespace, name } = app;
  const { version, injected } = place;
  const proxy = injected ? mesh.injected(app, version) : undefined;
  const hash = random.suffix(9);
  const set = `${name}-${version}-${hash}`;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `${set}-${random.suffix(5)}`,
      namespace,
      generateName: `${set}-`,
      ...serverMetadata(random),
      labels: {
        app: name,
        version,
        'pod-template-hash': hash,
        'app.kubernetes.io/name': name,
        'app.kubernetes.io/part-of': namespace,
        ...proxy?.labels,
      },
      annotations: {
        'checksum/config': random.hex(64),
        'kubectl.kubernetes.io/default-container': name,
        'kubectl.kubernetes.io/restartedAt': timestamp(random),
        ...proxy?.annotations,
      },
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'ReplicaSet',
          name: set,
          uid: uidOf(random),
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
      managedFields: managedFields(proxy && mesh.proxy.name, random),
    },
    spec: podSpec(app, version, proxy, random),
    status: podStatus(
      app,
      version,
      proxy && mesh.proxy,
      addressOf(100, place.index),
      random,
    ),
  };
}

function podSpec(
  app: App,
  version: string,
  proxy: Injected | undefined,
  random: Random,
) {
  const { name } = app;
  return {
    ...(proxy && { initContainers: proxy.initContainers }),
    containers: [
      appContainer(app, version, random),
      ...(proxy ? proxy.containers : []),
    ],
    volumes: [
      ...(proxy?.volumes ?? []),
      { name: 'config', configMap: { name, defaultMode: 420 } },
      { name: 'tmp', emptyDir: {} },
      tokenVolume(random),
    ],
    serviceAccount: name,
    serviceAccountName: name,
    nodeName: `node-${random.below(400)}.eu-central-1.compute.internal`,
    dnsPolicy: 'ClusterFirst',
    enableServiceLinks: true,
    preemptionPolicy: 'PreemptLowerPriority',
    priority: 0,
    restartPolicy: 'Always',
    schedulerName: 'default-scheduler',
    securityContext: { fsGroup: 1000, runAsNonRoot: true, runAsUser: 1000 },
    terminationGracePeriodSeconds: 30,
    tolerations: ['not-ready', 'unreachable'].map(reason => ({
      key: `node.kubernetes.io/${reason}`,
      operator: 'Exists',
      effect: 'NoExecute',
      tolerationSeconds: 300,
    })),
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: 'topology.kubernetes.io/zone',
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels: { app: name } },
      },
    ],
  };
}

function appContainer(
  { namespace, name, port }: App,
  version: string,
  random: Random,
) {
  const probe = (path: string, periodSeconds: number) => ({
    httpGet: { path, port, scheme: 'HTTP' },
    periodSeconds,
    timeoutSeconds: 2,
    successThreshold: 1,
    failureThreshold: 3,
  });
  return {
    name,
    image: `registry.example.com/${namespace}/${name}:${version}.${random.below(
      40,
    )}.${random.below(9)}`,
    imagePullPolicy: 'IfNotPresent',
    ports: [
      { name: 'http', containerPort: port, protocol: 'TCP' },
      { name: 'http-metrics', containerPort: 9090, protocol: 'TCP' },
    ],
    env: [
      ...SETTINGS.map(setting => ({
        name: setting,
        value: `${name}-${random.hex(8 + random.below(50))}`,
      })),
      {
        name: 'POD_IP',
        valueFrom: {
          fieldRef: { apiVersion: 'v1', fieldPath: 'status.podIP' },
        },
      },
      {
        name: 'DATABASE_PASSWORD',
        valueFrom: {
          secretKeyRef: { name: `${name}-database`, key: 'password' },
        },
      },
    ],
    resources: {
      requests: { cpu: `${100 + 50 * random.below(8)}m`, memory: '256Mi' },
      limits: { memory: '512Mi' },
    },
    livenessProbe: probe('/healthz', 10),
    readinessProbe: probe('/readyz', 5),
    startupProbe: probe('/healthz', 2),
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
    },
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    volumeMounts: [
      { name: 'config', mountPath: '/etc/app', readOnly: true },
      { name: 'tmp', mountPath: '/tmp' },
    ],
  };
}

function tokenVolume(random: Random) {
  return {
    name: `kube-api-access-${random.suffix(5)}`,
    projected: {
      defaultMode: 420,
      sources: [
        { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
        {
          configMap: {
            name: 'kube-root-ca.crt',
            items: [{ key: 'ca.crt', path: 'ca.crt' }],
          },
        },
        {
          downwardAPI: {
            items: [
              {
                path: 'namespace',
                fieldRef: {
                  apiVersion: 'v1',
                  fieldPath: 'metadata.namespace',
                },
              },
            ],
          },
        },
      ],
    },
  };
}
