import { defineCheck } from '../check';
import { isInternalGateway, parseGatewayReference } from '../gatewayReference';
import { gatewayReferencesOf } from '../gatewayReferences';
import { refOf } from '../naming';
import { namespaceOf } from '../../kubernetes/objects';

/** A VirtualService names its gateway in the form of a host, which Istio had before NAMESPACE/NAME. */
export const gatewayByHost = defineCheck({
  code: 'KIA1108',
  level: 'info',
  title: 'Gateway written in the old form',
  explanation:
    'Istio still takes NAME.NAMESPACE.svc.DOMAIN for a Gateway, and of it the first two parts alone. The form of today is NAMESPACE/NAME; other tools do not know the old one.',
  upstream: 'virtualservices.NoGatewayChecker, NoServiceChecker (Kiali)',
  mesh: 'istio',
  subject: 'networking.istio.io/VirtualService',
  needs: [],
  *run(virtualService) {
    for (const { reference, field } of gatewayReferencesOf(virtualService)) {
      if (
        reference.includes('.') &&
        !reference.includes('/') &&
        !isInternalGateway(reference)
      ) {
        const { namespace, name } = parseGatewayReference(
          reference,
          namespaceOf(virtualService),
        );
        yield {
          message: `${refOf(
            virtualService,
          )} names its gateway ${reference}: write ${namespace}/${name}`,
          field,
        };
      }
    }
  },
});
