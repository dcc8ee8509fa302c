import { defineIndex } from '../../../snapshot/defineIndex';
import { MeshSnapshot } from '../../../snapshot/MeshSnapshot';
import { parseServiceHost } from '../../hosts';
import { clusterDomain } from '../../injectorConfig';
import { MeshService, ofService } from '../../meshServices';
import { EgressListener, listenerImports } from '../../sidecarScope';
import { isAlias } from './portServices';

const externalNames = defineIndex(['Service'], ({ objects }) =>
  objects('Service').filter(
    ({ spec }) => spec.type === 'ExternalName' && spec.externalName,
  ),
);

/**
 * The hosts of ExternalName Services that stand for a service, in one step or several, as far as a listener imports
 * them.
 *
 * Upstream: pilot/pkg/model/push_context.go, `resolveServiceAliases`; pilot/pkg/model/sidecar.go,
 * `matchingAliasService`.
 */
export function aliasesOf(
  snapshot: MeshSnapshot,
  listener: EgressListener,
  { host, namespace }: MeshService,
): string[] {
  return snapshot
    .namespacesOf('Service')
    .flatMap(place => externalNames(snapshot, place))
    .map(service => ofService(snapshot, service))
    .filter(
      alias =>
        concreteHost(snapshot, alias) === host &&
        listenerImports(listener, { host: alias.host, namespace }),
    )
    .map(alias => alias.host);
}

/** The host that an ExternalName Service stands for in the end; undefined where they go round in a circle. */
function concreteHost(
  snapshot: MeshSnapshot,
  alias: MeshService,
): string | undefined {
  const seen = new Set([alias.host]);
  let current: MeshService | undefined = alias;
  while (current) {
    const target: string = current.service?.spec.externalName ?? '';
    if (seen.has(target)) {
      return undefined;
    }
    seen.add(target);
    const next = aliasNamed(snapshot, target);
    if (!next) {
      return target;
    }
    current = next;
  }
  return undefined;
}

/** The same for a host; undefined where it is of no ExternalName Service. */
export function concreteHostNamed(
  snapshot: MeshSnapshot,
  host: string,
): string | undefined {
  const alias = aliasNamed(snapshot, host);
  return alias && concreteHost(snapshot, alias);
}

/** The ExternalName Service of a host, where it is one. */
function aliasNamed(
  snapshot: MeshSnapshot,
  host: string,
): MeshService | undefined {
  const parsed = parseServiceHost(host, clusterDomain(snapshot));
  const service =
    parsed && snapshot.get('Service', parsed.namespace, parsed.name);
  const found = service && ofService(snapshot, service);
  return found && isAlias(found) ? found : undefined;
}
