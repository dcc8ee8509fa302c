import { MeshSnapshot } from '../../../snapshot/MeshSnapshot';
import { MeshConfig } from '../../meshConfig';
import { defaultRetries, retriesOf } from '../../routing/resilience';
import { retryPlaces } from '../../routing/retryPlaces';
import { SourceRule } from '../../routing/source';
import { OutboundAnswer } from '../call';

const STATUS_CODES = 'retriable-status-codes';

/** The status codes that have a name in HTTP; other numbers are no codes to Istio. */
const NAMED =
  /^(10[0-3]|20[0-8]|226|30[0-578]|40\d|41[0-8]|42[1-689]|431|451|50[0-8]|51[01])$/;

/**
 * When and how often a rule (or a service without rules) retries, as Envoy has it: numbers among the conditions
 * are status codes, which count where the condition `retriable-status-codes` is there too.
 *
 * Upstream: pilot/pkg/networking/core/route/retry/retry.go, `ConvertPolicy`, `parseRetryOn`.
 */
export function appliedRetries(
  snapshot: MeshSnapshot,
  rule: SourceRule | undefined,
  config: MeshConfig,
  /** A hash of the request picks its endpoint. */
  picksByHash: boolean,
): OutboundAnswer['retries'] {
  const { attempts, on, perTryTimeoutMs } = rule
    ? retriesOf(snapshot, rule.http, rule.written, config)
    : defaultRetries(snapshot, config);
  if (attempts === 0) {
    return undefined;
  }
  const codes = on.filter(part => NAMED.test(part)).map(Number);
  const conditions = on.filter(part => !NAMED.test(part));
  const added = codes.length > 0 && !conditions.includes(STATUS_CODES);
  return {
    attempts,
    ...(perTryTimeoutMs !== undefined && { perTryTimeoutMs }),
    on: added ? [...conditions, STATUS_CODES] : conditions,
    codes,
    isDefault: !rule?.http.retries && !config.defaultHttpRetryPolicy,
    places: retryPlaces(
      rule?.http.retries ?? config.defaultHttpRetryPolicy,
      picksByHash,
    ),
  };
}
