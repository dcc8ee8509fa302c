import { injectorConfig } from '../../istio/injectorConfig';
import { DEFAULT_ROOT_NAMESPACE } from '../../istio/meshSettings';
import { Namespace } from '../../kubernetes/core';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { concernsIstio } from '../istioPresence';

export const INJECTION_LABEL = 'istio-injection';
export const REVISION_LABEL = 'istio.io/rev';
export const MODE_LABEL = 'istio.io/dataplane-mode';

/** What happens to a namespace that says nothing about the mesh; undefined for one that does, or is Istio's own. */
export function injectionByDefault(
  snapshot: MeshSnapshot,
  namespace: Namespace,
): 'injected' | 'not-injected' | undefined {
  const { name, labels } = namespace.metadata;
  if (
    name === DEFAULT_ROOT_NAMESPACE ||
    labels[MODE_LABEL] === 'ambient' ||
    labels[INJECTION_LABEL] ||
    REVISION_LABEL in labels ||
    !concernsIstio(snapshot, namespace)
  ) {
    return undefined;
  }
  const read = injectorConfig(snapshot);
  if (read.state === 'unknown') {
    return undefined;
  }
  return read.config.enableNamespacesByDefault ? 'injected' : 'not-injected';
}
