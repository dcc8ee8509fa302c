import {
  MeshAdapter,
  MESHES,
  MeshSnapshot,
  SnapshotOrigin,
} from 'backstage-plugin-mesh-common';
import { parseAllDocuments, stringify, parse } from 'yaml';

/** The objects of a YAML stream; documents that are none are left out. */
export function objectsOf(yaml: string): object[] {
  return parseAllDocuments(yaml).flatMap(document => {
    const [error] = document.errors;
    if (error) {
      throw error;
    }
    const content: unknown = document.toJS();
    return isObject(content) ? [content] : [];
  });
}

function isObject(content: unknown): content is object {
  return (
    typeof content === 'object' &&
    content !== null &&
    'apiVersion' in content &&
    'kind' in content
  );
}

/** The settings of the default revision of Istio, where its chart puts them. */
export function istioSettings(options: {
  rootNamespace: string;
  /** YAML of a part of the mesh config. */
  meshConfig?: string | null;
  /** YAML of the networks of the mesh. */
  meshNetworks?: string | null;
}): object {
  const written: unknown = parse(options.meshConfig ?? '') ?? {};
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'istio', namespace: 'istio-system' },
    data: {
      mesh: stringify({
        ...Object(written),
        rootNamespace: options.rootNamespace,
      }),
      ...(options.meshNetworks && { meshNetworks: options.meshNetworks }),
    },
  };
}

/** A cluster of these objects. Cases leave out what they do not need, such as the containers of a pod. */
export function clusterOf(
  objects: readonly object[],
  origin: SnapshotOrigin = 'cluster',
  name = 'case',
): MeshSnapshot {
  return MeshSnapshot.of(name, objects.map(withContainers), origin);
}

function withContainers(object: object): object {
  return 'kind' in object && object.kind === 'Pod' && !('spec' in object)
    ? { ...object, spec: { containers: [{ name: 'app' }] } }
    : object;
}

/** The adapter of a mesh. */
export function meshNamed(id: string): MeshAdapter {
  const found = MESHES.find(mesh => mesh.id === id);
  if (!found) {
    throw new Error(`There is no adapter for ${id}`);
  }
  return found;
}
