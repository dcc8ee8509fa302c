import { isService } from '../../gateway-api/references';
import {
  GRPC_ROUTE_KIND,
  LinkerdRoute,
  parentsOf,
} from '../../linkerd/linkerdRoutes';
import {
  Annotations,
  parseRetry,
  parseTimeouts,
} from '../../linkerd/trafficAnnotations';
import { defineRequestChecks } from '../linkerdRouteChecks';
import { refOf } from '../naming';

const CHECK = {
  code: 'MESH-L0311',
  level: 'info',
  title: 'Retries without a timeout',
  explanation:
    'A try that gets no answer is not tried again, and holds its caller as long as the connection lasts: retries help against errors alone. Set timeout.linkerd.io/request or timeout.linkerd.io/response, and retry.linkerd.io/timeout for a single try.',
  upstream: 'linkerd/http/retry/src/lib.rs (linkerd2-proxy)',
} as const;

const PROTOCOLS = ['http', 'grpc'] as const;

/** The annotation by which retries are asked for, where no try of them is given up by time. */
function retriesOf(
  annotations: Annotations,
  protocols: readonly (typeof PROTOCOLS)[number][],
): string | undefined {
  for (const protocol of protocols) {
    const parsed = parseRetry(annotations, protocol);
    const settings = 'settings' in parsed ? parsed.settings : undefined;
    if (settings && settings.timeoutMs === undefined) {
      return settings.annotations[0];
    }
  }
  return undefined;
}

function hasTimeout(annotations: Annotations): boolean {
  const parsed = parseTimeouts(annotations);
  return 'settings' in parsed && parsed.settings !== undefined;
}

function rulesHaveTimeout({ kind, route }: LinkerdRoute): boolean {
  const rules = kind === GRPC_ROUTE_KIND ? [] : route.spec?.rules ?? [];
  return rules.length > 0 && rules.every(({ timeouts }) => timeouts?.request);
}

/** A Service or a route asks for retries, and nothing ends a try that gets no answer. */
export const retriesWithoutTimeout = defineRequestChecks(
  CHECK,
  function* ofService(service) {
    const { annotations } = service.metadata;
    const retries = retriesOf(annotations, PROTOCOLS);
    if (retries && !hasTimeout(annotations)) {
      yield {
        message: `${refOf(
          service,
        )} asks for retries (${retries}) and sets no timeout`,
        field: `metadata.annotations.${retries}`,
      };
    }
  },
  function* ofRoute(candidate, snapshot) {
    const { route } = candidate;
    const { annotations } = route.metadata;
    const retries = retriesOf(annotations, [
      candidate.kind === GRPC_ROUTE_KIND ? 'grpc' : 'http',
    ]);
    const services = parentsOf(candidate).flatMap(({ referent }) =>
      isService(referent)
        ? snapshot.get('Service', referent.namespace, referent.name) ?? []
        : [],
    );
    if (
      retries &&
      !hasTimeout(annotations) &&
      !rulesHaveTimeout(candidate) &&
      services.some(service => !hasTimeout(service.metadata.annotations))
    ) {
      yield {
        message: `${refOf(
          route,
        )} asks for retries (${retries}), and neither it nor its Service sets a timeout`,
        field: `metadata.annotations.${retries}`,
      };
    }
  },
);
