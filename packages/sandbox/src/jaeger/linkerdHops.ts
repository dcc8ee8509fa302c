import { TRACE_COLLECTOR } from '../controllers/injection/linkerd';
import type { LinkerdFlow } from '../traffic/linkerd/flow';
import { runningContainers, type Pod } from '../world/coreKinds';
import type { Hop, Ring } from './hop';
import type { Reporter, SpanKind } from './span';

/** What proxies call themselves where no label of the pod says a name. Upstream: `proxy.tracing.traceServiceName`. */
const DEFAULT_SERVICE = 'linkerd-proxy';

/**
 * The spans that Linkerd's proxies report of a flow: a server and a client span of each proxy that it goes through. They
 * do so only in a trace that somebody else has begun, carry the labels of their pod, and leave the status unset.
 * Upstream: linkerd2-proxy, `linkerd/app/core/src/http_tracing.rs`.
 */
export function linkerdHop(flow: LinkerdFlow): Hop {
  const { request, rate, client, server, outbound, inbound, outcome } = flow;
  const rings: Ring[] = [];
  if (!flow.opaque) {
    if (outbound && reportsSpans(client)) {
      rings.push(ringOf(flow, client, 'outbound', 'server'));
      if (server) {
        rings.push(ringOf(flow, client, 'outbound', 'client'));
      }
    }
    if (inbound && server && reportsSpans(server)) {
      rings.push(ringOf(flow, server, 'inbound', 'server'));
      if (outcome.by === 'server') {
        rings.push(ringOf(flow, server, 'inbound', 'client'));
      }
    }
  }
  return {
    request,
    rate,
    client,
    ...(server && outcome.by === 'server' && { server }),
    status: outcome.code,
    latency: flow.latency,
    rings,
  };
}

/** Whether a pod's proxy was told of a collector when the pod was made. */
function reportsSpans(pod: Pod): boolean {
  return runningContainers(pod).some(
    ({ name, env }) =>
      name === 'linkerd-proxy' &&
      env.some(variable => variable.name === TRACE_COLLECTOR),
  );
}

function ringOf(
  { request, outcome, service }: LinkerdFlow,
  pod: Pod,
  direction: 'inbound' | 'outbound',
  kind: SpanKind,
): Ring {
  const grpc = request.protocol === 'grpc';
  const authority = `${service.name}.${service.namespace}.svc.cluster.local`;
  return {
    reporter: proxyReporter(pod),
    pod,
    name: request.path,
    kind,
    failed: false,
    attributes: {
      direction,
      'http.request.method': request.method,
      'url.scheme': 'http',
      'url.path': request.path,
      'url.full': `http://${authority}:${request.port}${request.path}`,
      'server.address': authority,
      'server.port': String(request.port),
      'network.transport': 'tcp',
      'http.response.status_code':
        grpc && outcome.by === 'server' ? 200 : outcome.code,
    },
  };
}

function proxyReporter(pod: Pod): Reporter {
  return {
    service:
      pod.labels['app.kubernetes.io/instance'] ??
      pod.labels['app.kubernetes.io/name'] ??
      DEFAULT_SERVICE,
    attributes: {
      ...pod.labels,
      'host.name': pod.name,
      'k8s.pod.ip': pod.body.status.podIP ?? '',
      'k8s.pod.uid': pod.uid,
      'k8s.container.name': 'linkerd-proxy',
    },
  };
}
