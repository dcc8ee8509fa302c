import { customVersions, type CustomVersion } from '../customResources';
import { groupVersionOf, splitGroupVersion } from '../groupVersion';
import { resourceKey } from '../resourceTable';
import type { ResourceType, StoredObject } from '../types';
import { isRecord, listOf, type JsonRecord } from '../values';
import kubernetes from './kubernetes.json';
import { parseCustomSchema, parseNativeSchemas } from './parse';
import type { Schema } from './types';

const RAW: Readonly<Record<string, JsonRecord>> = kubernetes.schemas;
const OBJECT_META = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';

let native: ReadonlyMap<string, Schema> | undefined;
let names: ReadonlyMap<string, string> | undefined;

function nativeSchema(name: string): Schema | undefined {
  native ??= parseNativeSchemas(RAW);
  return native.get(name);
}

/** The release of Kubernetes whose built-in kinds the sandbox has. */
export const kubernetesVersion: string = kubernetes.version;

/** The schemas of the built-in kinds as an OpenAPI document has them, by their names in it. */
export const nativeDefinitions = RAW;

/** The name of a built-in kind's schema in the OpenAPI documents. */
export function nativeName(
  group: string,
  version: string,
  kind: string,
): string | undefined {
  names ??= new Map(
    Object.entries(RAW).flatMap(([name, schema]) =>
      listOf(schema['x-kubernetes-group-version-kind'])
        .filter(isRecord)
        .map((gvk): [string, string] => [
          `${gvk.group}/${gvk.version}/${gvk.kind}`,
          name,
        ]),
    ),
  );
  return names.get(`${group}/${version}/${kind}`);
}

export function nativeSchemaOf(
  apiVersion: string,
  kind: string,
): Schema | undefined {
  const { group, version } = splitGroupVersion(apiVersion);
  const name = nativeName(group, version, kind);
  return name ? nativeSchema(name) : undefined;
}

/** The schema that the metadata of every object has. */
export function objectMetaSchema(): Schema {
  const schema = nativeSchema(OBJECT_META);
  if (!schema) {
    throw new Error(`The schemas of Kubernetes lack ${OBJECT_META}`);
  }
  return schema;
}

/** The schemas of what a cluster serves: those of the built-in kinds, and of its custom resources. */
export class SchemaRegistry {
  readonly #custom = new Map<string, ReadonlyMap<string, CustomKind>>();

  define(resource: ResourceType, definition: StoredObject): void {
    this.#custom.set(
      resourceKey(resource),
      new Map(
        customVersions(definition).map(version => [
          version.name,
          { version, schema: withEnvelope(parseCustomSchema(version.schema)) },
        ]),
      ),
    );
  }

  remove(resource: ResourceType): void {
    this.#custom.delete(resourceKey(resource));
  }

  /** The schema of a whole object. */
  schemaOf(resource: ResourceType, version: string): Schema | undefined {
    return resource.custom
      ? this.#custom.get(resourceKey(resource))?.get(version)?.schema
      : nativeSchemaOf(groupVersionOf(resource.group, version), resource.kind);
  }

  /** A custom resource's version as its definition has it. */
  customVersion(
    resource: ResourceType,
    version: string,
  ): CustomVersion | undefined {
    return this.#custom.get(resourceKey(resource))?.get(version)?.version;
  }
}

interface CustomKind {
  version: CustomVersion;
  schema: Schema;
}

/** Every object has apiVersion, kind and metadata, whatever the definition says of them. */
function withEnvelope(schema: Schema): Schema {
  const text = parseCustomSchema({ type: 'string' });
  return {
    ...schema,
    properties: new Map([
      ...schema.properties,
      ['apiVersion', text],
      ['kind', text],
      ['metadata', objectMetaSchema()],
    ]),
  };
}
