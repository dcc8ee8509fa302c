import { defineCheck } from '../check';
import { refOf } from '../naming';
import { destinationsOf } from '../../istio/routing/virtualServiceParts';
import { visibleServices } from './destinationServices';

/** A VirtualService sends to a host with several ports and does not say to which. */
export const destinationPortRequired = defineCheck({
  code: 'IST0112',
  level: 'error',
  title: 'Destination without a port, though its host has several',
  explanation:
    'A destination without a port means the port of its host where that has only one. This host has several: the port that the client used is taken, and where the host does not have it requests are answered 503.',
  upstream: 'virtualservice.DestinationHostAnalyzer (istioctl)',
  mesh: 'istio',
  subject: 'networking.istio.io/VirtualService',
  needs: ['Service'],
  *run(virtualService, snapshot) {
    for (const { destination, field } of destinationsOf(virtualService)) {
      if (destination.port === undefined) {
        const [service] = visibleServices(
          snapshot,
          virtualService,
          destination.host,
        );
        if (service && service.ports.length > 1) {
          yield {
            message: `${refOf(virtualService)} sends to ${
              destination.host
            } without saying to which of its ports ${service.ports
              .map(({ port }) => port)
              .join(', ')}: set ${field}.port.number`,
            field: `${field}.port`,
          };
        }
      }
    }
  },
});
