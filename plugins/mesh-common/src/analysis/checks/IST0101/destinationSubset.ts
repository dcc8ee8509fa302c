import { KubernetesObject, namespaceOf } from '../../../kubernetes/objects';
import { mostSpecific, resolveHost } from '../../../istio/hosts';
import { clusterDomain } from '../../../istio/injectorConfig';
import { DestinationRule } from '../../../istio/objects';
import { destinationsOf } from '../../../istio/routing/virtualServiceParts';
import { defineQuestion, sameItems } from '../../../snapshot/defineQuestion';
import { MeshSnapshot } from '../../../snapshot/MeshSnapshot';
import { defineCheck } from '../../check';
import {
  hostOfRule,
  rulesOfHost,
  wildcardRules,
} from '../../destinationRuleHosts';
import { REFERENCE_NOT_FOUND } from './reference';

/** A VirtualService routes to a subset that no DestinationRule for the host defines. */
export const destinationSubsetMissing = defineCheck({
  ...REFERENCE_NOT_FOUND,
  aliases: ['KIA1107'],
  upstream:
    'virtualservice.DestinationRuleAnalyzer (istioctl); virtualservices.SubsetPresenceChecker, VirtualServiceChecker (Kiali)',
  subject: 'networking.istio.io/VirtualService',
  needs: ['networking.istio.io/DestinationRule'],
  *run(virtualService, snapshot) {
    const { namespace, name } = virtualService.metadata;
    for (const { destination, field } of destinationsOf(virtualService)) {
      const { host, subset } = destination;
      if (subset) {
        const defined = subsetsOf(snapshot, virtualService, host);
        if (!defined.includes(subset)) {
          yield {
            message: `VirtualService ${namespace}/${name} routes to the subset ${subset} of ${host}, ${
              defined.length > 0
                ? `but DestinationRules for it define ${[...new Set(defined)]
                    .sort()
                    .join(', ')} only`
                : 'but no DestinationRule for it defines subsets'
            }: requests to it are answered 503`,
            field: `${field}.subset`,
          };
        }
      }
    }
  },
});

/** The rules of the most specific wildcard that covers a host. */
const widerRules = defineQuestion<readonly DestinationRule[]>(
  (snapshot, host) => {
    const hosts = wildcardRules(snapshot).map(rule =>
      hostOfRule(snapshot, rule),
    );
    const wider = mostSpecific(host, new Map(hosts.map(one => [one, one])));
    return wider ? rulesOfHost(snapshot, wider.host) : [];
  },
  sameItems,
);

/**
 * As istioctl has it, whatever the namespace and visibility of the rules. Where none is for the host itself, those of
 * the most specific wildcard are what istiod takes.
 */
function subsetsOf(
  snapshot: MeshSnapshot,
  virtualService: KubernetesObject,
  written: string,
): string[] {
  const host = resolveHost(
    written,
    namespaceOf(virtualService),
    clusterDomain(snapshot),
  );
  const exact = rulesOfHost(snapshot, host);
  const rules = exact.length > 0 ? exact : widerRules(snapshot, host);
  return rules.flatMap(({ spec }) =>
    (spec?.subsets ?? []).map(({ name }) => name),
  );
}
