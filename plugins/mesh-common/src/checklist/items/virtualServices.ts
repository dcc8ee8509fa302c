import { fail, Measurement, pass } from '../measurement';
import { forwarding, ofHttpPorts } from '../servicePorts';

/** Routes decide where the requests to each HTTP port go. */
export const virtualServices: Measurement = {
  looksAt:
    'For each HTTP port of the Services: the routes that decide (VirtualService, HTTPRoute, GRPCRoute, ServiceProfile).',
  ofPart: part =>
    ofHttpPorts(part, (port, name) =>
      port.routing.value === 'rules'
        ? pass(
            `${forwarding(port).length} rules decide for ${name}`,
            port.routing.reasons,
          )
        : fail(`no rule decides for ${name}`, port.routing.reasons),
    ),
};
