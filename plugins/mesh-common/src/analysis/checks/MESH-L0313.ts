import { GRPC_ROUTE_KIND } from '../../linkerd/linkerdRoutes';
import { Annotations, parseRetry } from '../../linkerd/trafficAnnotations';
import { defineRequestChecks } from '../linkerdRouteChecks';
import { refOf } from '../naming';

const CHECK = {
  code: 'MESH-L0313',
  level: 'warning',
  title: 'Retries without saying after what',
  explanation:
    'retry.linkerd.io/limit says how often a request is tried again, and not when. Without retry.linkerd.io/http (or grpc) no answer is tried again, whatever its status, and without retry.linkerd.io/timeout none that is late: only what found no endpoint that takes it.',
  upstream:
    'linkerd/app/outbound/src/http/logical/policy/route/retry.rs, is_retryable (linkerd2-proxy)',
} as const;

const LIMIT = 'retry.linkerd.io/limit';

/** Whether a limit is all that is said of retries by one of these protocols. */
function isLimitAlone(
  annotations: Annotations,
  protocols: readonly ('http' | 'grpc')[],
): boolean {
  return protocols.every(protocol => {
    const parsed = parseRetry(annotations, protocol);
    const settings = 'settings' in parsed ? parsed.settings : undefined;
    return (
      settings !== undefined &&
      settings.on.length === 0 &&
      settings.timeoutMs === undefined
    );
  });
}

const complaint = (of: string) => ({
  message: `${of} sets ${LIMIT}, and nothing says after what a request is tried again: add retry.linkerd.io/http: 5xx, or what is meant`,
  field: `metadata.annotations.${LIMIT}`,
});

/** A Service or a route limits retries that it does not ask for. */
export const retriesWithoutCondition = defineRequestChecks(
  CHECK,
  function* ofService(service) {
    if (isLimitAlone(service.metadata.annotations, ['http', 'grpc'])) {
      yield complaint(refOf(service));
    }
  },
  function* ofRoute({ kind, route }) {
    const protocol = kind === GRPC_ROUTE_KIND ? 'grpc' : 'http';
    if (isLimitAlone(route.metadata.annotations, [protocol])) {
      yield complaint(refOf(route));
    }
  },
);
