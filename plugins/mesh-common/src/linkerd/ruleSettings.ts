import { Reason } from '../contract/common';
import { RouteRetries, RouteRule, RouteTimeout } from '../contract/routing';
import { Service } from '../kubernetes/core';
import { KindId } from '../kubernetes/kinds';
import { KubernetesObject } from '../kubernetes/objects';
import { because } from '../mesh/answers';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { parseAnnotationDuration, parseGoDuration } from './durations';
import { GRPC_ROUTE_KIND, LinkerdRoute } from './linkerdRoutes';
import {
  ParsedSettings,
  parseRetry,
  parseTimeouts,
  RetrySettings,
  TimeoutSettings,
} from './trafficAnnotations';

/** Retries and timeouts of a rule. */
export interface RuleSettings extends Pick<RouteRule, 'retries' | 'timeout'> {
  reasons: Reason[];
}

/** An object whose annotations set something. */
interface Source {
  snapshot: MeshSnapshot;
  kind: KindId;
  object: KubernetesObject;
}

/**
 * Retries and timeouts of a rule. If the route sets any timeout, none of the Service's count; retries
 * likewise. `timeouts.request` of the rule counts where the route has no annotation for it. What is invalid
 * on the Service voids the Service's settings of that sort.
 *
 * Upstream: policy-controller/grpc/src/outbound/http.rs, `convert_outbound_route`.
 */
export function ruleSettings(
  snapshot: MeshSnapshot,
  service: Service,
  route?: { candidate: LinkerdRoute; rule: number },
  protocol: 'http' | 'grpc' = 'http',
): RuleSettings {
  const serviceSource: Source = { snapshot, kind: 'Service', object: service };
  const timeouts =
    (route && routeTimeouts(snapshot, route)) ?? serviceTimeouts(serviceSource);
  const retries =
    (route && routeRetries(snapshot, route)) ??
    serviceRetries(serviceSource, protocol);
  return {
    ...(timeouts.timeout && { timeout: timeouts.timeout }),
    ...(retries.retries && { retries: retries.retries }),
    reasons: [...timeouts.reasons, ...retries.reasons],
  };
}

interface Timeouts {
  timeout?: RouteTimeout;
  reasons: Reason[];
}

interface Retries {
  retries?: RouteRetries;
  reasons: Reason[];
}

function routeTimeouts(
  snapshot: MeshSnapshot,
  { candidate, rule }: { candidate: LinkerdRoute; rule: number },
): Timeouts | undefined {
  const source: Source = {
    snapshot,
    kind: candidate.kind,
    object: candidate.route,
  };
  const parsed = parseTimeouts(candidate.route.metadata.annotations);
  const written = 'error' in parsed ? undefined : parsed.settings;
  const request =
    written?.request === undefined ? ruleTimeout(candidate, rule) : undefined;
  if (!written && request === undefined) {
    return undefined;
  }
  const result = timeoutsOf(source, written ?? {});
  return request === undefined
    ? result
    : {
        ...result,
        timeout: {
          ms: request,
          reasons: [
            setBy(
              source,
              'The rule sets the timeout of requests',
              `spec.rules[${rule}].timeouts.request`,
            ),
          ],
        },
      };
}

/** The timeout that the rule itself writes; 0 means none. */
function ruleTimeout(
  candidate: LinkerdRoute,
  rule: number,
): number | undefined {
  if (candidate.kind === GRPC_ROUTE_KIND) {
    return undefined;
  }
  const text = candidate.route.spec?.rules?.[rule]?.timeouts?.request;
  if (text === undefined) {
    return undefined;
  }
  const parsed =
    candidate.kind === 'policy.linkerd.io/HTTPRoute'
      ? parseGoDuration(text)
      : parseAnnotationDuration(text);
  return 'ms' in parsed && parsed.ms > 0 ? parsed.ms : undefined;
}

function serviceTimeouts(source: Source): Timeouts {
  const parsed = parseTimeouts(source.object.metadata.annotations);
  return 'error' in parsed
    ? { reasons: [invalid(source, parsed, 'timeouts')] }
    : timeoutsOf(source, parsed.settings ?? {});
}

function timeoutsOf(source: Source, settings: TimeoutSettings): Timeouts {
  const { request, response, idle } = settings;
  const by = (name: string) =>
    `metadata.annotations.timeout.linkerd.io/${name}`;
  return {
    ...(request !== undefined && {
      timeout: {
        ms: request,
        reasons: [setBy(source, 'Sets the timeout of requests', by('request'))],
      },
    }),
    reasons: [
      ...(response === undefined
        ? []
        : [
            setBy(
              source,
              `The response must begin within ${response} ms`,
              by('response'),
            ),
          ]),
      ...(idle === undefined
        ? []
        : [
            setBy(
              source,
              `A stream on which nothing comes for ${idle} ms is ended`,
              by('idle'),
            ),
          ]),
    ],
  };
}

function routeRetries(
  snapshot: MeshSnapshot,
  { candidate }: { candidate: LinkerdRoute },
): Retries | undefined {
  const parsed = parseRetry(
    candidate.route.metadata.annotations,
    candidate.kind === GRPC_ROUTE_KIND ? 'grpc' : 'http',
  );
  return 'settings' in parsed && parsed.settings
    ? {
        retries: retriesOf(
          { snapshot, kind: candidate.kind, object: candidate.route },
          parsed.settings,
        ),
        reasons: [],
      }
    : undefined;
}

function serviceRetries(source: Source, protocol: 'http' | 'grpc'): Retries {
  const parsed = parseRetry(source.object.metadata.annotations, protocol);
  if ('error' in parsed) {
    return { reasons: [invalid(source, parsed, 'retries')] };
  }
  return parsed.settings
    ? { retries: retriesOf(source, parsed.settings), reasons: [] }
    : { reasons: [] };
}

function retriesOf(
  source: Source,
  { limit, timeoutMs, on, annotations }: RetrySettings,
): RouteRetries {
  return {
    attempts: limit,
    ...(timeoutMs !== undefined && { perTryTimeoutMs: timeoutMs }),
    on,
    reasons: annotations.map(annotation =>
      setBy(
        source,
        `${annotation} is ${source.object.metadata.annotations[annotation]}`,
        `metadata.annotations.${annotation}`,
      ),
    ),
  };
}

function setBy(source: Source, text: string, field: string): Reason {
  return because('linkerd/route-settings', text, { ...source, field });
}

function invalid(
  source: Source,
  { annotation, error }: Extract<ParsedSettings<unknown>, { error: string }>,
  what: string,
): Reason {
  return because(
    'linkerd/service-annotations',
    `The ${what} of the Service have no effect: ${annotation} is invalid (${error})`,
    { ...source, field: `metadata.annotations.${annotation}` },
  );
}
