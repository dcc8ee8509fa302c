import { namespaceOf } from '../../../kubernetes/objects';
import { MeshSnapshot } from '../../../snapshot/MeshSnapshot';
import { defineCheck } from '../../check';
import {
  isInternalGateway,
  parseGatewayReference,
} from '../../gatewayReference';
import { REFERENCE_NOT_FOUND } from './reference';

/** A VirtualService is bound to a gateway that does not exist. */
export const gatewayMissing = defineCheck({
  ...REFERENCE_NOT_FOUND,
  aliases: ['KIA1102'],
  upstream: 'virtualservice.GatewayAnalyzer (istioctl)',
  subject: 'networking.istio.io/VirtualService',
  needs: ['networking.istio.io/Gateway'],
  *run(virtualService, snapshot) {
    const own = namespaceOf(virtualService);
    const gateways = virtualService.spec?.gateways ?? [];
    for (const [index, gateway] of gateways.entries()) {
      if (
        gateway !== 'mesh' &&
        !isInternalGateway(gateway) &&
        !exists(snapshot, gateway, own)
      ) {
        yield {
          message: `VirtualService ${own}/${
            virtualService.metadata.name
          } is bound to the gateway ${gateway}, but there is no Gateway ${
            gateway.includes('/') ? gateway : `${own}/${gateway}`
          }`,
          field: `spec.gateways[${index}]`,
        };
      }
    }
  },
});

function exists(snapshot: MeshSnapshot, gateway: string, own: string): boolean {
  const { namespace, name } = parseGatewayReference(gateway, own);
  return (
    [
      'networking.istio.io/Gateway',
      'gateway.networking.k8s.io/Gateway',
    ] as const
  ).some(kind => snapshot.get(kind, namespace, name) !== undefined);
}
