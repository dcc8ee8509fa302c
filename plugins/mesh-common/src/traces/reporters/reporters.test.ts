import { testSpan } from '../../__testUtils__/spans';
import { podSchema } from '../../kubernetes/schemas/core';
import { Workload } from '../../mesh/workloads';
import { Attributes } from '../model';
import { isSpanOf, placeOf, roleOf, traceSearches } from './reporters';

function workload(
  name: string,
  overrides: {
    labels?: Record<string, string>;
    kind?: string;
    namespace?: string;
  } = {},
): Workload {
  const { labels = { app: name }, kind = 'Deployment' } = overrides;
  const namespace = overrides.namespace ?? 'shop';
  return {
    ref: { cluster: 'east', namespace, kind, name },
    labels,
    annotations: {},
    serviceAccount: name,
    pods: [],
  };
}

function span(
  service: string,
  attributes: Attributes = {},
  process: Attributes = {},
) {
  return testSpan('a', {
    attributes,
    process: { service, attributes: process },
  });
}

function envoySpan(service: string, pod: string, type = 'sidecar') {
  return span(service, {
    component: 'proxy',
    node_id: `${type}~10.1.0.7~${pod}.shop~shop.svc.cluster.local`,
  });
}

function linkerdSpan(deployment: string, namespace = 'shop') {
  return span(
    'linkerd-proxy',
    { direction: 'inbound' },
    {
      'linkerd.io/workload-ns': namespace,
      'linkerd.io/proxy-deployment': deployment,
      'host.name': `${deployment}-5d4f8b9c7-x2x4z`,
    },
  );
}

function applicationSpan(service: string, process: Attributes = {}) {
  return span(service, {}, process);
}

const IN_SHOP = { 'k8s.namespace.name': 'shop' };

describe('traceSearches', () => {
  it.each([
    [
      workload('reviews-v2', {
        labels: {
          app: 'reviews',
          'service.istio.io/canonical-name': 'critiques',
        },
      }),
      [
        'critiques',
        'critiques.shop',
        'linkerd-proxy',
        'reviews',
        'reviews-v2',
        'reviews-v2.shop',
        'reviews.shop',
      ],
    ],
    [
      workload('web', {
        labels: { 'app.kubernetes.io/instance': 'poll-web' },
      }),
      ['linkerd-proxy', 'poll-web', 'poll-web.shop', 'web', 'web.shop'],
    ],
  ])('has the names of proxies and applications', (one, expected) => {
    expect(traceSearches(one).map(({ service }) => service)).toEqual(expected);
  });

  it('does not search for a proxy that no pod has', () => {
    const pod = (labels: Record<string, string>) =>
      podSchema.parse({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'web-1', namespace: 'shop', labels },
        spec: { containers: [] },
      });
    const names = (labels: Record<string, string>) =>
      traceSearches({ ...workload('web'), pods: [pod(labels)] }).map(
        ({ service }) => service,
      );
    expect(names({})).not.toContain('linkerd-proxy');
    expect(names({ 'linkerd.io/control-plane-ns': 'linkerd' })).toContain(
      'linkerd-proxy',
    );
  });

  it('tells workloads apart that share a name', () => {
    expect(traceSearches(workload('web', { kind: 'StatefulSet' }))).toEqual([
      {
        service: 'linkerd-proxy',
        tags: {
          'linkerd.io/workload-ns': 'shop',
          'linkerd.io/proxy-statefulset': 'web',
        },
      },
      { service: 'web', tags: {} },
      { service: 'web.shop', tags: {} },
    ]);
  });
});

describe('isSpanOf', () => {
  it.each([
    // The place decides.
    [
      envoySpan('reviews.shop', 'reviews-v2-7d9f8b6c5-k4x2z'),
      'reviews-v2',
      true,
    ],
    [envoySpan('reviews.shop', 'reviews-v2-7d9f8b6c5-k4x2z'), 'reviews', false],
    [envoySpan('other.shop', 'reviews-v2-7d9f8b6c5-k4x2z'), 'reviews-v2', true],
    [linkerdSpan('web'), 'web', true],
    [linkerdSpan('web'), 'web-v2', false],
    [linkerdSpan('web', 'elsewhere'), 'web', false],
    [
      applicationSpan('anything', {
        ...IN_SHOP,
        'k8s.deployment.name': 'web',
      }),
      'web',
      true,
    ],
    [
      applicationSpan('web', { ...IN_SHOP, 'k8s.deployment.name': 'api' }),
      'web',
      false,
    ],
    [applicationSpan('web', IN_SHOP), 'web', true],
    [applicationSpan('web', { 'k8s.namespace.name': 'other' }), 'web', false],
    // Without a place the name must have the namespace in it.
    [applicationSpan('web.shop'), 'web', true],
    [applicationSpan('web'), 'web', false],
    [applicationSpan('web.other'), 'web', false],
    [span('web.shop', { component: 'proxy' }), 'web', true],
    [
      span('web.shop', { component: 'proxy', 'istio.namespace': 'shop' }),
      'web',
      true,
    ],
    [
      span('web.shop', { component: 'proxy', 'istio.namespace': 'other' }),
      'web',
      false,
    ],
  ])('%#: %j of %s: %s', (one, name, expected) => {
    expect(isSpanOf(one, workload(name))).toBe(expected);
  });

  it.each([
    ['StatefulSet', 'db-0', true],
    ['StatefulSet', 'db-replica-0', false],
    ['DaemonSet', 'db-x2x4z', true],
    ['DaemonSet', 'db-x2x4z-1', false],
    ['Deployment', 'db-5d4f8b9c7-x2x4z', true],
    ['Deployment', 'db-v2-5d4f8b9c7-x2x4z', false],
    ['Deployment', 'db-x2x4z', false],
  ])('takes pods that a %s made: %s %s', (kind, pod, expected) => {
    expect(isSpanOf(envoySpan('x', pod), workload('db', { kind }))).toBe(
      expected,
    );
  });
});

describe('roleOf and placeOf', () => {
  it.each([
    [envoySpan('a.shop', 'waypoint-1', 'waypoint'), 'proxy', 'waypoint-1'],
    [linkerdSpan('web'), 'proxy', 'web-5d4f8b9c7-x2x4z'],
    [applicationSpan('a'), 'application', undefined],
    [
      applicationSpan('a', { ...IN_SHOP, 'k8s.pod.name': 'a-1' }),
      'application',
      'a-1',
    ],
  ])('%#', (one, role, pod) => {
    expect(roleOf(one)).toBe(role);
    expect(placeOf(one)?.pod).toBe(pod);
  });
});
