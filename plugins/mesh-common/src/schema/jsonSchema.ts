/** A rule in the Common Expression Language, as `x-kubernetes-validations` has it. */
export interface CelRule {
  rule: string;
  message?: string;
}

/** The structural schema of a CustomResourceDefinition: the part of OpenAPI v3 that Kubernetes admits there. */
export interface JsonSchema {
  type?: string;
  nullable?: boolean;
  default?: unknown;
  properties?: Readonly<Record<string, JsonSchema>>;
  additionalProperties?: JsonSchema | boolean;
  items?: JsonSchema;
  required?: readonly string[];
  enum?: readonly unknown[];
  pattern?: string;
  format?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  minProperties?: number;
  maxProperties?: number;
  oneOf?: readonly JsonSchema[];
  anyOf?: readonly JsonSchema[];
  allOf?: readonly JsonSchema[];
  not?: JsonSchema;
  'x-kubernetes-validations'?: readonly CelRule[];
  'x-kubernetes-int-or-string'?: boolean;
  'x-kubernetes-preserve-unknown-fields'?: boolean;
  'x-kubernetes-list-type'?: string;
  'x-kubernetes-list-map-keys'?: readonly string[];
}

/** The schema of a kind in some of its versions. */
export interface KindSchema {
  versions: readonly string[];
  schema: {
    spec: JsonSchema;
    /** Whether an object without `spec` is refused. */
    required: boolean;
  };
}

/** A file of vendored schemas. */
export interface VendoredSchemas {
  /** Keys are `group/Kind`. */
  kinds: Readonly<Record<string, { schemas: readonly KindSchema[] }>>;
}

/** The type of a value, as the API server names it. */
export function typeName(value: unknown): string {
  if (value === null) {
    return 'null';
  }
  if (Array.isArray(value)) {
    return 'array';
  }
  if (typeof value === 'number') {
    return Number.isInteger(value) ? 'integer' : 'number';
  }
  return typeof value;
}

/** The schema of a member: that of the property, else that of all others. */
export function memberSchema(
  schema: JsonSchema,
  name: string,
): JsonSchema | undefined {
  const property =
    schema.properties && Object.hasOwn(schema.properties, name)
      ? schema.properties[name]
      : undefined;
  return (
    property ??
    (typeof schema.additionalProperties === 'object'
      ? schema.additionalProperties
      : undefined)
  );
}
