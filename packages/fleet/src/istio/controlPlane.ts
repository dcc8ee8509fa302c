import { FleetManifest } from '../manifest';
import { Random } from '../random';
import { serverMetadata } from '../objects/metadata';
import { addressOf } from '../objects/service';
import { ISTIO_VERSION } from './sidecar';

/** Where the control plane and the ingress gateway are. */
export const ROOT_NAMESPACE = 'istio-system';

const REVISION = { 'istio.io/rev': 'default' };

type RootApp = 'istiod' | 'istio-ingressgateway';

const LABELS: Record<RootApp, Record<string, string>> = {
  istiod: { app: 'istiod', istio: 'pilot' },
  'istio-ingressgateway': {
    app: 'istio-ingressgateway',
    istio: 'ingressgateway',
  },
};

/** What an installation of Istio leaves in a cluster, its pods and Services apart. */
export function controlPlane(random: Random): FleetManifest[] {
  return [
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name: 'istio',
        namespace: ROOT_NAMESPACE,
        ...serverMetadata(random),
        labels: { ...REVISION, release: 'istio' },
      },
      data: {
        mesh: [
          'accessLogFile: /dev/stdout',
          'defaultConfig:',
          '  discoveryAddress: istiod.istio-system.svc:15012',
          'enablePrometheusMerge: true',
          'rootNamespace: istio-system',
          'trustDomain: cluster.local',
          '',
        ].join('\n'),
        meshNetworks: 'networks: {}',
      },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: {
        name: 'istiod',
        namespace: ROOT_NAMESPACE,
        ...serverMetadata(random),
        labels: { ...REVISION, app: 'istiod', istio: 'pilot' },
      },
      spec: {
        replicas: 2,
        selector: { matchLabels: { app: 'istiod', istio: 'pilot' } },
        template: {
          metadata: {
            labels: {
              ...REVISION,
              ...LABELS.istiod,
              'sidecar.istio.io/inject': 'false',
            },
          },
          spec: rootPodSpec('istiod'),
        },
      },
      status: { replicas: 2, readyReplicas: 2, availableReplicas: 2 },
    },
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'MutatingWebhookConfiguration',
      metadata: {
        name: 'istio-sidecar-injector',
        ...serverMetadata(random),
        labels: { ...REVISION, app: 'sidecar-injector' },
      },
      webhooks: [injectorWebhook()],
    },
  ];
}

function injectorWebhook() {
  return {
    name: 'namespace.sidecar-injector.istio.io',
    admissionReviewVersions: ['v1'],
    failurePolicy: 'Fail',
    sideEffects: 'None',
    clientConfig: {
      service: {
        name: 'istiod',
        namespace: ROOT_NAMESPACE,
        path: '/inject',
        port: 443,
      },
    },
    namespaceSelector: {
      matchExpressions: [
        { key: 'istio-injection', operator: 'In', values: ['enabled'] },
      ],
    },
    objectSelector: {
      matchExpressions: [
        {
          key: 'sidecar.istio.io/inject',
          operator: 'NotIn',
          values: ['false'],
        },
      ],
    },
    rules: [
      {
        apiGroups: [''],
        apiVersions: ['v1'],
        operations: ['CREATE'],
        resources: ['pods'],
        scope: '*',
      },
    ],
  };
}

const PORTS: Record<RootApp, [name: string, port: number, target: number][]> = {
  istiod: [
    ['grpc-xds', 15010, 15010],
    ['https-dns', 15012, 15012],
    ['https-webhook', 443, 15017],
    ['http-monitoring', 15014, 15014],
  ],
  'istio-ingressgateway': [
    ['status-port', 15021, 15021],
    ['http2', 80, 8080],
    ['https', 443, 8443],
  ],
};

/** The Services of the control plane and the ingress gateway. */
export function rootServices(random: Random): FleetManifest[] {
  return (['istiod', 'istio-ingressgateway'] as const).map((name, index) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name,
      namespace: ROOT_NAMESPACE,
      ...serverMetadata(random),
      labels: LABELS[name],
    },
    spec: {
      type: name === 'istiod' ? 'ClusterIP' : 'LoadBalancer',
      clusterIP: addressOf(95, index),
      selector: LABELS[name],
      ports: PORTS[name].map(([portName, port, targetPort]) => ({
        name: portName,
        port,
        targetPort,
        protocol: 'TCP',
      })),
    },
  }));
}

/** Their pods, two of each. */
export function rootPods(random: Random): FleetManifest[] {
  return (['istiod', 'istio-ingressgateway'] as const).flatMap(name =>
    Array.from({ length: 2 }, (_, index) => {
      const hash = random.suffix(9);
      return {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: {
          name: `${name}-${hash}-${random.suffix(5)}`,
          namespace: ROOT_NAMESPACE,
          ...serverMetadata(random),
          labels: {
            ...LABELS[name],
            ...REVISION,
            'pod-template-hash': hash,
            'sidecar.istio.io/inject': 'false',
          },
          ownerReferences: [
            {
              apiVersion: 'apps/v1',
              kind: 'ReplicaSet',
              name: `${name}-${hash}`,
              uid: random.hex(32),
              controller: true,
            },
          ],
        },
        spec: rootPodSpec(name),
        status: {
          phase: 'Running',
          podIP: `10.94.${name === 'istiod' ? 0 : 1}.${index + 2}`,
          conditions: [{ type: 'Ready', status: 'True' }],
        },
      };
    }),
  );
}

function rootPodSpec(name: RootApp) {
  return {
    serviceAccountName: name,
    containers: [
      {
        name: name === 'istiod' ? 'discovery' : 'istio-proxy',
        image: `docker.io/istio/${
          name === 'istiod' ? 'pilot' : 'proxyv2'
        }:${ISTIO_VERSION}`,
        ports: PORTS[name].map(([portName, , containerPort]) => ({
          name: portName,
          containerPort,
          protocol: 'TCP',
        })),
      },
    ],
  };
}
