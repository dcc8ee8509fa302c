import {
  ClientMtls,
  MtlsAnswer,
  PortMtls,
  Reason,
  WorkloadMtls,
  WorkloadRef,
} from 'backstage-plugin-mesh-common';
import {
  autoMtlsReason,
  defaultPolicyReason,
  east,
  noProxyReason,
  permissiveReason,
  strictReason,
  west,
} from './reasons';

export const reviewsV1: WorkloadRef = {
  cluster: 'east',
  namespace: 'shop',
  kind: 'Deployment',
  name: 'reviews-v1',
};

export const reviewsV2: WorkloadRef = { ...reviewsV1, name: 'reviews-v2' };

export const reviewsWest: WorkloadRef = {
  cluster: 'west',
  namespace: 'reviews',
  kind: 'Deployment',
  name: 'reviews',
};

export const productpage: WorkloadRef = { ...reviewsV1, name: 'productpage' };

export const importer: WorkloadRef = {
  ...reviewsV1,
  namespace: 'legacy',
  name: 'importer',
};

const reviewsService = { cluster: 'east', namespace: 'shop', name: 'reviews' };

const strictPort: PortMtls = {
  port: 9080,
  name: 'http',
  protocol: 'http',
  services: [{ service: reviewsService, port: 9080 }],
  accepts: { value: 'mtls-only', term: 'STRICT', reasons: [strictReason] },
  verdict: { value: 'protected', reasons: [strictReason] },
};

const permissivePort: PortMtls = {
  port: 8080,
  name: 'http-admin',
  protocol: 'http',
  services: [],
  accepts: {
    value: 'mtls-or-plaintext',
    term: 'PERMISSIVE',
    reasons: [permissiveReason, strictReason],
  },
  verdict: {
    value: 'in-part',
    reasons: [
      {
        rule: 'mesh/verdict/plaintext-client',
        text: 'Deployment legacy/importer has no proxy and sends plaintext',
      },
      permissiveReason,
    ],
  },
};

const mtls = { value: 'mtls', reasons: [autoMtlsReason] } as const;
const plaintext = { value: 'plaintext', reasons: [noProxyReason] } as const;
const refused = {
  value: 'fails',
  reasons: [
    {
      rule: 'istio/strict-refuses-plaintext',
      text: 'The client sends plaintext, and the port accepts nothing but mTLS',
    },
    strictReason,
  ],
} as const;

export function classes(ports: readonly number[]): ClientMtls[] {
  return [
    {
      sources: ['class'],
      class: 'same-namespace',
      ports: ports.map(port => ({ port, sends: copy(mtls) })),
    },
    {
      sources: ['class'],
      class: 'elsewhere-in-mesh',
      ports: ports.map(port => ({ port, sends: copy(mtls) })),
    },
    {
      sources: ['class'],
      class: 'outside-mesh',
      ports: ports.map(port => ({
        port,
        sends: copy(port === 8080 ? plaintext : refused),
      })),
    },
  ];
}

function copy<T extends string>(answer: {
  readonly value: T;
  readonly reasons: readonly Reason[];
}): { value: T; reasons: Reason[] } {
  return { value: answer.value, reasons: [...answer.reasons] };
}

const v1: WorkloadMtls = {
  workload: reviewsV1,
  enrolment: {
    value: 'sidecar',
    mesh: 'istio',
    reasons: [
      {
        rule: 'istio/injection',
        text: 'All pods run the container istio-proxy',
        object: { cluster: 'east', kind: 'Namespace', name: 'shop' },
        field: 'metadata.labels.istio-injection',
      },
    ],
    expected: { value: 'sidecar', reasons: [] },
    pods: { total: 2, ready: 2, inMesh: 2 },
  },
  identity: 'cluster.local/ns/shop/sa/reviews',
  ports: [strictPort],
  clients: [
    {
      sources: ['observed', 'declared', 'allowed'],
      identity: 'cluster.local/ns/shop/sa/productpage',
      workload: productpage,
      entityRef: 'component:default/productpage',
      ports: [{ port: 9080, sends: copy(mtls) }],
    },
    ...classes([9080]),
  ],
  hiddenClients: 0,
  verdict: { value: 'protected', reasons: [strictReason] },
};

const v2: WorkloadMtls = {
  workload: reviewsV2,
  enrolment: {
    value: 'mixed',
    mesh: 'istio',
    reasons: [
      {
        rule: 'istio/injection',
        text: '2 of 3 pods: the container istio-proxy runs',
        object: { cluster: 'east', kind: 'Namespace', name: 'shop' },
        field: 'metadata.labels.istio-injection',
      },
      {
        rule: 'istio/injection',
        text: '1 of 3 pods: it was made before the namespace got its label',
      },
    ],
    expected: {
      value: 'sidecar',
      reasons: [
        {
          rule: 'istio/injection',
          text: 'The namespace has the label istio-injection=enabled',
          object: { cluster: 'east', kind: 'Namespace', name: 'shop' },
          field: 'metadata.labels.istio-injection',
        },
      ],
    },
    pods: { total: 3, ready: 3, inMesh: 2 },
  },
  identity: 'cluster.local/ns/shop/sa/reviews',
  ports: [permissivePort, strictPort],
  clients: [
    {
      sources: ['observed', 'declared'],
      identity: 'cluster.local/ns/shop/sa/productpage',
      workload: productpage,
      entityRef: 'component:default/productpage',
      ports: [
        { port: 8080, sends: copy(mtls) },
        { port: 9080, sends: copy(mtls) },
      ],
    },
    {
      sources: ['declared'],
      workload: importer,
      entityRef: 'component:default/importer',
      ports: [
        { port: 8080, sends: copy(plaintext) },
        { port: 9080, sends: copy(refused) },
      ],
    },
    ...classes([8080, 9080]),
  ],
  hiddenClients: 2,
  verdict: permissivePort.verdict,
};

const westWorkload: WorkloadMtls = {
  workload: reviewsWest,
  enrolment: {
    value: 'native-sidecar',
    mesh: 'linkerd',
    reasons: [
      {
        rule: 'linkerd/injection',
        text: 'All pods run the init container linkerd-proxy',
      },
    ],
    expected: { value: 'native-sidecar', reasons: [] },
    pods: { total: 1, ready: 1, inMesh: 1 },
  },
  identity: 'reviews.reviews.serviceaccount.identity.linkerd.cluster.local',
  ports: [
    {
      port: 8080,
      name: 'grpc',
      protocol: 'detected',
      services: [
        {
          service: { cluster: 'west', namespace: 'reviews', name: 'reviews' },
          port: 80,
        },
      ],
      accepts: {
        value: 'mtls-or-plaintext',
        term: 'all-unauthenticated',
        reasons: [defaultPolicyReason],
      },
      verdict: { value: 'mtls-in-use', reasons: [defaultPolicyReason] },
    },
  ],
  clients: [
    {
      sources: ['observed'],
      identity: 'web.emojipoll.serviceaccount.identity.linkerd.cluster.local',
      ports: [{ port: 8080, sends: copy(mtls) }],
    },
  ],
  hiddenClients: 1,
  verdict: { value: 'mtls-in-use', reasons: [defaultPolicyReason] },
};

/** Three workloads on two clusters: one protected, one in part, one with mTLS in use. */
export const reviewsMtls: MtlsAnswer = {
  entityRef: 'component:default/reviews',
  verdict: v2.verdict,
  clusters: [east, west],
  workloads: [v1, v2, westWorkload],
};

/** One workload whose ports take nothing but mTLS. */
export const protectedMtls: MtlsAnswer = {
  ...reviewsMtls,
  verdict: v1.verdict,
  clusters: [east],
  workloads: [v1],
};

/** A workload without a proxy in a cluster that has a mesh. */
export const outsideMtls: MtlsAnswer = {
  ...reviewsMtls,
  clusters: [east],
  verdict: { value: 'not-in-mesh', reasons: [noProxyReason] },
  workloads: [
    {
      workload: importer,
      enrolment: {
        value: 'none',
        reasons: [noProxyReason],
        expected: { value: 'none', reasons: [noProxyReason] },
        pods: { total: 1, ready: 1, inMesh: 0 },
      },
      ports: [
        {
          port: 8080,
          name: 'http',
          protocol: 'tcp',
          services: [],
          accepts: { value: 'plaintext-only', reasons: [noProxyReason] },
          verdict: { value: 'not-in-mesh', reasons: [noProxyReason] },
        },
      ],
      clients: [],
      hiddenClients: 0,
      verdict: { value: 'not-in-mesh', reasons: [noProxyReason] },
    },
  ],
};

const forbiddenReason: Reason = {
  rule: 'istio/peer-authentication',
  text: 'PeerAuthentication may not be read: the service account lacks the rule for security.istio.io/peerauthentications in deploy/rbac.yaml',
};

/** Clusters in trouble of every kind, and what can still be said. */
export const troubledMtls: MtlsAnswer = {
  ...reviewsMtls,
  verdict: { value: 'unknown', cause: 'forbidden', reasons: [forbiddenReason] },
  clusters: [
    {
      ...east,
      status: 'partial',
      message:
        'Some kinds may not be read. Apply deploy/rbac.yaml of the mesh backend to the cluster.',
      unread: [
        {
          kind: 'security.istio.io/PeerAuthentication',
          cause: 'forbidden',
          message:
            'list is forbidden: add the rule for security.istio.io/peerauthentications from deploy/rbac.yaml',
        },
        {
          kind: 'gateway.networking.k8s.io/GRPCRoute',
          cause: 'absent',
          message: 'The cluster does not serve gateway.networking.k8s.io/v1',
        },
      ],
    },
    {
      ...west,
      status: 'stale',
      since: '2026-11-25T11:48:00Z',
      message: 'connect ECONNREFUSED 10.0.0.7:6443',
    },
    {
      name: 'north',
      status: 'unreachable',
      since: '2026-11-25T09:00:00Z',
      message: 'getaddrinfo ENOTFOUND north.example.com',
      unread: [],
    },
    {
      name: 'south',
      status: 'unsupported-auth',
      message: 'The cluster is configured with the auth provider oidc',
      unread: [],
    },
    { name: 'edge', status: 'syncing', unread: [] },
  ],
  workloads: [
    {
      ...v1,
      ports: [
        {
          ...strictPort,
          accepts: {
            value: 'unknown',
            cause: 'forbidden',
            reasons: [forbiddenReason],
          },
          verdict: {
            value: 'unknown',
            cause: 'forbidden',
            reasons: [forbiddenReason],
          },
        },
      ],
      verdict: {
        value: 'unknown',
        cause: 'forbidden',
        reasons: [forbiddenReason],
      },
    },
  ],
};

/** An entity whose annotations lead to nothing. */
export const emptyMtls: MtlsAnswer = {
  entityRef: 'component:default/ratings',
  verdict: {
    value: 'unknown',
    reasons: [
      { rule: 'mesh/verdict/no-workload', text: 'The entity has no workload' },
    ],
  },
  clusters: [east, west],
  workloads: [],
};
