import { parse } from 'yaml';
import { fillDefaults } from './fillDefaults';
import { parseCustomSchema } from './parse';
import { prune } from './prune';
import { nativeSchemaOf } from './registry';
import type { Schema } from './types';
import { validate } from './validate';

function schema(yaml: string): Schema {
  return parseCustomSchema(parse(yaml));
}

const SPEC = schema(`
  type: object
  required: [size]
  properties:
    size: { type: integer, minimum: 1, maximum: 10 }
    mode: { type: string, enum: [A, B], default: A }
    name: { type: string, pattern: '^a+$', minLength: 1, maxLength: 3 }
    list: { type: array, minItems: 1, maxItems: 2, items: { type: string } }
    port: { x-kubernetes-int-or-string: true }
    free: { type: object, x-kubernetes-preserve-unknown-fields: true }
    nested: { type: object, default: {}, properties: { x: { type: integer, default: 5 }, n: { type: string, nullable: true } } }
    map: { type: object, maxProperties: 1, additionalProperties: { type: object, properties: { v: { type: number, exclusiveMinimum: true, minimum: 0 } } } }
    items:
      type: array
      x-kubernetes-list-type: map
      x-kubernetes-list-map-keys: [name]
      items: { type: object, required: [name], properties: { name: { type: string }, d: { type: integer, default: 1 } } }
    set: { type: array, x-kubernetes-list-type: set, items: { type: string } }
    when: { type: string, format: date-time }
    half: { type: number, multipleOf: 0.5 }
    one: { type: object, properties: { a: { type: string }, b: { type: string } }, oneOf: [{ required: [a] }, { required: [b] }] }
    any: { type: object, properties: { a: { type: string } }, anyOf: [{ required: [a] }] }
    not: { type: object, properties: { z: { type: string } }, not: { required: [z] } }
    flag: { type: boolean }
`);

describe('validate', () => {
  it.each([
    ['{size: 1, mode: B, name: aa, list: [x], port: 80, flag: true}', []],
    ['{size: 1, port: http, when: "2020-01-01T00:00:00Z", half: 1.5}', []],
    ['{size: 1, one: {a: x}, any: {a: x}, not: {}, map: {k: {v: 0.1}}}', []],
    ['{}', ['size: Required value']],
    [
      '{size: 0}',
      [
        'size: Invalid value: 0: size in body should be greater than or equal to 1',
      ],
    ],
    [
      '{size: 11}',
      [
        'size: Invalid value: 11: size in body should be less than or equal to 10',
      ],
    ],
    [
      '{size: 1.5}',
      [
        'size: Invalid value: "number": size in body must be of type integer: "number"',
      ],
    ],
    [
      '{size: x}',
      [
        'size: Invalid value: "string": size in body must be of type integer: "string"',
      ],
    ],
    [
      '{size: 1, mode: C}',
      ['mode: Unsupported value: "C": supported values: "A", "B"'],
    ],
    [
      '{size: 1, name: b}',
      [`name: Invalid value: "b": name in body should match '^a+$'`],
    ],
    [
      '{size: 1, name: ""}',
      ['name: Invalid value: "": name in body should be at least 1 chars long'],
    ],
    ['{size: 1, name: aaaa}', ['name: Too long: may not be more than 3 bytes']],
    [
      '{size: 1, list: []}',
      ['list: Invalid value: 0: list in body should have at least 1 items'],
    ],
    [
      '{size: 1, list: [a, b, c]}',
      ['list: Too many: 3: must have at most 2 items'],
    ],
    [
      '{size: 1, list: [1]}',
      [
        'list[0]: Invalid value: "integer": list[0] in body must be of type string: "integer"',
      ],
    ],
    [
      '{size: 1, port: 1.5}',
      [
        'port: Invalid value: "number": port in body must be of type integer,string: "number"',
      ],
    ],
    [
      '{size: 1, map: {k: {v: 0}}}',
      ['map.k.v: Invalid value: 0: map.k.v in body should be greater than 0'],
    ],
    [
      '{size: 1, map: {a: {}, b: {}}}',
      ['map: Too many: 2: must have at most 1 item'],
    ],
    [
      '{size: 1, items: [{name: a}, {name: a}]}',
      ['items[1]: Duplicate value: {"name":"a"}'],
    ],
    ['{size: 1, items: [{}]}', ['items[0].name: Required value']],
    ['{size: 1, set: [a, a]}', ['set[1]: Duplicate value: "a"']],
    [
      '{size: 1, when: yesterday}',
      [
        'when: Invalid value: "yesterday": when in body must be of type date-time: "yesterday"',
      ],
    ],
    [
      '{size: 1, half: 0.3}',
      ['half: Invalid value: 0.3: half in body should be a multiple of 0.5'],
    ],
    [
      '{size: 1, one: {}}',
      [
        '<nil>: Invalid value: "": "one" must validate one and only one schema (oneOf). Found none valid',
        'one.a: Required value',
      ],
    ],
    [
      '{size: 1, one: {a: x, b: x}}',
      [
        '<nil>: Invalid value: "": "one" must validate one and only one schema (oneOf). Found 2 valid alternatives',
      ],
    ],
    [
      '{size: 1, any: {}}',
      [
        '<nil>: Invalid value: "": "any" must validate at least one schema (anyOf)',
        'any.a: Required value',
      ],
    ],
    [
      '{size: 1, not: {z: x}}',
      ['<nil>: Invalid value: "": "not" must not validate the schema (not)'],
    ],
  ])('%s', (yaml, expected) => {
    expect(
      validate(SPEC, parse(yaml)).map(
        ({ field, message }) => `${field}: ${message}`,
      ),
    ).toEqual(expected);
  });

  it('accepts null where the schema does', () => {
    expect(validate(SPEC, { size: 1, nested: { n: null } })).toEqual([]);
  });

  it('knows what a built-in kind has and lacks', () => {
    const pod = nativeSchemaOf('v1', 'Pod');
    if (!pod) {
      throw new Error('Pod has no schema');
    }
    const causes = validate(
      pod,
      parse(`
        metadata: { name: p, creationTimestamp: null }
        spec: { containers: [{ image: i, ports: [{ containerPort: '80' }] }] }
      `),
    );
    expect(causes.map(({ field, reason }) => `${field} ${reason}`)).toEqual([
      'spec.containers[0].name FieldValueRequired',
      'spec.containers[0].ports[0].containerPort FieldValueTypeInvalid',
    ]);
  });
});

describe('prune', () => {
  function pruned(of: Schema | undefined, yaml: string) {
    const unknown: string[] = [];
    const value = of && prune(of, parse(yaml), path => unknown.push(path));
    return { value, unknown };
  }

  it('removes what the schema does not know, and tells where', () => {
    expect(
      pruned(
        SPEC,
        '{size: 1, typo: 1, nested: {y: 1}, map: {k: {w: 1}}, items: [{name: a, q: 1}], free: {any: {thing: 1}}}',
      ),
    ).toEqual({
      value: {
        size: 1,
        nested: {},
        map: { k: {} },
        items: [{ name: 'a' }],
        free: { any: { thing: 1 } },
      },
      unknown: ['typo', 'nested.y', 'map.k.w', 'items[0].q'],
    });
  });

  it('takes null for absent where it is no value', () => {
    expect(
      pruned(SPEC, '{size: null, nested: {n: null}, free: {x: null}}').value,
    ).toEqual({
      nested: { n: null },
      free: { x: null },
    });
  });

  it('takes empty optional lists and maps of built-in kinds for absent', () => {
    const { value, unknown } = pruned(
      nativeSchemaOf('v1', 'ConfigMap'),
      '{metadata: {name: a, labels: {}, annotations: null, x: 1}, data: {}}',
    );
    expect(value).toEqual({ metadata: { name: 'a' } });
    expect(unknown).toEqual(['metadata.x']);
  });
});

describe('fillDefaults', () => {
  it('fills in at every depth, and over a null that is no value', () => {
    expect(
      fillDefaults(SPEC, parse('{size: 1, mode: null, items: [{name: a}]}')),
    ).toEqual({
      size: 1,
      mode: 'A',
      nested: { x: 5 },
      items: [{ name: 'a', d: 1 }],
    });
  });

  it('does not fill in the zero values that the schemas of Go types have', () => {
    const service = nativeSchemaOf('v1', 'Service');
    expect(
      service && fillDefaults(service, { spec: { ports: [{ port: 80 }] } }),
    ).toEqual({ spec: { ports: [{ port: 80, protocol: 'TCP' }] } });
  });
});
