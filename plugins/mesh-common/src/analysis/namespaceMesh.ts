import { MeshConfig, meshConfig, MeshConfigRead } from '../istio/meshConfig';
import { REVISION_LABEL } from '../istio/revisions';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';

/**
 * The settings of the mesh that a namespace belongs to: of the revision that its label names, where several control
 * planes run in one cluster.
 */
export function meshOfNamespace(
  snapshot: MeshSnapshot,
  namespace: string,
): MeshConfigRead {
  const { labels = {} } =
    snapshot.get('Namespace', undefined, namespace)?.metadata ?? {};
  return meshConfig(snapshot, labels[REVISION_LABEL]);
}

/** The same, or undefined where the settings are not known: a check then says nothing. */
export function settingsOfNamespace(
  snapshot: MeshSnapshot,
  namespace: string,
): MeshConfig | undefined {
  const read = meshOfNamespace(snapshot, namespace);
  return read.state === 'read' ? read.config : undefined;
}
