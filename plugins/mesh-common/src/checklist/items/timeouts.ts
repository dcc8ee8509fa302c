import { Reason } from '../../contract/common';
import { RouteRule } from '../../contract/routing';
import { fail, Measurement, pass } from '../measurement';
import { forwarding, ofHttpPorts } from '../servicePorts';

/** Every rule has a timeout, and its retries fit into it: else the last ones never start. */
export const timeouts: Measurement = {
  looksAt:
    'For each HTTP port of the Services: the timeout of every rule that requests reach, and whether all its tries of the longest allowed time fit into it.',
  ofPart: part =>
    ofHttpPorts(part, (port, name) => {
      const rules = forwarding(port);
      const problems = rules.flatMap(rule => problemOf(rule) ?? []);
      if (rules.length === 0) {
        return fail(`no rule sets a timeout for ${name}`, port.routing.reasons);
      }
      return problems.length === 0
        ? pass(
            `every rule of ${name} has a timeout that its retries fit into`,
            rules.flatMap(({ timeout }) => timeout?.reasons ?? []),
          )
        : fail(
            `${name}: ${problems[0].text}`,
            problems.flatMap(({ reasons }) => reasons),
          );
    }),
};

function problemOf(
  rule: RouteRule,
): { text: string; reasons: Reason[] } | undefined {
  const { name, timeout, retries, reasons } = rule;
  if (!timeout) {
    return { text: `${name} has no timeout`, reasons };
  }
  const tries = 1 + (retries?.attempts ?? 0);
  const perTry = retries?.perTryTimeoutMs;
  return perTry !== undefined && tries * perTry > timeout.ms
    ? {
        text: `${tries} tries of ${perTry} ms do not fit into the timeout of ${timeout.ms} ms of ${name}`,
        reasons: [...timeout.reasons, ...(retries?.reasons ?? [])],
      }
    : undefined;
}
