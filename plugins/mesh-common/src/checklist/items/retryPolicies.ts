import { RouteRule } from '../../contract/routing';
import { fail, Measurement, pass } from '../measurement';
import { forwarding, ofHttpPorts } from '../servicePorts';

/** Every rule that sends requests on says itself whether and when they are retried. Defaults do not count. */
export const retryPolicies: Measurement = {
  looksAt:
    'For each HTTP port of the Services: the retries of every rule that requests reach, as an object writes them; retries of 0 are a decision, too.',
  ofPart: part =>
    ofHttpPorts(part, (port, name) => {
      const rules = forwarding(port);
      const open = rules.filter(rule => !isWritten(rule));
      if (rules.length === 0) {
        return fail(
          `no rule says how requests to ${name} are retried`,
          port.routing.reasons,
        );
      }
      return open.length === 0
        ? pass(
            `every rule of ${name} says what is retried`,
            rules.flatMap(({ retries }) => retries?.reasons ?? []),
          )
        : fail(
            `${open.length} of ${rules.length} rules of ${name} say nothing of retries (${open[0].name})`,
            open.flatMap(rule => [
              ...rule.reasons,
              ...(rule.retries?.reasons ?? []),
            ]),
          );
    }),
};

function isWritten({ retries }: RouteRule): boolean {
  return retries?.reasons.some(({ object }) => object) ?? false;
}
