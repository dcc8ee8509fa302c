const WORDS: Readonly<Record<string, [number, number] | undefined>> = {
  '5xx': [500, 599],
  'gateway-error': [502, 504],
};

/**
 * The status codes that the conditions of `retry.linkerd.io/http` name, as ranges with both ends.
 *
 * Upstream: policy-controller/k8s/index/src/outbound/index/http.rs, `parse_http_retry`.
 *
 * @public
 */
export function retriedStatuses(on: readonly string[]): [number, number][] {
  return on.map(condition => {
    const [from, to = from] = condition.split('-').map(Number);
    return WORDS[condition] ?? [from, to];
  });
}
