import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { MeshService, servicesOfHost } from '../meshServices';
import { isIpAddress } from '../validation/hosts';
import { entryEndpoints } from './entryEndpoints';
import { kubernetesEndpoints } from './kubernetesEndpoints';
import { peerEndpoints } from './peerEndpoints';
import { ServiceEndpoint } from './ServiceEndpoint';

/**
 * The endpoints of a service's port: those of every Service and ServiceEntry of its host and namespace, where
 * their port has the same name, and of the other clusters of the mesh. Undefined where they are not known.
 *
 * Upstream: pilot/pkg/xds/endpoints/endpoint_builder.go, `BuildClusterLoadAssignment`: endpoints are kept by host
 * and namespace, wherever they come from.
 */
export function serviceEndpoints(
  snapshot: MeshSnapshot,
  service: MeshService,
  port: number,
): ServiceEndpoint[] | undefined {
  const name = service.ports.find(one => one.port === port)?.name;
  const found = servicesOfHost(snapshot, service.host)
    .filter(({ namespace }) => namespace === service.namespace)
    .map(source => endpointsFrom(snapshot, source, name));
  return found.every(endpoints => endpoints !== undefined)
    ? [
        ...found.flat(),
        ...peerEndpoints(snapshot, service, name).endpoints,
      ].filter(endpoint => service.resolution === 'dns' || isFound(endpoint))
    : undefined;
}

/** Whether a proxy that does not look up names can use the endpoint: those of other ServiceEntries for the host may be names. */
function isFound({ address, port }: ServiceEndpoint): boolean {
  return address === undefined || port === 0 || isIpAddress(address);
}

/**
 * Whether a Service is for nobody (`~`): istiod then collects no endpoints of it.
 *
 * Upstream: pilot/pkg/serviceregistry/kube/controller/endpointslice.go, `serviceNeedsPush`.
 */
export function isExportedNowhere({
  exportTo,
}: Pick<MeshService, 'exportTo'>): boolean {
  return exportTo?.includes('~') ?? false;
}

function endpointsFrom(
  snapshot: MeshSnapshot,
  { host, service, entry, cluster, exportTo }: MeshService,
  portName: string | undefined,
): ServiceEndpoint[] | undefined {
  if (cluster !== undefined) {
    return [];
  }
  if (service && isExportedNowhere({ exportTo })) {
    // Its own namespace may still have it, by a VirtualService that leads to it, and then without endpoints.
    return [];
  }
  if (service) {
    const port = service.spec.ports.find(({ name }) => name === portName);
    return port ? kubernetesEndpoints(snapshot, service, port) : [];
  }
  const port = entry?.spec?.ports?.find(({ name }) => name === portName);
  return entry && port ? entryEndpoints(snapshot, host, entry, port) : [];
}
