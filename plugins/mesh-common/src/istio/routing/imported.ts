import { namespaceOf } from '../../kubernetes/objects';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { isVisibleFrom } from '../exportTo';
import { MeshConfig } from '../meshConfig';
import { MeshService } from '../meshServices';
import { importsHost, importsRoute, SidecarScope } from '../sidecarScope';
import { hostsOf, virtualServicesTo } from './virtualServiceIndex';
import { isBoundToMesh } from './virtualServiceParts';

/**
 * Whether a client's Sidecar imports a service: by its egress hosts, or as something that a VirtualService
 * sends to which it imports.
 *
 * Upstream: pilot/pkg/model/sidecar.go, `collectImportedServices`.
 */
export function isImported(
  snapshot: MeshSnapshot,
  scope: SidecarScope,
  service: MeshService,
  {
    defaultVirtualServiceExportTo,
  }: Pick<MeshConfig, 'defaultVirtualServiceExportTo'>,
): boolean {
  return (
    importsHost(scope, service) ||
    virtualServicesTo(snapshot, service.host).some(virtualService => {
      const namespace = namespaceOf(virtualService);
      return (
        isBoundToMesh(virtualService) &&
        isVisibleFrom(
          {
            exportTo: virtualService.spec?.exportTo,
            defaults: defaultVirtualServiceExportTo,
            namespace,
          },
          scope.namespace,
        ) &&
        importsRoute(scope, {
          namespace,
          hosts: hostsOf(snapshot, virtualService),
          strict: false,
        })
      );
    })
  );
}
