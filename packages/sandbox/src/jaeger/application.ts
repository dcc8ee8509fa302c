import { workloadOf } from '../controllers/injection/workload';
import type { Request } from '../traffic/request';
import type { Container, Pod } from '../world/coreKinds';
import type { Attributes, Reporter } from './span';

/** An application that reports spans of its own, as the environment of its container says. */
export interface Instrumentation {
  reporter: Reporter;
  /** The share of the requests that it begins of which it begins a trace. */
  sampled: number;
}

const SDK = { 'telemetry.sdk.name': 'opentelemetry' };
export const SCOPE = '@opentelemetry/instrumentation-http';

/** How the OpenTelemetry SDK in a pod is configured; undefined where it sends spans nowhere. */
export function instrumentationOf(pod: Pod): Instrumentation | undefined {
  const container = pod.body.spec.containers.find(({ env }) =>
    env.some(({ name }) => name === 'OTEL_EXPORTER_OTLP_ENDPOINT'),
  );
  if (!container) {
    return undefined;
  }
  const { kind, name } = workloadOf(pod.object);
  return {
    reporter: {
      service: valueOf(container, 'OTEL_SERVICE_NAME') ?? 'unknown_service',
      attributes: {
        ...SDK,
        'k8s.namespace.name': pod.namespace,
        'k8s.pod.name': pod.name,
        [`k8s.${kind.toLowerCase()}.name`]: name,
        'k8s.container.name': container.name,
      },
    },
    sampled: Number(valueOf(container, 'OTEL_TRACES_SAMPLER_ARG') ?? 1),
  };
}

function valueOf({ env }: Container, name: string): string | undefined {
  return env.find(variable => variable.name === name)?.value;
}

/** The name and attributes of the span of a server: the semantic conventions for HTTP and gRPC. */
export function serverSpan(request: Request, status: number) {
  return {
    name: spanName(request),
    failed: status >= 500,
    attributes: {
      ...common(request, status),
      ...(request.protocol !== 'grpc' && {
        'http.route': request.path,
        'url.path': request.path,
        'url.scheme': 'http',
      }),
    },
  };
}

/** The same of a client, for which any refusal is an error. */
export function clientSpan(request: Request, status: number) {
  return {
    name: request.protocol === 'grpc' ? spanName(request) : request.method,
    failed: status >= 400,
    attributes: {
      ...common(request, status),
      'server.address': request.host,
      'server.port': request.port,
      ...(request.protocol !== 'grpc' && {
        'url.full': `http://${request.host}:${request.port}${request.path}`,
      }),
    },
  };
}

function spanName({ protocol, method, path }: Request): string {
  return protocol === 'grpc' ? path.slice(1) : `${method} ${path}`;
}

function common(
  { protocol, method, path }: Request,
  status: number,
): Attributes {
  if (protocol !== 'grpc') {
    return {
      'http.request.method': method,
      'http.response.status_code': status,
    };
  }
  const [, service, name] = path.split('/');
  return {
    'rpc.system': 'grpc',
    'rpc.service': service,
    'rpc.method': name ?? '',
    'rpc.grpc.status_code': grpcStatus(status),
  };
}

function grpcStatus(status: number): number {
  if (status < 400) {
    return 0;
  }
  return status === 403 ? 7 : 13;
}
