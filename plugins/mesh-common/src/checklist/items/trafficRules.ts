import { Reason } from '../../contract/common';
import { fail, Measurement, pass } from '../measurement';
import { ofPorts } from '../servicePorts';
import { writtenFor } from './destinationRules';

/** Each port of the Services has a rule of its mesh: routes, or how its endpoints are treated. */
export const trafficRules: Measurement = {
  looksAt:
    'For each port of the Services: routes of the mesh (VirtualService, HTTPRoute, GRPCRoute, ServiceProfile), or rules for its endpoints (DestinationRule, annotations of the Service).',
  ofPart: part =>
    ofPorts(part, (port, name) => {
      const routes: Reason[] =
        port.routing.value === 'rules' ? port.routing.reasons : [];
      const written = [...routes, ...writtenFor(port)];
      return written.length > 0
        ? pass(`rules of the mesh apply to ${name}`, written)
        : fail(
            `nothing but the defaults of the mesh applies to ${name}`,
            port.routing.reasons,
          );
    }),
};
