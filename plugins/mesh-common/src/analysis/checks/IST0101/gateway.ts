import { namespaceOf } from '../../../kubernetes/objects';
import { MeshSnapshot } from '../../../snapshot/MeshSnapshot';
import { defineCheck } from '../../check';
import {
  isInternalGateway,
  parseGatewayReference,
} from '../../gatewayReference';
import { gatewayReferencesOf } from '../../gatewayReferences';
import { REFERENCE_NOT_FOUND } from './reference';

/** A VirtualService is bound to a gateway that does not exist. */
export const gatewayMissing = defineCheck({
  ...REFERENCE_NOT_FOUND,
  aliases: ['KIA1102'],
  upstream:
    'virtualservice.GatewayAnalyzer (istioctl); virtualservices.NoGatewayChecker, NoServiceChecker (Kiali)',
  subject: 'networking.istio.io/VirtualService',
  needs: ['networking.istio.io/Gateway'],
  *run(virtualService, snapshot) {
    const own = namespaceOf(virtualService);
    for (const { reference: gateway, field } of gatewayReferencesOf(
      virtualService,
    )) {
      if (!isInternalGateway(gateway) && !exists(snapshot, gateway, own)) {
        yield {
          message: `VirtualService ${own}/${
            virtualService.metadata.name
          } is bound to the gateway ${gateway}, but there is no Gateway ${
            gateway.includes('/') ? gateway : `${own}/${gateway}`
          }`,
          field,
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
