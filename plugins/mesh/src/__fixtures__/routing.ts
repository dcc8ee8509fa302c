import {
  PortRoutes,
  Reason,
  RouteRule,
  RoutingAnswer,
  ServiceRoutes,
} from 'backstage-plugin-mesh-common';
import { east, west } from './reasons';

export const virtualServiceReason = (field: string, text: string): Reason => ({
  rule: 'istio/virtual-service',
  text,
  object: {
    cluster: 'east',
    kind: 'networking.istio.io/VirtualService',
    namespace: 'shop',
    name: 'reviews',
  },
  field,
});

const destinationRule = (field: string, text: string): Reason => ({
  rule: 'istio/destination-rule',
  text,
  object: {
    cluster: 'east',
    kind: 'networking.istio.io/DestinationRule',
    namespace: 'shop',
    name: 'reviews',
  },
  field,
});

export const reviewsService = {
  cluster: 'east',
  namespace: 'shop',
  name: 'reviews',
};

const HOST = 'reviews.shop.svc.cluster.local';

export function rule(change: Partial<RouteRule>): RouteRule {
  return {
    name: 'VirtualService shop/reviews http[0]',
    matches: [],
    action: 'forward',
    backends: [],
    mirrors: [],
    headers: [],
    reasons: [
      virtualServiceReason('spec.http[0]', 'The first rule of shop/reviews'),
    ],
    ...change,
  };
}

const jason = rule({
  matches: [
    [
      {
        subject: 'header',
        name: 'end-user',
        operator: 'exact',
        value: 'jason',
      },
    ],
    [
      { subject: 'path', operator: 'prefix', value: '/beta', ignoreCase: true },
      { subject: 'method', operator: 'exact', value: 'GET' },
    ],
  ],
  backends: [
    {
      host: HOST,
      service: reviewsService,
      subset: 'v2',
      port: 9080,
      percent: 100,
    },
  ],
  fault: {
    delay: { ms: 500, percent: 10 },
    abort: { httpStatus: 503, percent: 0.5 },
  },
  mirrors: [{ host: HOST, subset: 'v3', percent: 5 }],
  headers: ['request set x-team: shop'],
});

const split = rule({
  name: 'VirtualService shop/reviews http[1]',
  backends: [
    {
      host: HOST,
      service: reviewsService,
      subset: 'v1',
      port: 9080,
      weight: 85,
      percent: 85,
    },
    {
      host: HOST,
      service: reviewsService,
      subset: 'v2',
      port: 9080,
      weight: 10,
      percent: 10,
    },
    {
      host: HOST,
      service: reviewsService,
      subset: 'v3',
      port: 9080,
      weight: 5,
      percent: 5,
      missing: {
        status: 503,
        reason: destinationRule(
          'spec.subsets',
          'DestinationRule shop/reviews has no subset v3',
        ),
      },
    },
  ],
  timeout: {
    ms: 3000,
    reasons: [virtualServiceReason('spec.http[1].timeout', 'The rule sets 3s')],
  },
  retries: {
    attempts: 3,
    perTryTimeoutMs: 2000,
    on: ['5xx', 'reset'],
    reasons: [
      virtualServiceReason(
        'spec.http[1].retries',
        'The rule sets its own retries',
      ),
    ],
  },
  slowTries: {
    worstCaseMs: 3000,
    text: 'If every try is slow, retry 1 is cut after 1 s, retries 2-3 never start: the request fails after 3 s',
  },
  reasons: [
    virtualServiceReason('spec.http[1]', 'The second rule of shop/reviews'),
  ],
});

const old = rule({
  name: 'VirtualService shop/reviews http[2]',
  matches: [[{ subject: 'path', operator: 'prefix', value: '/old' }]],
  action: 'redirect',
  redirect: { code: 308, path: '/reviews' },
  neverMatches: virtualServiceReason(
    'spec.http[1]',
    'Rule 2 has no condition and takes every request before this one',
  ),
  reasons: [
    virtualServiceReason('spec.http[2]', 'The third rule of shop/reviews'),
  ],
});

const istioPort: PortRoutes = {
  port: 9080,
  name: 'http',
  protocol: {
    value: 'http',
    reasons: [
      {
        rule: 'istio/protocol',
        text: 'The name of the Service port begins with http',
        object: { ...reviewsService, kind: 'Service' },
        field: 'spec.ports[0].name',
      },
    ],
  },
  routing: {
    value: 'rules',
    reasons: [virtualServiceReason('spec.hosts', 'It names the host reviews')],
    mayDiffer: [
      {
        rule: 'istio/envoy-filter',
        text: 'EnvoyFilter shop/lua-headers selects the clients, and its patches are not modelled',
        object: {
          cluster: 'east',
          kind: 'networking.istio.io/EnvoyFilter',
          namespace: 'shop',
          name: 'lua-headers',
        },
      },
    ],
  },
  rules: [jason, split, old],
  destinations: [
    {
      host: HOST,
      subset: 'v1',
      labels: { version: 'v1' },
      endpoints: { ready: 2, total: 2 },
      loadBalancer: 'LEAST_REQUEST',
      limits: [
        { name: 'maxConnections', value: 100, unit: 'count' },
        { name: 'connectTimeout', value: 10_000, unit: 'ms' },
      ],
      outlierDetection: {
        ejectsAfter: '5 gateway errors in a row',
        baseEjectionMs: 30_000,
        intervalMs: 10_000,
        maxEjectionPercent: 50,
      },
      locality: {
        mode: 'failover',
        text: 'near localities first, others by topology.kubernetes.io/region when ejected',
      },
      tlsMode: 'ISTIO_MUTUAL',
      reasons: [destinationRule('spec.trafficPolicy', 'It is for this host')],
    },
    {
      host: HOST,
      subset: 'v2',
      labels: { version: 'v2' },
      endpoints: { ready: 0, total: 3 },
      limits: [],
      locality: {
        mode: 'inactive',
        text: 'locality failover is inactive: it needs outlierDetection',
      },
      reasons: [destinationRule('spec.subsets[1]', 'It defines the subset')],
    },
  ],
  ignored: [
    {
      rule: 'istio/virtual-service-order',
      text: 'VirtualService shop/reviews-old names the same host and is younger than shop/reviews',
      object: {
        cluster: 'east',
        kind: 'networking.istio.io/VirtualService',
        namespace: 'shop',
        name: 'reviews-old',
      },
      field: 'spec.hosts[0]',
    },
  ],
};

const httpRoute = (field: string, text: string): Reason => ({
  rule: 'linkerd/http-route',
  text,
  object: {
    cluster: 'west',
    kind: 'gateway.networking.k8s.io/HTTPRoute',
    namespace: 'reviews',
    name: 'reviews',
  },
  field,
});

const linkerdPort: PortRoutes = {
  port: 80,
  name: 'http',
  protocol: { value: 'http2', reasons: [] },
  routing: {
    value: 'rules',
    predicted: true,
    reasons: [httpRoute('spec.parentRefs[0]', 'It is attached to the Service')],
  },
  rules: [
    rule({
      name: 'HTTPRoute reviews/reviews rules[0]',
      matches: [
        [{ subject: 'path', operator: 'exact', value: '/api/reviews' }],
      ],
      backends: [
        {
          host: 'reviews.reviews.svc.cluster.local',
          port: 80,
          weight: 1,
          percent: 50,
        },
        {
          host: 'reviews-next.reviews.svc.cluster.local',
          port: 80,
          weight: 1,
          percent: 50,
        },
      ],
      rewrite: { pathPrefix: '/v2' },
      retries: {
        attempts: 1,
        on: ['5xx'],
        budget: { percent: 20, minPerSecond: 10 },
        reasons: [
          httpRoute(
            'metadata.annotations.retry.linkerd.io/http',
            'The annotation asks for retries',
          ),
        ],
      },
      reasons: [
        httpRoute('spec.rules[0]', 'The first rule of reviews/reviews'),
      ],
    }),
  ],
  unmatched: {
    status: 404,
    reason: httpRoute(
      'spec.rules',
      'A Service with routes answers 404 to what none of them matches',
    ),
  },
  destinations: [],
  ignored: [],
};

const eastService: ServiceRoutes = {
  service: reviewsService,
  host: HOST,
  mesh: 'istio',
  waypoint: 'shop/waypoint',
  seenFrom: { namespace: 'shop' },
  ports: [istioPort],
};

const westService: ServiceRoutes = {
  service: { cluster: 'west', namespace: 'reviews', name: 'reviews' },
  host: 'reviews.reviews.svc.cluster.local',
  mesh: 'linkerd',
  seenFrom: { namespace: 'reviews' },
  ports: [linkerdPort],
};

/** A Service of each mesh. */
export const reviewsRouting: RoutingAnswer = {
  entityRef: 'component:default/reviews',
  clusters: [east, west],
  services: [eastService, westService],
  withoutService: [],
};

/** Ports without rules, without a mesh, and of which nothing can be said. */
export const plainRouting: RoutingAnswer = {
  ...reviewsRouting,
  clusters: [east],
  services: [
    {
      ...eastService,
      waypoint: undefined,
      seenFrom: {
        namespace: 'shop',
        workload: {
          cluster: 'east',
          namespace: 'shop',
          kind: 'Deployment',
          name: 'productpage',
        },
      },
      ports: [
        {
          ...istioPort,
          routing: {
            value: 'service',
            reasons: [
              {
                rule: 'istio/virtual-service',
                text: 'No VirtualService names the host for clients in shop',
              },
            ],
          },
          rules: [],
          ignored: [],
        },
        {
          ...istioPort,
          port: 9090,
          name: 'metrics',
          routing: {
            value: 'unknown',
            cause: 'malformed',
            reasons: [
              virtualServiceReason(
                'spec.http[0].route',
                'VirtualService shop/metrics cannot be read: spec.http[0].route: expected array, received string',
              ),
            ],
          },
          rules: [],
          destinations: [],
          ignored: [],
        },
      ],
    },
    {
      service: { ...reviewsService, name: 'importer', namespace: 'legacy' },
      host: 'importer.legacy',
      seenFrom: { namespace: 'legacy' },
      ports: [
        {
          port: 80,
          protocol: { value: 'tcp', reasons: [] },
          routing: {
            value: 'not-in-mesh',
            reasons: [
              {
                rule: 'mesh/routes/no-proxy',
                text: 'No workload behind the Service is in a mesh',
              },
            ],
          },
          rules: [],
          destinations: [],
          ignored: [],
        },
      ],
    },
  ],
  withoutService: [
    {
      cluster: 'east',
      namespace: 'shop',
      kind: 'Deployment',
      name: 'reviews-batch',
    },
  ],
};

/** Workloads, but no Service that selects them. */
export const noServiceRouting: RoutingAnswer = {
  ...plainRouting,
  services: [],
};

/** Nothing that the annotations lead to. */
export const emptyRouting: RoutingAnswer = {
  ...reviewsRouting,
  services: [],
};
