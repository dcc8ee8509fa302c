import { KubernetesObject, namespaceOf } from '../../kubernetes/objects';
import { byAge } from '../../istio/age';
import { isWildcard, overlaps } from '../../istio/hosts';
import { VirtualService } from '../../istio/objects';
import {
  hostsOf,
  virtualServicesOfHost,
  virtualServicesWithin,
} from '../../istio/routing/virtualServiceIndex';
import { isBoundToMesh } from '../../istio/routing/virtualServiceParts';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { defineCheck } from '../check';

/** Several VirtualServices of the mesh are for one host, of which sidecars use one. */
export const conflictingHosts = defineCheck({
  code: 'IST0109',
  aliases: ['KIA1106'],
  level: 'error',
  title: 'Conflicting VirtualServices for one host in the mesh',
  explanation:
    'Sidecars use one VirtualService for a host, as a rule the oldest, and do not merge others into it: those have no effect for clients in the mesh. Put the rules into one, or delegate.',
  upstream:
    'virtualservice.ConflictingMeshGatewayHostsAnalyzer (istioctl); virtualservices.SingleHostChecker, VirtualServiceChecker (Kiali)',
  mesh: 'istio',
  subject: 'networking.istio.io/VirtualService',
  needs: [],
  *run(virtualService, snapshot) {
    const [conflict] = conflictsInMesh(snapshot, virtualService);
    if (conflict) {
      const all = [virtualService, ...conflict.others].sort(byAge);
      yield {
        message: `VirtualServices ${all
          .map(nameOf)
          .join(', ')} are all for the host ${
          conflict.host
        } in the mesh; the oldest is ${nameOf(all[0])}`,
        field: 'spec.hosts',
      };
    }
  },
});

/** The hosts in the mesh that others have, too. */
export function* conflictsInMesh(
  snapshot: MeshSnapshot,
  virtualService: VirtualService,
): IterableIterator<{ host: string; others: VirtualService[] }> {
  if (!isBoundToMesh(virtualService)) {
    return;
  }
  for (const host of hostsOf(snapshot, virtualService)) {
    const others = rivals(snapshot, virtualService, host);
    if (others.length > 0) {
      yield { host, others };
    }
  }
}

/** Those with the same host for the same clients; a public and a private one also where their hosts only overlap. */
function rivals(
  snapshot: MeshSnapshot,
  own: VirtualService,
  host: string,
): VirtualService[] {
  const scopes = scopesOf(own);
  const candidates = new Set([
    ...virtualServicesOfHost(snapshot, host),
    ...(isWildcard(host) ? virtualServicesWithin(snapshot, host) : []),
  ]);
  return [...candidates].filter(other => {
    if (other === own || !isBoundToMesh(other)) {
      return false;
    }
    const theirs = scopesOf(other);
    const hosts = hostsOf(snapshot, other);
    return scopes.some(scope =>
      theirs.some(their =>
        scope === their
          ? hosts.includes(host)
          : [scope, their].includes('*') &&
            hosts.some(candidate => overlaps(candidate, host)),
      ),
    );
  });
}

/** The namespaces whose clients see it. */
export function scopesOf(virtualService: VirtualService): string[] {
  const exportTo = virtualService.spec?.exportTo ?? [];
  return exportTo.length === 0 || exportTo.includes('*')
    ? ['*']
    : exportTo.map(place =>
        place === '.' ? namespaceOf(virtualService) : place,
      );
}

function nameOf({ metadata: { namespace, name } }: KubernetesObject): string {
  return `${namespace}/${name}`;
}
