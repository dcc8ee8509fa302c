import { Reason } from '../contract/common';
import { RouteRetries, RouteRule, RouteTimeout } from '../contract/routing';
import { because } from '../mesh/answers';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import {
  OutboundPolicy,
  OutboundRetry,
  OutboundRule,
  OutboundTimeout,
  SettingSource,
} from './outbound/policy';

/** Retries and timeouts of a rule. */
export interface RuleSettings extends Pick<RouteRule, 'retries' | 'timeout'> {
  reasons: Reason[];
}

const ANNOTATIONS = 'metadata.annotations.';

/** Retries and timeouts of a rule, and which of the parent's have no effect on it since they are invalid. */
export function ruleSettings(
  snapshot: MeshSnapshot,
  policy: OutboundPolicy,
  { timeouts, retry }: OutboundRule,
): RuleSettings {
  const { request, response, idle } = timeouts;
  const retries = policy.protocol === 'grpc' ? 'grpc-retries' : 'http-retries';
  const lost = policy.invalidSettings.filter(
    ({ group }) =>
      (group === 'timeouts' && Object.keys(timeouts).length === 0) ||
      (group === retries && !retry),
  );
  return {
    ...(request && { timeout: timeoutOf(snapshot, request) }),
    ...(retry && { retries: retriesOf(snapshot, retry) }),
    reasons: [
      ...lost.map(({ reason }) => reason),
      ...(response
        ? [
            setBy(
              snapshot,
              response.source,
              `A response must be complete within ${response.ms} ms`,
            ),
          ]
        : []),
      ...(idle
        ? [
            setBy(
              snapshot,
              idle.source,
              `A stream on which nothing comes for ${idle.ms} ms is ended`,
            ),
          ]
        : []),
    ],
  };
}

function timeoutOf(
  snapshot: MeshSnapshot,
  { ms, source }: OutboundTimeout,
): RouteTimeout {
  return {
    ms,
    reasons: [
      setBy(
        snapshot,
        source,
        source.field.startsWith(ANNOTATIONS)
          ? 'Sets the timeout of requests'
          : 'The rule sets the timeout of requests',
      ),
    ],
  };
}

function retriesOf(
  snapshot: MeshSnapshot,
  { limit, timeoutMs, on, sources }: OutboundRetry,
): RouteRetries {
  return {
    attempts: limit,
    ...(timeoutMs !== undefined && { perTryTimeoutMs: timeoutMs }),
    on,
    reasons: sources.map(source => {
      const annotation = source.field.slice(ANNOTATIONS.length);
      const { annotations } = source.object.metadata;
      return setBy(
        snapshot,
        source,
        `${annotation} is ${annotations[annotation]}`,
      );
    }),
  };
}

function setBy(
  snapshot: MeshSnapshot,
  source: SettingSource,
  text: string,
): Reason {
  return because('linkerd/route-settings', text, { snapshot, ...source });
}
