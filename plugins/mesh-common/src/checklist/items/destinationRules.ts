import { Reason } from '../../contract/common';
import { PortRoutes } from '../../contract/routing';
import { fail, Measurement, pass } from '../measurement';
import { ofPorts } from '../servicePorts';

/** How clients treat the endpoints of each port is written somewhere, not left to the defaults of the mesh. */
export const destinationRules: Measurement = {
  looksAt:
    'For each port of the Services: the DestinationRule (Istio) or the balancer annotations of the Service (Linkerd) that apply to where its requests go.',
  ofPart: part =>
    ofPorts(part, (port, name) => {
      const written = writtenFor(port);
      return written.length > 0
        ? pass(`how clients treat the endpoints of ${name} is written`, written)
        : fail(
            `clients treat the endpoints of ${name} by the defaults of the mesh`,
            port.destinations.flatMap(({ reasons }) => reasons),
          );
    }),
};

/** The reasons by objects that are about these destinations; the settings of the whole mesh are not. */
export function writtenFor({ destinations }: PortRoutes): Reason[] {
  return destinations.flatMap(({ reasons }) =>
    reasons.filter(({ object }) => object && object.kind !== 'ConfigMap'),
  );
}
