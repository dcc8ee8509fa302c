import { Entity } from '@backstage/catalog-model';
import {
  KUBERNETES_ID_ANNOTATION,
  KUBERNETES_LABEL_SELECTOR_ANNOTATION,
} from 'backstage-plugin-mesh-common';

/** The annotations of the Kubernetes plugin of which an entity needs one. */
export const MESH_ANNOTATIONS = [
  KUBERNETES_ID_ANNOTATION,
  KUBERNETES_LABEL_SELECTOR_ANNOTATION,
] as const;

/**
 * Whether an entity says which workloads are its own, by an annotation of the Kubernetes plugin.
 *
 * @public
 */
export function isMeshAvailable(entity: Entity): boolean {
  return MESH_ANNOTATIONS.some(annotation =>
    Boolean(entity.metadata.annotations?.[annotation]),
  );
}
