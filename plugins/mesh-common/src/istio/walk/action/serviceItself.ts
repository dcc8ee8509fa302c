import { ClusterTarget } from '../../cluster/target';
import { OutboundDestination } from '../call';

const RULE = 'istio/outbound-destination';

/**
 * The destination where no rule names any: the service of the host itself. `status`: of the answer to requests if there
 * is no such cluster.
 */
export function serviceItself(
  { host, port, service, missing }: ClusterTarget,
  status?: number,
): OutboundDestination {
  return {
    host,
    port,
    weight: 100,
    ...(service &&
      missing && {
        missing: {
          ...(status !== undefined && { status }),
          reason: {
            rule: RULE,
            text: `There is no cluster for it: ${missing}`,
          },
        },
      }),
  };
}
