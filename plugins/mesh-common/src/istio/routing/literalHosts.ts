import { Reason } from '../../contract/common';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { isVisibleFrom } from '../exportTo';
import { MeshService } from '../meshServices';
import { objectReason } from './source';
import { RouteView } from './view';
import { virtualServicesWriting } from './virtualServiceIndex';
import { isBoundToMesh } from './virtualServiceParts';

const RULE = 'istio/literal-host';
const KIND = 'networking.istio.io/VirtualService';

/** The port on which VirtualServices also apply to hosts that are no service. */
const HOSTS_PORT = 80;

/**
 * VirtualServices that a sidecar applies to a service only where a request names it by just one of its names:
 * a host such as `reviews.shop` is no service for Istio (it is not completed), and one that the proxy does
 * not know is none either. Such hosts have routes on port 80 alone.
 *
 * Upstream: pilot/pkg/networking/core/route/route.go, `buildSidecarVirtualHostsForVirtualService`.
 */
export function literalHosts(
  snapshot: MeshSnapshot,
  service: MeshService,
  port: number,
  { proxy, namespace, config }: RouteView,
  /** The proxy does not know the service, so that its full name is a host like any other. */
  unknown: boolean,
): Reason[] {
  if (proxy !== 'sidecar' || !service.service) {
    return [];
  }
  const { name } = service.service.metadata;
  const short = `${name}.${service.namespace}`;
  const names = [short, `${short}.svc`, ...(unknown ? [service.host] : [])];
  return virtualServicesWriting(snapshot, names)
    .filter(
      virtualService =>
        isBoundToMesh(virtualService) &&
        isVisibleFrom(
          {
            exportTo: virtualService.spec?.exportTo,
            defaults: config.defaultVirtualServiceExportTo,
            namespace: virtualService.metadata.namespace ?? '',
          },
          namespace,
        ),
    )
    .map(virtualService => {
      const host = (virtualService.spec?.hosts ?? []).find(written =>
        names.includes(written),
      );
      const title = `VirtualService ${virtualService.metadata.namespace}/${virtualService.metadata.name}`;
      return objectReason(
        snapshot,
        { kind: KIND, object: virtualService },
        RULE,
        port === HOSTS_PORT
          ? `Requests that name the host ${host} follow ${title}: for Istio it is not the Service, so that requests by its other names do not`
          : `${title} has no effect here: the host ${host} is not the Service for Istio, and is routed on port ${HOSTS_PORT} alone`,
        'spec.hosts',
      );
    });
}
