import { nativeDefinitions, nativeName } from '../../store/schema/registry';
import type { ObjectStore, ResourceType } from '../../store/types';
import { recordOf, type JsonRecord } from '../../store/values';

const REF = '#/components/schemas/';
const META = 'io.k8s.apimachinery.pkg.apis.meta.v1';

/** The name of a kind's schema: as Kubernetes publishes it, or the group turned around. */
export function schemaName(resource: ResourceType, version: string): string {
  const { group, kind } = resource;
  return (
    nativeName(group, version, kind) ??
    [...group.split('.').reverse(), version, kind].join('.')
  );
}

/** The schemas that a document needs: those of its kinds, and all that they refer to. */
export function schemasOf(
  store: ObjectStore,
  resources: readonly ResourceType[],
  version: string,
): JsonRecord {
  const schemas: JsonRecord = {
    [`${META}.Patch`]: {
      description: 'Patch is what a client sends to change an object.',
      type: 'object',
    },
  };
  const add = (name: string, schema: unknown) => {
    if (!Object.hasOwn(schemas, name)) {
      schemas[name] = schema;
      referencesOf(schema).forEach(reference =>
        add(reference, nativeDefinitions[reference]),
      );
    }
  };
  for (const resource of resources) {
    const name = schemaName(resource, version);
    add(
      name,
      resource.custom
        ? customSchema(store, resource, version)
        : nativeDefinitions[name],
    );
    const scale = nativeName('autoscaling', 'v1', 'Scale');
    if (resource.scale && scale) {
      add(scale, nativeDefinitions[scale]);
    }
  }
  return schemas;
}

function referencesOf(schema: unknown): string[] {
  const found: string[] = [];
  JSON.stringify(schema, (key, value: unknown) => {
    if (key === '$ref' && typeof value === 'string') {
      found.push(value.slice(REF.length));
    }
    return value;
  });
  return found;
}

/** A structural schema as OpenAPI: with the members that every object has, and the kind that it is of. */
function customSchema(
  store: ObjectStore,
  resource: ResourceType,
  version: string,
): JsonRecord {
  const schema = recordOf(store.customVersion(resource, version)?.schema);
  const { group, kind } = resource;
  return {
    ...schema,
    type: 'object',
    properties: {
      ...recordOf(schema.properties),
      apiVersion: {
        description:
          'APIVersion defines the versioned schema of this representation of an object.',
        type: 'string',
      },
      kind: {
        description:
          'Kind is a string value representing the REST resource this object represents.',
        type: 'string',
      },
      metadata: {
        description: "Standard object's metadata.",
        allOf: [{ $ref: `${REF}${META}.ObjectMeta` }],
      },
    },
    'x-kubernetes-group-version-kind': [{ group, version, kind }],
  };
}
