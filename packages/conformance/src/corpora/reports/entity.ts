import {
  entitySelection,
  entityServices,
  entityWorkloads,
  MeshSnapshot,
} from 'backstage-plugin-mesh-common';
import { z } from 'zod';
import { Asked } from './case';
import { namesOf } from './words';

const annotationsSchema = z.record(z.string(), z.string());

/** An entity, or its annotations, or the reference of one that is among the objects. */
const askSchema = z.union([
  z.string(),
  z.object({ ref: z.string() }),
  z.object({ metadata: z.object({ annotations: annotationsSchema }) }),
  z.object({ annotations: annotationsSchema }),
]);

const entitySchema = z.object({
  kind: z.string(),
  metadata: z.object({
    name: z.string(),
    namespace: z.string().default('default'),
    annotations: annotationsSchema.default({}),
  }),
});

/** Which workloads of which clusters belong to an entity of the catalog. */
export function entity({ clusters, objects, asked }: Asked) {
  const selection = entitySelection(
    annotationsOf(askSchema.parse(asked), objects),
  );
  const found = selection
    ? [...clusters.values()].map((snapshot: MeshSnapshot) => ({
        snapshot,
        workloads: entityWorkloads(snapshot, selection),
      }))
    : [];
  const workloads = found.flatMap(part => part.workloads);
  return {
    selector: selection?.selectorText ?? null,
    workloads: workloads.map(({ ref }) => namesOf(ref)),
    services: found.flatMap(part =>
      entityServices(part.snapshot, part.workloads).map(
        ({ metadata: { namespace, name } }) =>
          namesOf({
            cluster: part.snapshot.cluster,
            kind: 'Service',
            namespace,
            name,
          }),
      ),
    ),
    pods: workloads.flatMap(({ pods }) =>
      pods.map(({ metadata: { namespace, name } }) => `${namespace}/${name}`),
    ),
    count: workloads.length,
  };
}

function annotationsOf(
  ask: z.infer<typeof askSchema>,
  objects: readonly object[],
): Record<string, string> {
  if (typeof ask === 'object' && 'annotations' in ask) {
    return ask.annotations;
  }
  if (typeof ask === 'object' && 'metadata' in ask) {
    return ask.metadata.annotations;
  }
  const ref = typeof ask === 'string' ? ask : ask.ref;
  const [, kind, namespace = 'default', name] =
    /^(?:([^:]+):)?(?:([^/]+)\/)?([^/]+)$/.exec(ref.toLowerCase()) ?? [];
  const found = objects
    .flatMap(object => {
      const { success, data } = entitySchema.safeParse(object);
      return success && isOfCatalog(object) ? data : [];
    })
    .find(
      one =>
        one.metadata.name.toLowerCase() === name &&
        one.metadata.namespace.toLowerCase() === namespace &&
        (!kind || one.kind.toLowerCase() === kind),
    );
  if (!found) {
    throw new Error(`There is no entity ${ref}`);
  }
  return found.metadata.annotations;
}

function isOfCatalog(object: object): boolean {
  return (
    'apiVersion' in object &&
    typeof object.apiVersion === 'string' &&
    object.apiVersion.startsWith('backstage.io/')
  );
}
