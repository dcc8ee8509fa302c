import { fail, Measurement, notApplicable, pass } from '../measurement';
import { ofPorts } from '../servicePorts';

/** The connections (or requests) that a client may have open are limited. Linkerd has no such limits. */
export const connectionPooling: Measurement = {
  looksAt:
    'For each port of the Services and each destination of its routes: limits of connectionPool in a DestinationRule. Linkerd has none that could be set.',
  ofPart: part =>
    ofPorts(part, (port, name, { mesh: id }) => {
      const mesh = part.meshes.find(candidate => candidate.id === id);
      if (mesh && !mesh.readiness.limitsConnections) {
        return notApplicable(
          `${mesh.title} has no limits of connections to set for ${name}`,
        );
      }
      const open = port.destinations.filter(
        ({ limits }) => !limits.some(({ unit }) => unit === 'count'),
      );
      const reasons = (open.length > 0 ? open : port.destinations).flatMap(
        policy => policy.reasons,
      );
      return port.destinations.length > 0 && open.length === 0
        ? pass(`the connections to ${name} are limited`, reasons)
        : fail(`nothing limits the connections to ${name}`, reasons);
    }),
};
