import { Reason } from '../../contract/common';
import { namespaceOf } from '../../kubernetes/objects';
import { because } from '../../mesh/answers';
import { clusterTarget } from '../cluster/target';
import { rulesEndingSearch } from '../destinationRule';
import { meshConfig } from '../meshConfig';
import { OutboundDestination } from './call';
import { Way } from './way';

const RULE = 'istio/walk/missing-subset';

/**
 * Why the proxy of a client has no such subset: the DestinationRules at which its search ends. It ends in the first
 * namespace (of the client, of the service, the root) that has a rule for the host, also where that selects other
 * clients.
 */
export function missingSubset(
  { snapshot, proxy }: Way,
  { host, port, subset }: OutboundDestination,
): Reason[] {
  const mesh = meshConfig(snapshot);
  if (!host || !port || !subset || !proxy || mesh.state === 'unknown') {
    return [];
  }
  const { config } = mesh;
  const { service } = clusterTarget(
    snapshot,
    { host, port },
    { ...proxy, config },
  );
  if (!service) {
    return [];
  }
  return rulesEndingSearch(snapshot, proxy, service, config)
    .flatMap(({ from }) => from)
    .filter(({ spec }) => !spec?.subsets?.some(({ name }) => name === subset))
    .map(object =>
      because(
        RULE,
        `The search for rules of ${host} ends at DestinationRule ${namespaceOf(
          object,
        )}/${object.metadata.name}, which has no subset ${subset}${
          object.spec?.workloadSelector
            ? ' and is for the clients it selects'
            : ''
        }`,
        {
          snapshot,
          kind: 'networking.istio.io/DestinationRule',
          object,
          field: object.spec?.subsets ? 'spec.subsets' : 'spec.host',
        },
      ),
    );
}
