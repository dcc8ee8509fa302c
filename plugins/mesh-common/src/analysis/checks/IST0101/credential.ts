import { defineCheck } from '../../check';
import { refOf } from '../../naming';
import { POD_KINDS } from '../../workloadPods';
import { secretsOfGateway } from '../gatewaySecrets';
import { REFERENCE_NOT_FOUND } from './reference';

/** A Gateway takes its certificate from a Secret that does not exist beside its pods. */
export const gatewayCredentialMissing = defineCheck({
  ...REFERENCE_NOT_FOUND,
  upstream: 'gateway.SecretAnalyzer (istioctl)',
  subject: 'networking.istio.io/Gateway',
  needs: [...POD_KINDS, 'Secret'],
  *run(gateway, snapshot) {
    for (const { name, namespace, secret, field } of secretsOfGateway(
      snapshot,
      gateway,
    )) {
      if (!secret) {
        yield {
          message: `${refOf(
            gateway,
          )} takes its certificate from Secret ${namespace}/${name}, which does not exist: it must be in the namespace of the gateway's pods`,
          field,
        };
      }
    }
  },
});
