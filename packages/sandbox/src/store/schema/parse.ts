import { isRecord, listOf, type JsonRecord } from '../values';
import type { Schema, SchemaType, ValueRules } from './types';

const REF = '#/components/schemas/';
const TYPES: readonly string[] = [
  'object',
  'array',
  'string',
  'integer',
  'number',
  'boolean',
];

class Parser {
  readonly #named: ReadonlyMap<string, Schema>;
  readonly #native: boolean;
  /** References with attributes of their own: copied from their target once all targets are read. */
  readonly #refined: { schema: Schema; target: Schema; raw: JsonRecord }[] = [];

  constructor(named: ReadonlyMap<string, Schema>, native: boolean) {
    this.#named = named;
    this.#native = native;
  }

  parse(value: unknown): Schema {
    const raw = isRecord(value) ? value : {};
    const target = this.#reference(raw);
    if (target) {
      return target;
    }
    const properties = new Map<string, Schema>();
    if (isRecord(raw.properties)) {
      for (const [name, property] of Object.entries(raw.properties)) {
        properties.set(name, this.parse(property));
      }
    }
    const additional = raw.additionalProperties;
    const schema: Schema = {
      ...emptySchema(this.#native),
      ...this.#attributes(raw),
      ...typeOf(raw),
      properties,
      ...(isRecord(additional) && {
        additionalProperties: this.parse(additional),
      }),
      ...(isRecord(raw.items) && { items: this.parse(raw.items) }),
      required: listOf(raw.required).filter(isText),
      rules: this.#rules(raw),
    };
    schema.preserveUnknown =
      raw['x-kubernetes-preserve-unknown-fields'] === true ||
      additional === true ||
      (this.#native && isFree(schema));
    return schema;
  }

  finish(): void {
    for (const { schema, target, raw } of this.#refined) {
      Object.assign(schema, target, this.#attributes(raw));
    }
  }

  #reference(raw: JsonRecord): Schema | undefined {
    const wrapped = this.#native ? listOf(raw.allOf)[0] : undefined;
    const inner = isRecord(wrapped) ? wrapped : raw;
    if (!this.#native || typeof inner.$ref !== 'string') {
      return undefined;
    }
    const target = this.#named.get(inner.$ref.slice(REF.length));
    if (!target) {
      throw new Error(`The schemas of Kubernetes lack ${inner.$ref}`);
    }
    if (inner === raw) {
      return target;
    }
    const schema = emptySchema(true);
    this.#refined.push({ schema, target, raw });
    return schema;
  }

  /** What a place may say of the schema that it uses. */
  #attributes(raw: JsonRecord): Partial<Schema> {
    const listType = raw['x-kubernetes-list-type'];
    const strategy = raw['x-kubernetes-patch-strategy'];
    const mergeKey = raw['x-kubernetes-patch-merge-key'];
    return {
      ...(raw.default !== undefined &&
        this.#isDefault(raw.default) && { default: raw.default }),
      ...(this.#native && isRecord(raw.default) && { alwaysPresent: true }),
      ...((listType === 'map' || listType === 'set') && { listType }),
      ...(Array.isArray(raw['x-kubernetes-list-map-keys']) && {
        listMapKeys: raw['x-kubernetes-list-map-keys'].filter(isText),
      }),
      ...(raw['x-kubernetes-map-type'] === 'atomic' && { atomic: true }),
      ...(isText(strategy) && { patchStrategies: strategy.split(',') }),
      ...(isText(mergeKey) && { patchMergeKey: mergeKey }),
    };
  }

  /**
   * The documents of built-in kinds also give the zero values of Go as defaults; those the server does not fill in.
   */
  #isDefault(value: unknown): boolean {
    return !this.#native || (isText(value) && value !== '');
  }

  #rules(raw: JsonRecord): ValueRules {
    const number = (key: string) =>
      typeof raw[key] === 'number' ? { [key]: raw[key] } : {};
    const schemas = (key: string) => listOf(raw[key]).map(s => this.parse(s));
    const native = this.#native;
    return {
      ...(Array.isArray(raw.enum) && { enum: raw.enum }),
      ...(isText(raw.format) && { format: raw.format }),
      ...(isText(raw.pattern) && { pattern: patternOf(raw.pattern) }),
      ...number('minimum'),
      ...number('maximum'),
      exclusiveMinimum: raw.exclusiveMinimum === true,
      exclusiveMaximum: raw.exclusiveMaximum === true,
      ...number('multipleOf'),
      ...number('minLength'),
      ...number('maxLength'),
      ...number('minItems'),
      ...number('maxItems'),
      uniqueItems: raw.uniqueItems === true,
      ...number('minProperties'),
      ...number('maxProperties'),
      allOf: native ? [] : schemas('allOf'),
      anyOf: native ? [] : schemas('anyOf'),
      oneOf: native ? [] : schemas('oneOf'),
      ...(!native && isRecord(raw.not) && { not: this.parse(raw.not) }),
    };
  }
}

/** Reads the structural schema of a CustomResourceDefinition. */
export function parseCustomSchema(raw: unknown): Schema {
  return new Parser(new Map(), false).parse(raw);
}

/** Reads the named schemas of an OpenAPI document of built-in kinds. */
export function parseNativeSchemas(
  raw: Readonly<Record<string, unknown>>,
): ReadonlyMap<string, Schema> {
  const named = new Map<string, Schema>();
  Object.keys(raw).forEach(name => named.set(name, emptySchema(true)));
  const parser = new Parser(named, true);
  for (const [name, schema] of named) {
    Object.assign(schema, parser.parse(raw[name]));
  }
  parser.finish();
  return named;
}

function emptySchema(native: boolean): Schema {
  return {
    native,
    intOrString: false,
    nullable: false,
    preserveUnknown: false,
    embeddedResource: false,
    alwaysPresent: false,
    properties: new Map(),
    required: [],
    rules: {
      exclusiveMinimum: false,
      exclusiveMaximum: false,
      uniqueItems: false,
      allOf: [],
      anyOf: [],
      oneOf: [],
    },
    listType: 'atomic',
    listMapKeys: [],
    atomic: false,
    patchStrategies: [],
  };
}

function typeOf(raw: JsonRecord): Partial<Schema> {
  return {
    ...(isType(raw.type) && { type: raw.type }),
    intOrString:
      raw['x-kubernetes-int-or-string'] === true ||
      raw.format === 'int-or-string',
    nullable: raw.nullable === true,
    embeddedResource: raw['x-kubernetes-embedded-resource'] === true,
  };
}

/** Nothing is said of the members: any are meant, as in a raw extension. */
function isFree(schema: Schema): boolean {
  return (
    (schema.type === 'object' || schema.type === undefined) &&
    schema.properties.size === 0 &&
    !schema.additionalProperties
  );
}

/** Kubernetes has RE2 expressions; those that JavaScript reads otherwise need the mode without `u`. */
function patternOf(source: string) {
  try {
    return { source, expression: new RegExp(source, 'u') };
  } catch {
    return { source, expression: new RegExp(source) };
  }
}

function isType(value: unknown): value is SchemaType {
  return isText(value) && TYPES.includes(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
