import { HTTPRouteRule } from '../../gateway-api/objects';
import { isService } from '../../gateway-api/references';
import { parseAnnotationDuration } from '../../linkerd/durations';
import {
  GRPC_ROUTE_KIND,
  LinkerdRoute,
  parentsOf,
} from '../../linkerd/linkerdRoutes';
import { CheckFinding } from '../check';
import { defineRouteChecks } from '../linkerdRouteChecks';
import { refOf } from '../naming';

/** A rule sets something of which Linkerd takes nothing, or which it cannot read. */
export const ruleSettingIgnored = defineRouteChecks(
  {
    code: 'MESH-L0312',
    level: 'warning',
    title: 'A setting of a rule that Linkerd does not read',
    explanation:
      'Of what the Gateway API has, Linkerd reads timeouts.request of a rule, and of the Gateway API’s own routes that only as one whole number and one unit: 1h30m is taken by the API server and has no effect. It reads neither timeouts.backendRequest nor retry: retries and timeouts of a try are set by the annotations retry.linkerd.io/http, retry.linkerd.io/limit and retry.linkerd.io/timeout.',
    upstream:
      'policy-controller/k8s/index/src/outbound/index/http.rs, convert_gateway_rule (linkerd2)',
  },
  function* run(candidate) {
    if (
      candidate.kind !== GRPC_ROUTE_KIND &&
      parentsOf(candidate).some(({ referent }) => isService(referent))
    ) {
      for (const [index, rule] of (
        candidate.route.spec?.rules ?? []
      ).entries()) {
        yield* ignoredOf(candidate, rule, `spec.rules[${index}]`);
      }
    }
  },
);

function* ignoredOf(
  { kind, route }: LinkerdRoute,
  { timeouts, retry }: HTTPRouteRule,
  at: string,
): Iterable<CheckFinding> {
  const { request, backendRequest } = timeouts ?? {};
  const parsed =
    kind === 'gateway.networking.k8s.io/HTTPRoute' && request !== undefined
      ? parseAnnotationDuration(request)
      : undefined;
  if (parsed && 'error' in parsed) {
    yield {
      message: `The timeout ${request} of ${refOf(
        route,
      )} has no effect, since Linkerd cannot read it (${parsed.error})`,
      field: `${at}.timeouts.request`,
    };
  }
  if (backendRequest !== undefined) {
    yield {
      message: `timeouts.backendRequest of ${refOf(
        route,
      )} has no effect: write the annotation retry.linkerd.io/timeout: ${backendRequest} for a single try`,
      field: `${at}.timeouts.backendRequest`,
    };
  }
  if (retry !== undefined) {
    yield {
      message: `retry of ${refOf(
        route,
      )} has no effect: write the annotations retry.linkerd.io/http: 5xx and retry.linkerd.io/limit: "${
        retry.attempts ?? 1
      }"`,
      field: `${at}.retry`,
    };
  }
}
