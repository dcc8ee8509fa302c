import { namespaceOf } from '../../kubernetes/objects';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { istiods } from '../controlPlane';
import { everyMeshConfig } from '../meshConfig';
import { DEFAULT_ROOT_NAMESPACE } from '../meshSettings';

/**
 * Where the authority is: beside istiod, of several in the first namespace; where none runs here, beside the mesh config
 * that can be read.
 */
export function authorityNamespaceOf(snapshot: MeshSnapshot): string {
  const [deployment] = istiods(snapshot);
  if (deployment) {
    return namespaceOf(deployment);
  }
  const [config] = everyMeshConfig(snapshot);
  return (
    config?.configMap?.metadata.namespace ??
    config?.rootNamespace ??
    DEFAULT_ROOT_NAMESPACE
  );
}
