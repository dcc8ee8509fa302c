import { z } from 'zod';
import { parse } from 'yaml';
import type { ObjectStore } from '../store/types';
import { dataPlaneOf } from '../traffic/istio/enrolment';
import type { IstioFlow } from '../traffic/istio/flow';
import { hostOf } from '../traffic/hosts';
import { workloadName } from '../traffic/workload';
import { configMaps, type Pod } from '../world/coreKinds';
import { telemetries } from '../world/istioKinds';
import type { Hop, Ring } from './hop';
import type { Attributes, Reporter } from './span';

const ROOT_NAMESPACE = 'istio-system';

/** What Envoys sample where a Telemetry names a provider and no percentage. Upstream: `pilot/pkg/features`, TraceSampling. */
const DEFAULT_PERCENTAGE = 1;

const meshSchema = z.looseObject({
  extensionProviders: z
    .array(
      z.looseObject({
        name: z.string(),
        opentelemetry: z.looseObject({}).optional(),
        zipkin: z.looseObject({}).optional(),
      }),
    )
    .default([]),
});

/**
 * The share of requests that Istio's proxies sample: by the Telemetry of the root namespace without a selector, if the
 * mesh has the provider that it names. Without one no proxy reports spans (undefined).
 */
export function istioSampling(store: ObjectStore): number | undefined {
  const text = configMaps.get(store, ROOT_NAMESPACE, 'istio')?.body.data.mesh;
  const mesh = meshSchema.safeParse(text ? parse(text) : {});
  const providers = mesh.success
    ? mesh.data.extensionProviders
        .filter(({ opentelemetry, zipkin }) => opentelemetry ?? zipkin)
        .map(({ name }) => name)
    : [];
  const tracing = telemetries
    .list(store, ROOT_NAMESPACE)
    .find(({ body }) => !body.spec.selector)?.body.spec.tracing[0];
  if (
    !tracing ||
    tracing.disableSpanReporting ||
    !providers.includes(tracing.providers[0]?.name ?? '')
  ) {
    return undefined;
  }
  return (tracing.randomSamplingPercentage ?? DEFAULT_PERCENTAGE) / 100;
}

/**
 * The spans that Envoys report of a flow: the client's sidecar (or gateway), the waypoint, the server's sidecar. A
 * ztunnel reports none, and of TCP there is none. Upstream: Envoy's `HttpTracerUtility`, and Istio's
 * pilot/pkg/networking/core/tracing.go for the tags `istio.*`.
 */
export function istioHop(
  flow: IstioFlow,
  context: { cluster: string; traced: boolean },
): Hop {
  const { request, client, server, waypoint, outcome, rate, latency } = flow;
  const rings: Ring[] = [];
  const add = (pod: Pod, inbound: boolean) =>
    rings.push(ringOf(flow, pod, inbound, context.cluster));
  if (context.traced) {
    if (dataPlaneOf(client) === 'sidecar') {
      add(client, false);
    }
    if (waypoint) {
      add(waypoint, true);
    }
    if (
      server &&
      dataPlaneOf(server) === 'sidecar' &&
      outcome.by !== 'reset' &&
      outcome.by !== 'client'
    ) {
      add(server, true);
    }
  }
  return {
    request,
    rate,
    client,
    ...(server && outcome.by === 'server' && { server }),
    status: responseOf(outcome).code,
    latency,
    rings,
  };
}

function ringOf(
  flow: IstioFlow,
  pod: Pod,
  inbound: boolean,
  cluster: string,
): Ring {
  const { request, service, server, outcome } = flow;
  const { code, flags } = responseOf(outcome);
  const host = service ? hostOf(service) : request.host;
  const peer = inbound ? flow.client : server;
  const upstream = inbound
    ? `inbound|${request.port}||`
    : `outbound|${request.port}||${host}`;
  return {
    reporter: envoyReporter(pod),
    pod,
    name: `${host}:${request.port}/*`,
    kind: inbound ? 'server' : 'client',
    failed: code >= 500,
    attributes: {
      component: 'proxy',
      node_id: `${nodeType(pod)}~${pod.body.status.podIP ?? ''}~${pod.name}.${
        pod.namespace
      }~${pod.namespace}.svc.cluster.local`,
      'http.url': `http://${request.host}${
        request.port === 80 ? '' : `:${request.port}`
      }${request.path}`,
      'http.method': request.method,
      'http.protocol': request.protocol === 'grpc' ? 'HTTP/2' : 'HTTP/1.1',
      'http.status_code': String(code),
      response_flags: flags,
      upstream_cluster: upstream,
      'upstream_cluster.name': upstream,
      downstream_cluster: '-',
      ...(peer?.body.status.podIP && {
        'peer.address': peer.body.status.podIP,
      }),
      ...istioTags(pod, cluster),
      ...(code >= 500 && { error: true }),
    },
  };
}

function istioTags(pod: Pod, cluster: string): Attributes {
  return {
    'istio.canonical_service':
      pod.labels['service.istio.io/canonical-name'] ?? 'unknown',
    'istio.canonical_revision':
      pod.labels['service.istio.io/canonical-revision'] ?? 'latest',
    'istio.mesh_id': 'cluster.local',
    'istio.namespace': pod.namespace,
    'istio.cluster_id': cluster,
  };
}

/** Upstream: `getServiceCluster` in pkg/bootstrap/config.go, with the default APP_LABEL_AND_NAMESPACE. */
function envoyReporter(pod: Pod): Reporter {
  const app =
    pod.labels.app ?? pod.labels['app.kubernetes.io/name'] ?? workloadName(pod);
  return {
    service: `${app}.${pod.namespace}`,
    attributes: {
      'telemetry.sdk.language': 'cpp',
      'telemetry.sdk.name': 'envoy',
    },
  };
}

function nodeType({ labels }: Pod): string {
  if (labels['gateway.istio.io/managed'] === 'istio.io-mesh-controller') {
    return 'waypoint';
  }
  return labels.istio?.includes('gateway') ? 'router' : 'sidecar';
}

function responseOf(outcome: IstioFlow['outcome']): {
  code: number;
  flags: string;
} {
  switch (outcome.by) {
    case 'server':
      return { code: outcome.code, flags: '-' };
    case 'server policy':
      return { code: 403, flags: '-' };
    case 'reset':
      return { code: 503, flags: 'UC' };
    default:
      return { code: outcome.code, flags: outcome.flags };
  }
}
