import fc from 'fast-check';
import { parse } from 'yaml';
import { parseCustomSchema } from '../../store/schema/parse';
import { nativeSchemaOf } from '../../store/schema/registry';
import { asObject } from '../../store/schema/envelope';
import type { StoredObject } from '../../store/types';
import { listOf, recordOf } from '../../store/values';
import { applyConfiguration } from './apply';
import { trackUpdate, type Writer } from './track';

const SCHEMA = parseCustomSchema(
  parse(`
    type: object
    properties:
      spec:
        type: object
        properties:
          size: { type: integer }
          name: { type: string }
          list: { type: array, items: { type: string } }
          set: { type: array, x-kubernetes-list-type: set, items: { type: string } }
          items:
            type: array
            x-kubernetes-list-type: map
            x-kubernetes-list-map-keys: [name]
            items: { type: object, properties: { name: { type: string }, value: { type: string } } }
          free: { type: object, x-kubernetes-preserve-unknown-fields: true }
          whole: { type: object, x-kubernetes-map-type: atomic, additionalProperties: { type: string } }
  `),
);

function writer(name: string): Writer {
  return {
    name,
    apiVersion: 'example.com/v1',
    subresource: '',
    statusSubresource: true,
    time: '2026-01-01T00:00:00Z',
  };
}

function configuration(spec: string): StoredObject {
  return {
    apiVersion: 'example.com/v1',
    kind: 'Thing',
    metadata: { name: 'a' },
    spec: parse(spec),
  };
}

function applied(
  live: StoredObject | undefined,
  manager: string,
  spec: string,
  force: boolean = false,
): StoredObject {
  return applyConfiguration(
    SCHEMA,
    live,
    configuration(spec),
    writer(manager),
    force,
    asObject,
  );
}

/** A spec with its sets and keyed lists in one order. */
function unordered(spec: unknown) {
  const { set, items, ...rest } = recordOf(spec);
  const sorted = (list: unknown) =>
    listOf(list)
      .map(item => JSON.stringify(item))
      .sort();
  return { ...rest, set: sorted(set), items: sorted(items) };
}

function owners(object: StoredObject): Record<string, unknown> {
  return Object.fromEntries(
    (object.metadata.managedFields ?? []).map(entry => {
      const { manager, fieldsV1 } = recordOf(entry);
      return [String(manager), recordOf(fieldsV1)['f:spec']];
    }),
  );
}

describe('applyConfiguration', () => {
  it('makes an object whose fields belong to the applier', () => {
    const object = applied(
      undefined,
      'm1',
      '{size: 1, set: [p], list: [x], items: [{name: a, value: v}], free: {x: {y: 1}}, whole: {a: b}}',
    );
    expect(owners(object)).toEqual({
      m1: {
        'f:size': {},
        'f:set': { 'v:"p"': {} },
        'f:list': {},
        'f:items': {
          'k:{"name":"a"}': { '.': {}, 'f:name': {}, 'f:value': {} },
        },
        'f:free': { 'f:x': { '.': {}, 'f:y': {} } },
        'f:whole': {},
      },
    });
  });

  it('removes what the applier no longer applies, and nobody else owns', () => {
    const first = applied(
      undefined,
      'm1',
      '{size: 1, name: x, set: [p, q], items: [{name: a, value: v}, {name: b}], free: {x: 1, y: 2}}',
    );
    const second = applied(first, 'm2', '{name: x, items: [{name: b}]}');
    const third = applied(second, 'm1', '{size: 1, set: [q], free: {y: 2}}');
    expect(third.spec).toEqual({
      size: 1,
      name: 'x',
      set: ['q'],
      items: [{ name: 'b' }],
      free: { y: 2 },
    });
  });

  it('takes an item with what an update set in it', () => {
    const first = applied(undefined, 'm1', '{items: [{name: a}]}');
    const updated = trackUpdate(
      SCHEMA,
      first,
      { ...first, spec: { items: [{ name: 'a', value: 'set by hand' }] } },
      writer('hand'),
    );
    expect(applied(updated, 'm1', '{size: 1, name: x}').spec).toEqual({
      size: 1,
      name: 'x',
      items: null,
    });
  });

  it('refuses to change what another manager owns, and says what', () => {
    const first = applied(
      undefined,
      'm1',
      '{size: 1, items: [{name: a, value: v}]}',
    );
    expect(() => applied(first, 'm2', '{size: 2}')).toThrow(
      'Apply failed with 1 conflict: conflict with "m1": .spec.size',
    );
    expect(() =>
      applied(first, 'm2', '{size: 2, items: [{name: a, value: w}]}'),
    ).toThrow(
      'Apply failed with 2 conflicts: conflicts with "m1":\n- .spec.items[name="a"].value\n- .spec.size',
    );
    const updated = trackUpdate(
      SCHEMA,
      first,
      { ...first, spec: { ...Object(first.spec), size: 5 } },
      writer('hand'),
    );
    expect(() => applied(updated, 'm1', '{size: 1}')).toThrow(
      'conflict with "hand" using example.com/v1: .spec.size',
    );
  });

  it('shares what two managers apply alike, and takes what one forces', () => {
    const first = applied(undefined, 'm1', '{size: 1, name: x}');
    const shared = applied(first, 'm2', '{size: 1}');
    expect(owners(shared)).toEqual({
      m1: { 'f:name': {}, 'f:size': {} },
      m2: { 'f:size': {} },
    });
    const forced = applied(shared, 'm2', '{size: 2}', true);
    expect(forced.spec).toEqual({ size: 2, name: 'x' });
    expect(owners(forced)).toEqual({
      m1: { 'f:name': {} },
      m2: { 'f:size': {} },
    });
  });

  it('takes over from kubectl what it applied on the client side', () => {
    const record = JSON.stringify({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'c' },
      data: { a: '1' },
    });
    const annotations = {
      'kubectl.kubernetes.io/last-applied-configuration': record,
    };
    const schema = nativeSchemaOf('v1', 'ConfigMap');
    const configMap = (value: string, metadata = {}) => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'c', ...metadata },
      data: { a: value },
    });
    const live = trackUpdate(
      schema,
      undefined,
      configMap('1', { annotations }),
      { ...writer('kubectl-client-side-apply'), apiVersion: 'v1' },
    );
    const by = (name: string) =>
      applyConfiguration(
        schema,
        live,
        configMap('2'),
        { ...writer(name), apiVersion: 'v1' },
        false,
        asObject,
      );
    expect(() => by('other')).toThrow('conflict');
    const next = by('kubectl');
    expect(next.data).toEqual({ a: '2' });
    expect(Object.values(next.metadata.annotations ?? {})).toEqual([
      '{"apiVersion":"v1","data":{"a":"2"},"kind":"ConfigMap","metadata":{"name":"c"}}\n',
    ]);
  });

  it('gives what was there before anybody was tracked to a manager of its own', () => {
    const untracked = configuration('{size: 1, name: x}');
    expect(() => applied(untracked, 'm1', '{size: 2}')).toThrow(
      'conflict with "before-first-apply" using example.com/v1: .spec.size',
    );
  });

  const name = fc.constantFrom('a', 'b', 'c');
  const spec = fc.record(
    {
      size: fc.integer({ min: 0, max: 3 }),
      set: fc.uniqueArray(name, { minLength: 1 }),
      list: fc.array(name, { minLength: 1, maxLength: 3 }),
      items: fc.uniqueArray(
        fc.record({ name, value: name }, { requiredKeys: ['name'] }),
        { selector: item => item.name, minLength: 1 },
      ),
      free: fc.dictionary(name, fc.record({ x: name }), { minKeys: 1 }),
    },
    { requiredKeys: [] },
  );

  it('is idempotent, and one who applies alone gets what they apply', () => {
    fc.assert(
      fc.property(fc.array(spec, { minLength: 1, maxLength: 4 }), specs => {
        const text = (value: unknown) => JSON.stringify(value);
        let live: StoredObject | undefined;
        for (const next of specs) {
          live = applied(live, 'm1', text(next));
          expect(live.spec).toEqual(next);
          expect(applied(live, 'm1', text(next))).toEqual(live);
        }
      }),
    );
  });

  it('leaves what others own as it is, unless it is forced', () => {
    fc.assert(
      fc.property(spec, spec, (mine, theirs) => {
        const first = applied(undefined, 'm1', JSON.stringify(theirs));
        let second: StoredObject;
        try {
          second = applied(first, 'm2', JSON.stringify(mine));
        } catch {
          return;
        }
        // Without a conflict, all that the first applied is still there when the second withdraws.
        const third = applied(second, 'm2', '{}');
        expect(unordered(third.spec)).toEqual(unordered(first.spec));
      }),
    );
  });
});

describe('trackUpdate', () => {
  it('lets whoever changes a field own it', () => {
    const first = trackUpdate(
      SCHEMA,
      undefined,
      configuration('{size: 1, name: x}'),
      writer('a'),
    );
    const second = trackUpdate(
      SCHEMA,
      first,
      { ...first, spec: { size: 2, name: 'x' } },
      writer('b'),
    );
    expect(owners(second)).toEqual({
      a: { '.': {}, 'f:name': {} },
      b: { 'f:size': {} },
    });
    const third = trackUpdate(
      SCHEMA,
      second,
      { ...second, spec: { name: 'x' } },
      writer('c'),
    );
    expect(owners(third)).toEqual({ a: { '.': {}, 'f:name': {} } });
  });

  it('does not begin to track what nobody tracked', () => {
    const live = configuration('{size: 1}');
    const next = trackUpdate(
      SCHEMA,
      live,
      { ...live, spec: { size: 2 } },
      writer('a'),
    );
    expect(next.metadata.managedFields).toBeUndefined();
  });

  it('forgets all owners when it is told to', () => {
    const first = trackUpdate(
      SCHEMA,
      undefined,
      configuration('{size: 1}'),
      writer('a'),
    );
    const reset = {
      ...first,
      metadata: { ...first.metadata, managedFields: [{}] },
    };
    expect(
      trackUpdate(SCHEMA, first, reset, writer('b')).metadata.managedFields,
    ).toBeUndefined();
  });
});
