import { resolveHost } from '../../istio/hosts';
import { clusterDomain } from '../../istio/injectorConfig';
import { namespaceOf } from '../../kubernetes/objects';
import { defineCheck } from '../check';
import { refOf } from '../naming';
import { splitsOf } from '../routeParts';

/** A rule names one destination twice. */
export const destinationTwice = defineCheck({
  code: 'KIA1105',
  level: 'warning',
  title: 'Destination named twice',
  explanation:
    'One rule has the same host, subset and port twice among its destinations, so that it gets both weights. As a rule another subset was meant.',
  upstream: 'virtualservices.RouteChecker, VirtualServiceChecker (Kiali)',
  mesh: 'istio',
  subject: 'networking.istio.io/VirtualService',
  needs: ['ConfigMap'],
  *run(virtualService, snapshot) {
    const own = namespaceOf(virtualService);
    const domain = clusterDomain(snapshot);
    for (const { destinations, field } of splitsOf(virtualService)) {
      const seen = new Set<string>();
      for (const [index, { destination }] of destinations.entries()) {
        const { host, subset = '', port } = destination;
        const key = JSON.stringify([
          resolveHost(host, own, domain),
          subset,
          port?.number,
        ]);
        if (seen.has(key)) {
          yield {
            message: `${refOf(virtualService)} sends to ${
              subset ? `the subset ${subset} of ${host}` : host
            } twice in one rule: name another subset, or add the weights up`,
            field: `${field}[${index}].destination`,
          };
        }
        seen.add(key);
      }
    }
  },
});
