import { MeshService } from '../../../istio/meshServices';
import { VirtualService } from '../../../istio/objects';
import { destinationsOf } from '../../../istio/routing/virtualServiceParts';
import { defineCheck } from '../../check';
import { visibleServices } from '../destinationServices';
import { REFERENCE_NOT_FOUND } from './reference';

/** A destination or mirror of a VirtualService is no host that the mesh knows, or has no such port. */
export const destinationHostMissing = defineCheck({
  ...REFERENCE_NOT_FOUND,
  aliases: ['KIA1101'],
  upstream:
    'virtualservice.DestinationHostAnalyzer (istioctl); virtualservices.NoHostChecker, NoServiceChecker (Kiali)',
  subject: 'networking.istio.io/VirtualService',
  needs: ['Service'],
  *run(virtualService, snapshot) {
    for (const { destination, field, mirror } of destinationsOf(
      virtualService,
    )) {
      const services = visibleServices(
        snapshot,
        virtualService,
        destination.host,
      );
      const what = mirror ? 'mirrors to' : 'sends to';
      const port = destination.port?.number;
      if (services.length === 0) {
        yield {
          message: `${nameOf(virtualService)} ${what} ${
            destination.host
          }, but neither a Service nor a ServiceEntry that it can see has this host${hint(
            destination.host,
          )}`,
          field: `${field}.host`,
        };
      } else if (
        port !== undefined &&
        !services.some(({ ports }) =>
          ports.some(candidate => candidate.port === port),
        )
      ) {
        yield {
          message: `${nameOf(virtualService)} ${what} port ${port} of ${
            destination.host
          }, which has ${portsOf(services)}`,
          field: `${field}.port.number`,
        };
      }
    }
  },
});

function hint(host: string): string {
  return /^[^.*]+\.[^.]+$/.test(host)
    ? ' (a host with a dot is not completed: write it in full, NAME.NAMESPACE.svc.cluster.local)'
    : '';
}

function portsOf(services: readonly MeshService[]): string {
  const ports = services.flatMap(service =>
    service.ports.map(({ port }) => port),
  );
  return ports.length > 0
    ? `the ports ${[...new Set(ports)].join(', ')}`
    : 'no ports';
}

function nameOf({ metadata: { namespace, name } }: VirtualService): string {
  return `VirtualService ${namespace}/${name}`;
}
