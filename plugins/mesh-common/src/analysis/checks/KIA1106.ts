import { isWildcard } from '../../istio/hosts';
import { VirtualService } from '../../istio/objects';
import {
  hostsOf,
  virtualServicesOfHost,
  virtualServicesWithin,
} from '../../istio/routing/virtualServiceIndex';
import { gatewaysOf } from '../../istio/routing/virtualServiceParts';
import { namespaceOf } from '../../kubernetes/objects';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { CheckFinding, defineCheck } from '../check';
import { parseGatewayReference } from '../gatewayReference';
import { fullNameOf, refOf } from '../naming';
import { conflictsInMesh, scopesOf } from './IST0109';

const MESH = 'mesh';

/**
 * Several VirtualServices are for one host at one gateway, or one is for a host that another's wildcard covers. The same
 * host in the mesh is IST0109.
 */
export const sharedHost = defineCheck({
  code: 'KIA1106',
  level: 'warning',
  title: 'VirtualServices share a host',
  explanation:
    'At a gateway the rules of several VirtualServices for one host are put together in no order that you can rely on. Where the host of one is covered by a wildcard of another, requests for it see nothing of the wildcard’s rules.',
  upstream: 'virtualservices.SingleHostChecker, VirtualServiceChecker (Kiali)',
  mesh: 'istio',
  subject: 'networking.istio.io/VirtualService',
  needs: [],
  *run(virtualService, snapshot) {
    const conflicts = [...conflictsInMesh(snapshot, virtualService)].length > 0;
    const gateways = gatewayKeys(snapshot, virtualService).filter(
      gateway => gateway !== MESH || !conflicts,
    );
    for (const host of hostsOf(snapshot, virtualService)) {
      const found = shared(snapshot, virtualService, host, gateways);
      if (found) {
        yield found;
        return;
      }
    }
  },
});

function shared(
  snapshot: MeshSnapshot,
  own: VirtualService,
  host: string,
  gateways: readonly string[],
): CheckFinding | undefined {
  const candidates = new Set([
    ...virtualServicesOfHost(snapshot, host),
    ...(isWildcard(host) ? virtualServicesWithin(snapshot, host) : []),
  ]);
  candidates.delete(own);
  const others = [...candidates].filter(other =>
    gatewayKeys(snapshot, other).some(
      gateway =>
        gateways.includes(gateway) &&
        (gateway !== MESH || haveCommonClient(own, other)),
    ),
  );
  if (others.length === 0) {
    return undefined;
  }
  const same = others.filter(other => hostsOf(snapshot, other).includes(host));
  const named = same.length > 0 ? same : others;
  const names = named.map(fullNameOf).sort().join(', ');
  return same.length > 0
    ? {
        message: `${refOf(
          own,
        )} is for ${host}, as ${names} at the same gateway: put the rules into one, in the order that you want`,
        field: 'spec.hosts',
      }
    : {
        message: `${refOf(
          own,
        )} is for ${host}, which overlaps with a host of ${names}: of each request the most specific host decides alone`,
        field: 'spec.hosts',
        level: 'info',
      };
}

/** A name that leads to no Gateway is compared as it is written: probably the same one is meant. */
function gatewayKeys(snapshot: MeshSnapshot, object: VirtualService): string[] {
  const own = namespaceOf(object);
  return gatewaysOf(object).map(reference => {
    if (reference === MESH) {
      return MESH;
    }
    const { namespace, name } = parseGatewayReference(reference, own);
    return snapshot.get('networking.istio.io/Gateway', namespace, name)
      ? `${namespace}/${name}`
      : reference;
  });
}

function haveCommonClient(a: VirtualService, b: VirtualService): boolean {
  const theirs = scopesOf(b);
  return scopesOf(a).some(
    scope => scope === '*' || theirs.includes('*') || theirs.includes(scope),
  );
}
