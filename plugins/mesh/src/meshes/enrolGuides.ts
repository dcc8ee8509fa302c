import { MeshId, WorkloadRef } from 'backstage-plugin-mesh-common';

/** A way to take a workload into a mesh: the change to make, and whether its pods must be made anew. */
export interface EnrolGuide {
  mesh: MeshId;
  way: 'sidecar' | 'ambient';
  /** What to set, as a part of the object to apply. */
  change: Record<string, unknown>;
  restart: boolean;
}

/** What a mesh is called, and how pods get into it. */
interface MeshPresentation {
  title: string;
  guides(workload: WorkloadRef): Omit<EnrolGuide, 'mesh'>[];
}

/** How the meshes that the backend knows are presented. One that is not here is shown by its id. */
const MESHES: { readonly [id: string]: MeshPresentation | undefined } = {
  istio: {
    title: 'Istio',
    guides: workload => [
      {
        way: 'sidecar',
        restart: true,
        change: podMetadata(
          workload,
          { labels: { 'sidecar.istio.io/inject': 'true' } },
          { labels: { 'istio-injection': 'enabled' } },
        ),
      },
      {
        way: 'ambient',
        restart: false,
        change: namespace(workload, {
          labels: { 'istio.io/dataplane-mode': 'ambient' },
        }),
      },
    ],
  },
  linkerd: {
    title: 'Linkerd',
    guides: workload => [
      {
        way: 'sidecar',
        restart: true,
        change: podMetadata(
          workload,
          { annotations: { 'linkerd.io/inject': 'enabled' } },
          { annotations: { 'linkerd.io/inject': 'enabled' } },
        ),
      },
    ],
  },
};

export function meshTitle(mesh: MeshId): string {
  return MESHES[mesh]?.title ?? mesh;
}

/** The ways into one mesh, or into each that is known. */
export function enrolGuides(
  workload: WorkloadRef,
  mesh?: MeshId,
): EnrolGuide[] {
  return (mesh === undefined ? Object.keys(MESHES) : [mesh]).flatMap(
    id =>
      MESHES[id]?.guides(workload).map(guide => ({ ...guide, mesh: id })) ?? [],
  );
}

type Metadata = Record<string, Record<string, string>>;

/** Set on the template of the pods where the kind has one that people write, else on the namespace. */
function podMetadata(
  workload: WorkloadRef,
  onPods: Metadata,
  onNamespace: Metadata,
): Record<string, unknown> {
  if (!['Deployment', 'StatefulSet', 'DaemonSet'].includes(workload.kind)) {
    return namespace(workload, onNamespace);
  }
  return {
    apiVersion: 'apps/v1',
    kind: workload.kind,
    metadata: { name: workload.name, namespace: workload.namespace },
    spec: { template: { metadata: onPods } },
  };
}

function namespace(
  workload: WorkloadRef,
  metadata: Metadata,
): Record<string, unknown> {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: workload.namespace, ...metadata },
  };
}
