import { isWildcard, resolveHost } from '../../istio/hosts';
import { clusterDomain } from '../../istio/injectorConfig';
import { servicesOfHost } from '../../istio/meshServices';
import { VirtualService } from '../../istio/objects';
import { gatewaysOf } from '../../istio/routing/virtualServiceParts';
import { namespaceOf } from '../../kubernetes/objects';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { defineCheck } from '../check';
import { refOf } from '../naming';

const MESH = 'mesh';

/** A rule for sidecars asks for a port that none of its hosts has. */
export const portOfNoHost = defineCheck({
  code: 'MESH-I0109',
  level: 'warning',
  title: 'Rule for a port that its hosts do not have',
  explanation:
    'In the mesh a rule with a port in its match is for that port of the Services and ServiceEntries of its hosts, not for their target ports. Where none of them has it, the rule is in no proxy: what is called on that port passes through as if there were no VirtualService. Write the port of the Service, or add the port to the ServiceEntry.',
  upstream:
    'pilot/pkg/networking/core/route/route.go, BuildSidecarVirtualHostWrapper (istio)',
  mesh: 'istio',
  subject: 'networking.istio.io/VirtualService',
  needs: ['Service', 'networking.istio.io/ServiceEntry'],
  *run(route, snapshot) {
    const { http = [], tls = [], tcp = [] } = route.spec ?? {};
    const gateways = gatewaysOf(route);
    const ports = portsOf(snapshot, route);
    if (!gateways.includes(MESH) || !ports) {
      return;
    }
    const meshAlone = gateways.every(gateway => gateway === MESH);
    for (const [kind, rules] of Object.entries({ http, tls, tcp })) {
      for (const [index, { match = [] }] of rules.entries()) {
        for (const [place, { port, gateways: own = [] }] of match.entries()) {
          const ofMesh =
            own.length > 0 ? own.every(one => one === MESH) : meshAlone;
          if (port !== undefined && ofMesh && !ports.has(port)) {
            yield {
              message: `${refOf(
                route,
              )} has a rule for port ${port}, which its hosts do not have: they have ${[
                ...ports,
              ].join(', ')}`,
              field: `spec.${kind}[${index}].match[${place}].port`,
            };
          }
        }
      }
    }
  },
});

/** The ports of all hosts; undefined where there are hosts that are not known one by one. */
function portsOf(
  snapshot: MeshSnapshot,
  route: VirtualService,
): ReadonlySet<number> | undefined {
  const domain = clusterDomain(snapshot);
  const found = (route.spec?.hosts ?? []).map(host =>
    isWildcard(host)
      ? []
      : servicesOfHost(snapshot, resolveHost(host, namespaceOf(route), domain)),
  );
  return found.length === 0 || found.some(services => services.length === 0)
    ? undefined
    : new Set(
        found.flatMap(services =>
          services.flatMap(service => service.ports.map(({ port }) => port)),
        ),
      );
}
