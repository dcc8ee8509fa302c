import { fail, Measurement, pass } from '../measurement';
import { ofPorts } from '../servicePorts';

/** A proxy balances the requests of clients over the endpoints of each destination. */
export const loadBalancing: Measurement = {
  looksAt:
    'For each port of the Services: the algorithm by which the proxies of clients choose an endpoint; PASSTHROUGH is none.',
  ofPart: part =>
    ofPorts(part, (port, name) => {
      const reasons = port.destinations.flatMap(policy => policy.reasons);
      const algorithms = [
        ...new Set(port.destinations.map(policy => policy.loadBalancer)),
      ];
      return algorithms.length > 0 &&
        algorithms.every(value => value && value !== 'PASSTHROUGH')
        ? pass(
            `requests to ${name} are balanced (${algorithms.join(', ')})`,
            reasons.length > 0 ? reasons : port.routing.reasons,
          )
        : fail(`proxies do not balance the requests to ${name}`, reasons);
    }),
};
