import { WorkloadRef } from 'backstage-plugin-mesh-common';

/** A way to take a workload into a mesh: the change to make, and whether its pods must be made anew. */
export interface MeshGuide {
  way: 'sidecar' | 'ambient';
  /** What to set, as a part of the object to apply. */
  change: Record<string, unknown>;
  restart: boolean;
}

/** What a mesh is called, and how pods get into it. */
export interface MeshPresentation {
  /** The adapter's id. */
  id: string;
  title: string;
  guides(workload: WorkloadRef): MeshGuide[];
}

type Metadata = Record<string, Record<string, string>>;

/** Set on the template of the pods where the kind has one that people write, else on the namespace. */
export function podMetadata(
  workload: WorkloadRef,
  onPods: Metadata,
  onNamespace: Metadata,
): Record<string, unknown> {
  if (!['Deployment', 'StatefulSet', 'DaemonSet'].includes(workload.kind)) {
    return namespaceMetadata(workload, onNamespace);
  }
  return {
    apiVersion: 'apps/v1',
    kind: workload.kind,
    metadata: { name: workload.name, namespace: workload.namespace },
    spec: { template: { metadata: onPods } },
  };
}

export function namespaceMetadata(
  workload: WorkloadRef,
  metadata: Metadata,
): Record<string, unknown> {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: workload.namespace, ...metadata },
  };
}
