import {
  StoredSpan,
  StoredTrace,
  summarizeTrace,
  TraceAnswer,
  TraceOperationsAnswer,
  TracesAnswer,
  traceView,
} from 'backstage-plugin-mesh-common';
import { reviewsMtls } from './mtls';

const START = Date.UTC(2026, 0, 15, 12, 0, 0) * 1_000;

function envoy(app: string): StoredSpan['process'] {
  return {
    service: `${app}.shop`,
    attributes: { 'telemetry.sdk.name': 'envoy' },
  };
}

const GATEWAY = envoy('gateway');
const PAGE_PROXY = envoy('productpage');
const PAGE = {
  service: 'productpage',
  attributes: {
    'k8s.namespace.name': 'shop',
    'k8s.pod.name': 'productpage-1',
    'telemetry.sdk.name': 'opentelemetry',
  },
};
const REVIEWS = envoy('reviews');
const SECRET = { service: 'ledger.vault', attributes: {} };

function span(
  id: string,
  from: number,
  to: number,
  overrides: Partial<StoredSpan>,
): StoredSpan {
  return {
    id: id.padStart(16, '0'),
    name: 'reviews.shop.svc.cluster.local:9080/*',
    kind: 'client',
    startUs: START + from,
    durationUs: to - from,
    process: GATEWAY,
    attributes: { 'http.method': 'GET', 'http.status_code': '200' },
    events: [],
    warnings: [],
    ...overrides,
    ...(overrides.parentId && {
      parentId: overrides.parentId.padStart(16, '0'),
    }),
  };
}

/** A page that asked for reviews: slow, since the reviews failed once; and somebody whom the reader may not see. */
export const storedTrace: StoredTrace = {
  id: '5dda682a01a2142d9f1052238fc1bebe',
  warnings: [],
  spans: [
    span('1', 0, 250_000, { name: 'productpage.shop.svc.cluster.local:80/*' }),
    span('2', 900, 248_000, {
      parentId: '1',
      kind: 'server',
      name: 'productpage.shop.svc.cluster.local:80/*',
      process: PAGE_PROXY,
    }),
    span('3', 1_200, 247_500, {
      parentId: '2',
      kind: 'server',
      name: 'GET /productpage',
      process: PAGE,
      attributes: {
        'http.request.method': 'GET',
        'http.route': '/productpage',
      },
    }),
    span('4', 20_000, 180_000, {
      parentId: '3',
      process: PAGE_PROXY,
      attributes: { 'http.status_code': '503', error: true },
    }),
    span('5', 12_000, 160_000, {
      parentId: '4',
      kind: 'server',
      process: REVIEWS,
      attributes: {
        'http.status_code': '503',
        error: true,
        component: 'proxy',
      },
      events: [
        {
          timeUs: START + 150_000,
          attributes: { event: 'exception', 'exception.type': 'Timeout' },
        },
      ],
      warnings: ['clock skew adjustment disabled'],
    }),
    span('6', 185_000, 240_000, {
      parentId: '3',
      name: 'POST /entries',
      process: SECRET,
    }),
  ],
};

const shown = ({ process }: StoredSpan) =>
  process === SECRET
    ? ({ shown: false } as const)
    : ({
        shown: true,
        ...(process === REVIEWS && { entityRef: 'component:default/reviews' }),
        ...((process === PAGE || process === PAGE_PROXY) && {
          entityRef: 'component:default/productpage',
        }),
      } as const);

const STORES = {
  entityRef: 'component:default/reviews',
  measuredAt: '2026-01-15T12:00:30.000Z',
  stores: [
    { name: 'sandbox', clusters: ['east'], status: 'answered' as const },
  ],
  withoutStore: [],
};

export const traceAnswer: TraceAnswer = {
  ...STORES,
  trace: traceView({
    trace: storedTrace,
    store: 'sandbox',
    shown,
    link: `https://jaeger.example.com/trace/${storedTrace.id}`,
  }),
};

const fastTrace: StoredTrace = {
  ...storedTrace,
  id: '0'.repeat(31).concat('2'),
  spans: [
    span('1', 5_000_000, 5_012_000, { process: REVIEWS, kind: 'server' }),
  ],
};

export const reviewsTraces: TracesAnswer = {
  ...STORES,
  clusters: reviewsMtls.clusters,
  lookbackSeconds: 3_600,
  limit: 20,
  services: ['reviews.shop'],
  expectedServices: ['reviews', 'reviews.shop'],
  traces: [fastTrace, storedTrace].map(trace =>
    summarizeTrace({ trace, store: 'sandbox', shown }),
  ),
  hasMore: false,
};

export const traceOperations: TraceOperationsAnswer = {
  ...STORES,
  service: 'reviews.shop',
  operations: ['reviews.shop.svc.cluster.local:9080/*'],
};
