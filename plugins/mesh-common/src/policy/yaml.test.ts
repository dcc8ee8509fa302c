import fc from 'fast-check';
import jsYaml from 'js-yaml';
import { parse } from 'yaml';
import { PlaceName, placementOf } from './__testUtils__/places';
import { generatePolicies, policyFiles } from './generate';
import { PolicyIntent, policyIntentSchema } from './intent';
import { toYaml } from './yaml';

/** What readers of YAML 1.2, of 1.1, and of a mixture of both make of a text. */
const READERS: Record<string, (yaml: string) => unknown> = {
  'yaml 1.2': text => parse(text, { version: '1.2' }),
  'yaml 1.1': text => parse(text, { version: '1.1', merge: true }),
  'js-yaml': text => jsYaml.load(text),
};

/** What each reader makes of the object as it is written. */
function readBack(value: object): unknown {
  const text = toYaml(value);
  return Object.values(READERS).map(read => read(text));
}

/** The object, once for each reader. */
function same(value: object): object[] {
  return Object.values(READERS).map(() => value);
}

const TRICKY = [
  ...['on', 'off', 'yes', 'No', 'y', 'n', 'true', 'NULL', 'null', '~', ''],
  ...['1e3', '0o7', '0x1F', '0b1', '010', '1_000', '190:20:30', '.5', '.inf'],
  ...['2024-01-01', '2024-01-01T00:00:00Z', '=', '<<', '-', '---', '...', '?'],
  ...['a: b', 'a #b', '#a', '&a', '*a', '!!str a', '|', '>', '%a', '@a', '`a'],
  ...[
    '{a}',
    '[a]',
    '"',
    "'",
    '\\',
    ' a',
    'a ',
    'a\nb',
    'a\tb',
    '\u0085',
    '\u2028',
  ],
  ...['\ufeff', 'é', '😀', '/on', '/~', '/1e3', 'a\n---\nkind: Secret'],
];

it.each(TRICKY)('reads %j as it was written, whoever reads', text => {
  const value = { [text]: text, list: [text], nested: { key: text } };
  expect(readBack(value)).toEqual(same(value));
});

it('reads any text as it was written, as key and as value', () => {
  fc.assert(
    fc.property(
      fc.dictionary(
        fc
          .oneof(fc.constantFrom(...TRICKY), fc.string({ unit: 'grapheme' }))
          .filter(key => key !== '__proto__'),
        fc.oneof(
          fc.constantFrom(...TRICKY),
          fc.string({ unit: 'grapheme' }),
          fc.string(),
          fc.integer(),
          fc.boolean(),
          fc.array(fc.string()),
        ),
        { noNullPrototype: true },
      ),
      value => {
        expect(readBack(value)).toEqual(same(value));
      },
    ),
  );
});

it('writes plain text plainly', () => {
  expect(toYaml({ kind: 'Service', path: '/healthz', on: 'on', port: 1 })).toBe(
    'kind: Service\npath: /healthz\n"on": "on"\nport: 1\n',
  );
});

const name = fc.oneof(
  fc.constantFrom('on', 'off', 'y', 'n', 'null', 'true', 'e1', 'inf'),
  fc.stringMatching(/^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/),
);
const label = fc.oneof(
  fc.constantFrom('on', '1e3', '0o7', '010', '2024-01-01', '0x1f', '1-2'),
  fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/),
);
const path = fc.oneof(
  fc.constantFrom('/~', '/=', '/on', '/1e3', "/'", '/*', '/%7E', '/a:b'),
  fc.stringMatching(/^\/[A-Za-z0-9\-._~!$&'()*+,;=:@%/]{0,40}$/),
);
const duration = fc.constantFrom('500ms', '1s', '1m', '30s');

const intents: fc.Arbitrary<PolicyIntent> = fc
  .record({
    name,
    port: fc.integer({ min: 1, max: 65535 }),
    protocol: fc.constantFrom('http' as const, 'grpc' as const, 'tcp' as const),
    callers: fc.array(fc.record({ namespace: label, serviceAccount: label }), {
      maxLength: 4,
    }),
    probes: fc.array(path, { maxLength: 4 }),
    resilience: fc.record(
      {
        timeout: duration,
        retries: fc.record(
          {
            attempts: fc.integer({ min: 1, max: 10 }),
            perTryTimeout: duration,
            idempotent: fc.boolean(),
          },
          { requiredKeys: ['attempts'] },
        ),
        circuitBreaker: fc.record({
          consecutiveErrors: fc.integer({ min: 1, max: 1000 }),
        }),
        maxConnections: fc.integer({ min: 1, max: 1000 }),
      },
      { requiredKeys: [] },
    ),
  })
  .map(value => policyIntentSchema.parse(value));

it.each<PlaceName>(['sidecar', 'ambient', 'waypoint', 'linkerd'])(
  'every intent becomes files that all readers agree on: %s',
  place => {
    const inPlace = placementOf(place);
    fc.assert(
      fc.property(intents, label, (intent, namespace) => {
        const task = { intent, placement: { ...inPlace, namespace } };
        const policies = generatePolicies(task);
        const files = policyFiles(task, policies, {
          owner: 'group:default/shop-team',
          description: 'a: "b" #c',
          callers: ['component:default/web'],
        });
        expect(new Set(files.map(file => file.path)).size).toBe(files.length);
        files.forEach(({ content }, index) => {
          const [first, ...others] = Object.values(READERS).map(read =>
            read(content),
          );
          // The last file is the entity.
          const written = policies.manifests[index]?.object ?? first;
          expect(first).toEqual(JSON.parse(JSON.stringify(written)));
          others.forEach(other => expect(other).toEqual(first));
        });
      }),
      { numRuns: 60 },
    );
  },
);
