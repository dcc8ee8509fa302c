import { isSubsetOf, isWildcard, resolveHost } from '../../istio/hosts';
import { clusterDomain } from '../../istio/injectorConfig';
import { entryHosts, ofService } from '../../istio/meshServices';
import { namespaceOf } from '../../kubernetes/objects';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { defineCheck } from '../check';
import { hostIsKnown, isSeenFrom } from '../knownHosts';
import { refOf } from '../naming';

/** A Sidecar imports a host that nobody has. */
export const importedHostUnknown = defineCheck({
  code: 'KIA1004',
  level: 'warning',
  title: 'Sidecar imports an unknown host',
  explanation:
    'The egress hosts of a Sidecar are all that its workloads are told of. One that neither a Service nor a ServiceEntry has that the Sidecar’s namespace sees imports nothing, so that what was meant cannot be reached. Hosts are written NAMESPACE/HOST, that of a Service in full.',
  upstream: 'sidecars.EgressHostChecker, SidecarChecker (Kiali)',
  mesh: 'istio',
  subject: 'networking.istio.io/Sidecar',
  needs: ['Service', 'networking.istio.io/ServiceEntry', 'ConfigMap'],
  *run(sidecar, snapshot) {
    const own = namespaceOf(sidecar);
    for (const [at, { hosts = [] }] of (sidecar.spec?.egress ?? []).entries()) {
      for (const [index, written] of hosts.entries()) {
        const [place, host = '*'] = written.split('/');
        if (host !== '*' && !imports(snapshot, place, host, own)) {
          yield {
            message: `${refOf(
              sidecar,
            )} imports ${written}, but neither a Service nor a ServiceEntry that its namespace sees has this host: correct it, or remove it`,
            field: `spec.egress[${at}].hosts[${index}]`,
          };
        }
      }
    }
  },
});

function imports(
  snapshot: MeshSnapshot,
  place: string,
  host: string,
  own: string,
): boolean {
  // A tilde stands for no namespace, or for what is left out of one.
  if (place.startsWith('~')) {
    return true;
  }
  const namespace = place === '.' ? own : place;
  return isWildcard(host) && namespace !== '*'
    ? covers(snapshot, namespace, host, own)
    : hostIsKnown(
        snapshot,
        resolveHost(
          host,
          namespace === '*' ? own : namespace,
          clusterDomain(snapshot),
        ),
        [own],
      );
}

/** A wildcard stands for hosts of its namespace, and for a wildcard that a ServiceEntry has. */
function covers(
  snapshot: MeshSnapshot,
  namespace: string,
  wildcard: string,
  from: string,
): boolean {
  for (const service of snapshot.list('Service', namespace)) {
    const known = ofService(snapshot, service);
    if (
      isSubsetOf(known.host, wildcard) &&
      isSeenFrom(snapshot, known, [from])
    ) {
      return true;
    }
  }
  for (const entry of entryHosts(snapshot)) {
    if (
      (isSubsetOf(wildcard, entry.host) ||
        (entry.namespace === namespace && isSubsetOf(entry.host, wildcard))) &&
      isSeenFrom(snapshot, entry, [from])
    ) {
      return true;
    }
  }
  return false;
}
