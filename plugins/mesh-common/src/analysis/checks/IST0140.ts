import { VirtualService } from '../../istio/objects';
import { defineIndex } from '../../snapshot/defineIndex';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { defineCheck } from '../check';
import { fullNameOf, refOf } from '../naming';

/** VirtualServices that split the traffic of one of their hosts into subsets, once for each such destination. */
const splitsByHost = defineIndex(
  ['networking.istio.io/VirtualService'],
  ({ objects }) => {
    const splits = new Map<string, VirtualService[]>();
    for (const virtualService of objects(
      'networking.istio.io/VirtualService',
    )) {
      for (const host of splitHosts(virtualService)) {
        splits.set(host, [...(splits.get(host) ?? []), virtualService]);
      }
    }
    return splits;
  },
);

/** A VirtualService of a gateway goes past the subsets that another one routes the same host to. */
export const ingressSkipsSubsets = defineCheck({
  code: 'IST0140',
  level: 'warning',
  title: 'Routes of the mesh have no effect at the gateway',
  explanation:
    'The gateway sends to a host without a subset. The VirtualService that splits the host into subsets is for clients in the mesh: requests from the gateway do not pass it, and reach all subsets alike. Route to the subsets at the gateway too, or bind that VirtualService to it.',
  upstream: 'virtualservice.DestinationHostAnalyzer (istioctl)',
  mesh: 'istio',
  subject: 'networking.istio.io/VirtualService',
  needs: [],
  *run(virtualService, snapshot) {
    const { gateways = [], http = [] } = virtualService.spec ?? {};
    if (gateways.length === 0) {
      return;
    }
    for (const [index, { route = [] }] of http.entries()) {
      for (const [at, { destination }] of route.entries()) {
        const splits = destination.subset
          ? []
          : splitsOf(snapshot, destination.host);
        for (const split of new Set(splits)) {
          yield {
            message: `${refOf(virtualService)} sends to ${
              destination.host
            } past the subsets that VirtualService ${fullNameOf(
              split,
            )} routes it to: name the subsets here too`,
            field: `spec.http[${index}].route[${at}].destination`,
          };
        }
      }
    }
  },
});

function splitsOf(snapshot: MeshSnapshot, host: string): VirtualService[] {
  return snapshot
    .namespacesOf('networking.istio.io/VirtualService')
    .flatMap(namespace => splitsByHost(snapshot, namespace).get(host) ?? []);
}

function splitHosts({ spec }: VirtualService): string[] {
  const hosts = new Set(spec?.hosts ?? []);
  return (spec?.http ?? []).flatMap(({ route = [] }) =>
    route.flatMap(({ destination: { host, subset } }) =>
      subset && hosts.has(host) ? [host] : [],
    ),
  );
}
