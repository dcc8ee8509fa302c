/**
 * What the API server knows of the form of a value: the OpenAPI schema of a built-in kind, or the structural schema of
 * a custom resource, in one form. Schemas refer to each other in circles (a schema of schemas does), so they are not
 * for printing.
 */
export interface Schema {
  /** Of a Go type that is compiled into the server: null is absent there, and unknown fields never survive. */
  native: boolean;
  type?: SchemaType;
  intOrString: boolean;
  nullable: boolean;
  /** Unknown members are kept. */
  preserveUnknown: boolean;
  /** The value is a whole object, with apiVersion, kind and metadata of its own. */
  embeddedResource: boolean;
  properties: ReadonlyMap<string, Schema>;
  /** The schema of the members that `properties` does not name. */
  additionalProperties?: Schema;
  items?: Schema;
  required: readonly string[];
  default?: unknown;
  /** A struct in Go that is no pointer: as a member it is there even if nobody wrote it. */
  alwaysPresent: boolean;
  rules: ValueRules;
  listType: 'atomic' | 'map' | 'set';
  listMapKeys: readonly string[];
  /** An object that is owned and replaced as a whole. */
  atomic: boolean;
  /** `merge`, `replace`, `retainKeys`. */
  patchStrategies: readonly string[];
  patchMergeKey?: string;
}

export type SchemaType =
  | 'object'
  | 'array'
  | 'string'
  | 'integer'
  | 'number'
  | 'boolean';

/** The constraints of a schema that are more than a type. */
export interface ValueRules {
  enum?: readonly unknown[];
  format?: string;
  pattern?: { source: string; expression: RegExp };
  minimum?: number;
  maximum?: number;
  exclusiveMinimum: boolean;
  exclusiveMaximum: boolean;
  multipleOf?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  uniqueItems: boolean;
  minProperties?: number;
  maxProperties?: number;
  allOf: readonly Schema[];
  anyOf: readonly Schema[];
  oneOf: readonly Schema[];
  not?: Schema;
}
