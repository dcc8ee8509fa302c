import { DestinationPolicy } from '../../contract/routing';
import { fail, Measurement, pass } from '../measurement';
import { ofPorts } from '../servicePorts';

/** Clients stop calling endpoints that fail, wherever the requests to a port go. */
export const circuitBreakers: Measurement = {
  looksAt:
    'For each port of the Services and each destination of its routes: ejection of failing endpoints (outlierDetection of a DestinationRule; failure accrual of Linkerd).',
  ofPart: part =>
    ofPorts(part, (port, name) => {
      const open = port.destinations.filter(policy => !breaks(policy));
      const reasons = (open.length > 0 ? open : port.destinations).flatMap(
        policy => policy.reasons,
      );
      if (port.destinations.length === 0) {
        return fail(`requests to ${name} reach no destination`, reasons);
      }
      return open.length === 0
        ? pass(`endpoints of ${name} that fail are ejected`, reasons)
        : fail(
            `nothing ejects failing endpoints of ${open
              .map(labelOf)
              .join(', ')}`,
            reasons,
          );
    }),
};

function breaks({ outlierDetection }: DestinationPolicy): boolean {
  return (
    outlierDetection !== undefined &&
    !outlierDetection.ejectsAfter.startsWith('nothing')
  );
}

function labelOf({ host, subset }: DestinationPolicy): string {
  return subset ? `${host} (${subset})` : host;
}
