import { FleetManifest } from '../manifest';
import { serverMetadata } from '../objects/metadata';
import { addressOf } from '../objects/service';
import { Random } from '../random';
import { LINKERD_VERSION, ROOT_NAMESPACE, TRUST_ROOTS } from './names';
import { proxyContainer } from './sidecar';

const COMPONENTS = ['destination', 'identity', 'proxy-injector'] as const;

type Component = (typeof COMPONENTS)[number];

const CONTAINERS: Record<Component, [name: string, image: string][]> = {
  destination: [
    ['destination', 'controller'],
    ['sp-validator', 'controller'],
    ['policy', 'policy-controller'],
  ],
  identity: [['identity', 'controller']],
  'proxy-injector': [['proxy-injector', 'controller']],
};

const SERVICES: [
  name: string,
  component: Component,
  portName: string,
  port: number,
  target: number,
][] = [
  ['linkerd-dst', 'destination', 'grpc', 8086, 8086],
  ['linkerd-dst-headless', 'destination', 'grpc', 8086, 8086],
  ['linkerd-policy', 'destination', 'grpc', 8090, 8090],
  ['linkerd-policy-validator', 'destination', 'policy-https', 443, 9443],
  ['linkerd-sp-validator', 'destination', 'sp-validator', 443, 8443],
  ['linkerd-identity', 'identity', 'grpc', 8080, 8080],
  ['linkerd-identity-headless', 'identity', 'grpc', 8080, 8080],
  ['linkerd-proxy-injector', 'proxy-injector', 'proxy-injector', 443, 8443],
];

export const ROOT_SERVICES = SERVICES.length;

const REPLICAS = 2;

export const ROOT_PODS = COMPONENTS.length * REPLICAS;

/** What an installation of Linkerd leaves in a cluster, its pods and Services apart. */
export function controlPlane(random: Random): FleetManifest[] {
  return [
    configMap(
      'linkerd-config',
      {
        values: [
          'cliVersion: ""',
          'clusterDomain: cluster.local',
          'highAvailability: false',
          'identityTrustDomain: cluster.local',
          `linkerdVersion: ${LINKERD_VERSION}`,
          'proxy:',
          '  defaultInboundPolicy: all-unauthenticated',
          '  nativeSidecar: false',
          '',
        ].join('\n'),
      },
      random,
    ),
    configMap(
      'linkerd-identity-trust-roots',
      { 'ca-bundle.crt': TRUST_ROOTS },
      random,
    ),
    ...COMPONENTS.map(component => deployment(component, random)),
    injector(random),
  ];
}

function labelsOf(component: Component): Record<string, string> {
  return {
    'linkerd.io/control-plane-component': component,
    'linkerd.io/control-plane-ns': ROOT_NAMESPACE,
  };
}

function configMap(
  name: string,
  data: Record<string, string>,
  random: Random,
): FleetManifest {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name,
      namespace: ROOT_NAMESPACE,
      ...serverMetadata(random),
      labels: { 'linkerd.io/control-plane-ns': ROOT_NAMESPACE },
    },
    data,
  };
}

function deployment(component: Component, random: Random): FleetManifest {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: `linkerd-${component}`,
      namespace: ROOT_NAMESPACE,
      ...serverMetadata(random),
      labels: labelsOf(component),
    },
    spec: {
      replicas: REPLICAS,
      selector: { matchLabels: labelsOf(component) },
      template: {
        metadata: { labels: labelsOf(component) },
        spec: rootPodSpec(component),
      },
    },
    status: {
      replicas: REPLICAS,
      readyReplicas: REPLICAS,
      availableReplicas: REPLICAS,
    },
  };
}

function injector(random: Random): FleetManifest {
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'MutatingWebhookConfiguration',
    metadata: {
      name: 'linkerd-proxy-injector-webhook-config',
      ...serverMetadata(random),
      labels: labelsOf('proxy-injector'),
    },
    webhooks: [
      {
        name: 'linkerd-proxy-injector.linkerd.io',
        admissionReviewVersions: ['v1', 'v1beta1'],
        failurePolicy: 'Ignore',
        sideEffects: 'None',
        clientConfig: {
          service: {
            name: 'linkerd-proxy-injector',
            namespace: ROOT_NAMESPACE,
            path: '/',
            port: 443,
          },
        },
        namespaceSelector: {
          matchExpressions: [
            {
              key: 'config.linkerd.io/admission-webhooks',
              operator: 'NotIn',
              values: ['disabled'],
            },
            {
              key: 'kubernetes.io/metadata.name',
              operator: 'NotIn',
              values: ['kube-system', 'cert-manager'],
            },
          ],
        },
        objectSelector: {
          matchExpressions: [
            {
              key: 'linkerd.io/control-plane-component',
              operator: 'DoesNotExist',
            },
            { key: 'linkerd.io/cni-resource', operator: 'DoesNotExist' },
          ],
        },
        rules: [
          {
            apiGroups: [''],
            apiVersions: ['v1'],
            operations: ['CREATE'],
            resources: ['pods', 'services'],
            scope: 'Namespaced',
          },
        ],
      },
    ],
  };
}

/** The Services of the control plane. */
export function rootServices(random: Random): FleetManifest[] {
  return SERVICES.map(
    ([name, component, portName, port, targetPort], index) => ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: {
        name,
        namespace: ROOT_NAMESPACE,
        ...serverMetadata(random),
        labels: labelsOf(component),
      },
      spec: {
        type: 'ClusterIP',
        clusterIP: name.endsWith('-headless') ? 'None' : addressOf(95, index),
        selector: { 'linkerd.io/control-plane-component': component },
        ports: [{ name: portName, port, targetPort, protocol: 'TCP' }],
      },
    }),
  );
}

/** Its pods, two of each Deployment. */
export function rootPods(random: Random): FleetManifest[] {
  return COMPONENTS.flatMap((component, place) =>
    Array.from({ length: REPLICAS }, (_, index) => {
      const hash = random.suffix(9);
      const set = `linkerd-${component}-${hash}`;
      return {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: {
          name: `${set}-${random.suffix(5)}`,
          namespace: ROOT_NAMESPACE,
          ...serverMetadata(random),
          labels: {
            ...labelsOf(component),
            'linkerd.io/workload-ns': ROOT_NAMESPACE,
            'linkerd.io/proxy-deployment': `linkerd-${component}`,
            'pod-template-hash': hash,
          },
          annotations: { 'linkerd.io/proxy-version': LINKERD_VERSION },
          ownerReferences: [
            {
              apiVersion: 'apps/v1',
              kind: 'ReplicaSet',
              name: set,
              uid: random.hex(32),
              controller: true,
            },
          ],
        },
        spec: rootPodSpec(component),
        status: {
          phase: 'Running',
          podIP: `10.94.${place}.${index + 2}`,
          conditions: [{ type: 'Ready', status: 'True' }],
        },
      };
    }),
  );
}

function rootPodSpec(component: Component) {
  return {
    serviceAccountName: `linkerd-${component}`,
    containers: [
      proxyContainer(),
      ...CONTAINERS[component].map(([name, image]) => ({
        name,
        image: `cr.l5d.io/linkerd/${image}:${LINKERD_VERSION}`,
        ports: SERVICES.filter(
          ([service, of]) => of === component && !service.endsWith('-headless'),
        )
          .filter(() => name === CONTAINERS[component][0][0])
          .map(([, , , , containerPort]) => ({
            containerPort,
            protocol: 'TCP',
          })),
      })),
    ],
  };
}
