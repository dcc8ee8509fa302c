import { isVisibleFrom } from '../../istio/exportTo';
import { isWildcard, resolveHost } from '../../istio/hosts';
import { clusterDomain } from '../../istio/injectorConfig';
import {
  entryHosts,
  MeshService,
  servicesOfHost,
} from '../../istio/meshServices';
import { VirtualService } from '../../istio/objects';
import { namespaceOf } from '../../kubernetes/objects';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';

/**
 * What istioctl looks up: hosts visible from the VirtualService's namespace, or from one it is exported to. What every
 * namespace sees comes first.
 *
 * Upstream: pkg/config/analysis/analyzers/util/service_lookup.go, `GetDestinationHost`.
 */
export function visibleServices(
  snapshot: MeshSnapshot,
  virtualService: VirtualService,
  written: string,
): MeshService[] {
  const own = namespaceOf(virtualService);
  const host = resolveHost(written, own, clusterDomain(snapshot));
  const exportTo = virtualService.spec?.exportTo ?? [];
  const places =
    exportTo.length > 0
      ? exportTo.map(place => (place === '.' ? own : place))
      : [own];
  const isVisible = (
    service: MeshService,
    from: readonly (string | undefined)[],
  ) =>
    from.some(place =>
      isVisibleFrom(
        {
          exportTo: service.exportTo,
          defaults: ['*'],
          namespace: service.namespace,
        },
        place,
      ),
    );
  const exact = servicesOfHost(snapshot, host).filter(service =>
    isVisible(service, places),
  );
  const isPublic = (service: MeshService) => isVisible(service, [undefined]);
  return exact.length > 0
    ? [
        ...exact.filter(isPublic),
        ...exact.filter(service => !isPublic(service)),
      ]
    : [...entryHosts(snapshot)].filter(
        service =>
          isWildcard(service.host) &&
          host.replace(/^\*/, '').endsWith(service.host.slice(1)) &&
          isVisible(service, [own]),
      );
}
