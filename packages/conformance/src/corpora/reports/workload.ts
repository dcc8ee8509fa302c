import {
  meshOfPod,
  MESHES,
  MeshPod,
  MeshSnapshot,
  Workload,
  workloadNamed as findWorkload,
} from 'backstage-plugin-mesh-common';

/** The workload of `namespace/name`, where there is one of that name. */
export function workloadNamed(
  snapshot: MeshSnapshot,
  qualified: string,
): Workload {
  const [namespace, name] = qualified.split('/');
  const found = findWorkload(snapshot, namespace, name);
  if (!found) {
    throw new Error(`There is no workload ${qualified}`);
  }
  return found;
}

/** Its first pod, and the mesh of that. */
export function firstPod(
  snapshot: MeshSnapshot,
  { pods: [pod], ref }: Workload,
): MeshPod {
  if (!pod) {
    throw new Error(`${ref.namespace}/${ref.name} has no pod`);
  }
  return meshOfPod(snapshot, pod, MESHES);
}
