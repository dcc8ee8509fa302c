import { overlaps } from '../../istio/hosts';
import { namespaceOf } from '../../kubernetes/objects';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { defineCheck } from '../check';
import { isInternalGateway, parseGatewayReference } from '../gatewayReference';
import { refOf } from '../naming';

/** A gateway serves none of the hosts of a VirtualService that is bound to it. */
export const hostNotServedByGateway = defineCheck({
  code: 'IST0132',
  level: 'warning',
  title: 'Gateway serves no host of the VirtualService',
  explanation:
    'A gateway uses a VirtualService for the hosts that both have. None of the servers of this gateway has a host of the VirtualService (or lets its namespace use it), so that its routes have no effect there.',
  upstream: 'virtualservice.GatewayAnalyzer (istioctl)',
  mesh: 'istio',
  subject: 'networking.istio.io/VirtualService',
  needs: ['networking.istio.io/Gateway'],
  *run(virtualService, snapshot) {
    const own = namespaceOf(virtualService);
    const { hosts = [], gateways = [] } = virtualService.spec ?? {};
    for (const [index, gateway] of gateways.entries()) {
      if (gateway !== 'mesh' && !isInternalGateway(gateway)) {
        const served = servedHosts(snapshot, gateway, own);
        if (!served.some(host => hosts.some(one => overlaps(host, one)))) {
          yield {
            message: `${refOf(
              virtualService,
            )} is bound to the gateway ${gateway}, which serves none of its hosts (${hosts.join(
              ', ',
            )}), but ${
              served.join(', ') || `none for Namespace ${own}`
            }: add the host to a server of the Gateway, or correct it`,
            field: `spec.gateways[${index}]`,
          };
        }
      }
    }
  },
});

/** The hosts of a gateway that a namespace may use; `*` where a listener takes every host. */
function servedHosts(
  snapshot: MeshSnapshot,
  reference: string,
  own: string,
): string[] {
  const { namespace, name } = parseGatewayReference(reference, own);
  const gateway = snapshot.get('networking.istio.io/Gateway', namespace, name);
  if (gateway) {
    return (gateway.spec?.servers ?? [])
      .flatMap(({ hosts = [] }) => hosts)
      .flatMap(host => visibleHost(host, namespace, own));
  }
  const listeners = snapshot.get(
    'gateway.networking.k8s.io/Gateway',
    namespace,
    name,
  )?.spec?.listeners;
  return (listeners ?? []).map(({ hostname }) => hostname || '*');
}

/** `NAMESPACE/HOST` is for one namespace, `./HOST` for the Gateway's own. */
function visibleHost(host: string, gateway: string, own: string): string[] {
  const slash = host.indexOf('/');
  if (slash < 0) {
    return [host];
  }
  const place = host.slice(0, slash);
  const wanted = place === '.' ? gateway : place;
  return wanted === '*' || wanted === own ? [host.slice(slash + 1)] : [];
}
