import fc from 'fast-check';
import { KIND_IDS, KINDS } from '../kubernetes/kinds';

/** Names that mean something to JavaScript, and to Kubernetes nothing. */
const TRAPS = ['__proto__', 'constructor', 'prototype', 'toString'] as const;

const name = fc.constantFrom('a', 'b', 'c');

/** A value that no rule expects at its place. */
const wrong: fc.Arbitrary<unknown> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(null, true, 0, -1, 1.5, '', 'x', {}, []),
  },
  { weight: 2, arbitrary: fc.string() },
  { weight: 1, arbitrary: fc.constantFrom(...TRAPS) },
  {
    weight: 1,
    arbitrary: fc.constant(
      JSON.parse('{"__proto__": {"polluted": true}, "constructor": 1}'),
    ),
  },
  { weight: 1, arbitrary: fc.constant('x'.repeat(100_000)) },
  { weight: 1, arbitrary: fc.integer({ min: 50, max: 2_000 }).map(nested) },
  { weight: 2, arbitrary: fc.jsonValue() },
);

function nested(depth: number): unknown {
  let value: unknown = 'deep';
  for (let level = 0; level < depth; level++) {
    value = level % 2 === 0 ? [value] : { a: value };
  }
  return value;
}

/**
 * A value of 2^(levels/2) parts: every second level holds the next one twice, as anchors of YAML can. One of 60
 * levels can be held, and never be written out.
 */
export function hugeValue(levels: number): unknown {
  return Array.from({ length: levels }).reduce<unknown>(
    (inner, _, level) => (level % 2 ? [inner] : { http: inner, spec: inner }),
    {},
  );
}

/** The object once for each of its values, with one of thousands of parts instead of it. */
export function hugeAtEachPlace(sample: object): object[] {
  return slotsOf(sample).map((_, place) => {
    const object = structuredClone(sample);
    Object.assign(Object(Reflect.get(object, 'metadata')), {
      name: `huge-${place}`,
    });
    replaceAt(object, place, hugeValue(24));
    return object;
  });
}

/** An object that is right, of which any value at any place is then replaced. */
export function brokenObjects(
  samples: readonly object[],
): fc.Arbitrary<unknown> {
  return fc
    .record({
      sample: fc.constantFrom(...samples),
      at: fc.array(fc.nat(), { minLength: 1, maxLength: 3 }),
      value: wrong,
      name,
    })
    .map(({ sample, at, value, name: called }) => {
      const object = structuredClone(sample);
      Object.assign(Object(Reflect.get(object, 'metadata')), { name: called });
      at.forEach(place => replaceAt(object, place, value));
      return object;
    });
}

/** An object of any kind of the table, with anything in it. */
export const anyObjects: fc.Arbitrary<unknown> = fc
  .record({
    kindId: fc.constantFrom(...KIND_IDS),
    name: fc.oneof(name, fc.constantFrom(...TRAPS)),
    namespace: fc.oneof(name, fc.constantFrom(...TRAPS)),
    labels: fc.oneof(fc.dictionary(fc.string(), fc.string()), wrong),
    spec: fc.oneof(fc.jsonValue(), wrong),
  })
  .map(({ kindId, name: called, namespace, labels, spec }) => {
    const { group, versions, kind } = KINDS[kindId];
    return {
      apiVersion: group ? `${group}/${versions[0]}` : versions[0],
      kind,
      metadata: { name: called, namespace, labels },
      spec,
    };
  });

/** A value of an object, by what contains it. */
export interface Slot {
  parent: object;
  key: string;
}

/** The values that may be written otherwise in an object: all but what says which object it is. */
export function slotsOf(object: object): Slot[] {
  const slots: Slot[] = [];
  const isObject = (member: unknown): member is object =>
    member !== null && typeof member === 'object';
  const parts = ['metadata', 'spec', 'data', 'webhooks', 'status'].filter(
    part => isObject(Reflect.get(object, part)),
  );
  slots.push(...parts.map(key => ({ parent: object, key })));
  // Not one function within the other: some are nested deeper than calls can be.
  const pending: unknown[] = parts.map(part => Reflect.get(object, part));
  for (
    let parent = pending.pop();
    parent !== undefined;
    parent = pending.pop()
  ) {
    for (const [key, member] of Object.entries(Object(parent))) {
      slots.push({ parent: Object(parent), key });
      if (isObject(member)) {
        pending.push(member);
      }
    }
  }
  return slots;
}

/** Replaces one of the values of an object, counted through all of them. */
function replaceAt(object: object, place: number, value: unknown): void {
  const slots = slotsOf(object);
  if (slots.length === 0) {
    // Everything has been replaced already.
    return;
  }
  const { parent, key } = slots[place % slots.length];
  Reflect.defineProperty(parent, key, {
    value: structuredClone(value),
    enumerable: true,
    configurable: true,
    writable: true,
  });
}

/** Texts that stop those who do not expect them: for patterns, numbers, addresses, names, templates, and for JavaScript. */
const TEXTS = [
  '',
  ' ',
  '*',
  '**',
  '*.',
  '.',
  '/',
  '//',
  '(',
  '[',
  '(a+)+$',
  '(a|a)*b',
  '\\',
  '\u0000',
  '\ud800',
  'ÄÖ',
  '-1',
  '0',
  '1e999',
  'NaN',
  '99999999999999999999',
  '65536',
  '80-',
  '-80',
  '90-80',
  '0-65535',
  ',,,',
  '1d',
  '-1s',
  '1.5s',
  '9999999999h',
  '0.0.0.0/0',
  '10.0.0.0/33',
  '10.0.0.300',
  '::/0',
  '::1/129',
  '1.2.3.4/8/9',
  'spiffe://',
  'spiffe://a//b',
  'a:b:c',
  '$(_pod_sa)',
  '{{ .Values.x }}',
  '&a [*a, *a]',
  '-----BEGIN CERTIFICATE-----',
  'a'.repeat(10_000),
  'a.'.repeat(5_000),
  '1,'.repeat(10_000),
  ...TRAPS,
];

const NUMBERS = [0, -1, 0.5, 65_536, 2 ** 31, 2 ** 53, 1e308, -1e308];

/** An object that is right but for what some of its texts and numbers say: its shape is that of its kind. */
export function respelledObjects(
  samples: readonly object[],
): fc.Arbitrary<unknown> {
  return fc
    .record({
      sample: fc.constantFrom(...samples),
      at: fc.array(fc.nat(), { minLength: 1, maxLength: 4 }),
      text: fc.oneof(fc.constantFrom(...TEXTS), fc.string()),
      number: fc.constantFrom(...NUMBERS),
    })
    .map(({ sample, at, text, number }) => {
      const object = structuredClone(sample);
      for (const place of at) {
        const slots = slotsOf(object).filter(({ parent, key }) =>
          ['string', 'number'].includes(typeof Reflect.get(parent, key)),
        );
        const { parent, key } = slots[place % slots.length];
        const old: unknown = Reflect.get(parent, key);
        Reflect.set(parent, key, typeof old === 'number' ? number : text);
      }
      return object;
    });
}
