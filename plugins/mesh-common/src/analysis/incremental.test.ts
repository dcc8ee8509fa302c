import fc from 'fast-check';
import { anyObjects, slotsOf } from '../__testUtils__/anyObjects';
import { objectsOf } from '../__testUtils__/cluster';
import { ISTIO } from '../istio/__testUtils__/istio';
import { KIND_IDS } from '../kubernetes/kinds';
import { parseObject } from '../kubernetes/parse';
import { vendoredSchemas } from '../schema';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { SnapshotChange } from '../snapshot/SnapshotChange';
import { EXAMPLES } from './__testUtils__';
import { LINKERD_SITUATIONS } from './__testUtils__/linkerdSituations';
import { Analyzer } from './Analyzer';
import { CHECKS, OPTIONAL_CHECKS } from './catalogue';
import { withSchemas } from './schemaChecks';

/** More runs find more: a figure of thousands is for a night. */
const RUNS = Number(process.env.INCREMENTAL_RUNS ?? 60);

jest.setTimeout(60_000 + RUNS * 1_000);

const ALL = withSchemas([...CHECKS, ...OPTIONAL_CHECKS], vendoredSchemas());

/** Objects that belong together, of either mesh. */
const SITUATIONS: readonly (readonly object[])[] = [
  ISTIO,
  ...LINKERD_SITUATIONS,
  ...EXAMPLES.flatMap(([, examples]) => examples.map(({ yaml }) => yaml)),
].map(yaml => objectsOf(yaml).map(Object));

const situation = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom(...SITUATIONS) },
  // Those of Linkerd are few, and met as often.
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ...SITUATIONS.slice(0, LINKERD_SITUATIONS.length + 1),
    ),
  },
);

/** A kind may no longer be read, and be read again. */
const reads = fc
  .record({
    kindId: fc.constantFrom(...KIND_IDS),
    read: fc.constantFrom(
      { state: 'read' as const },
      { state: 'forbidden' as const, message: 'it is forbidden' },
    ),
  })
  .map(({ kindId, read }): SnapshotChange[] => [
    { type: 'read', kindId, read },
  ]);

/** A fleet, and what happens to it. */
const histories = fc
  .array(situation, { minLength: 1, maxLength: 8 })
  .map(some => some.flat())
  .chain(fleet =>
    fc.record({
      origin: fc.constantFrom('cluster' as const, 'files' as const),
      fleet: fc.constant(fleet),
      batches: fc.array(fc.array(editOf(fleet), { maxLength: 4 }), {
        minLength: 1,
        maxLength: 6,
      }),
    }),
  );

function editOf(fleet: readonly object[]): fc.Arbitrary<SnapshotChange[]> {
  const existing = fc.constantFrom(...fleet);
  return fc.oneof(
    { weight: 4, arbitrary: existing.map(removal) },
    { weight: 4, arbitrary: existing.map(put) },
    { weight: 8, arbitrary: grafted(fleet).map(put) },
    { weight: 1, arbitrary: anyObjects.map(put) },
    { weight: 1, arbitrary: reads },
  );
}

/** An object in which some values are those that another one has under the same name, as people copy them, or gone. */
function grafted(fleet: readonly object[]): fc.Arbitrary<object> {
  const values = new Map<string, unknown[]>();
  for (const { parent, key } of fleet.flatMap(slotsOf)) {
    const known = values.get(key) ?? [];
    known.push(Reflect.get(parent, key));
    values.set(key, known);
  }
  return fc
    .tuple(
      fc.constantFrom(...fleet),
      fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat(9)), {
        minLength: 1,
        maxLength: 3,
      }),
    )
    .map(([original, grafts]) => {
      const object = structuredClone(original);
      for (const [place, choice, fate] of grafts) {
        const slots = slotsOf(object);
        if (slots.length === 0) {
          break;
        }
        const { parent, key } = slots[place % slots.length];
        const known = values.get(key) ?? [];
        if (fate === 0) {
          Reflect.deleteProperty(parent, key);
        } else if (known.length > 0) {
          Reflect.set(
            parent,
            key,
            structuredClone(known[choice % known.length]),
          );
        }
      }
      return object;
    });
}

function put(raw: unknown): SnapshotChange[] {
  const result = parseObject(raw);
  if (result.status === 'parsed') {
    return [{ type: 'put', parsed: result.parsed }];
  }
  return result.status === 'malformed'
    ? [{ type: 'malformed', malformed: result.malformed }]
    : [];
}

function removal(raw: object): SnapshotChange[] {
  return put(raw).flatMap((change): SnapshotChange[] => {
    if (change.type !== 'put') {
      return [];
    }
    const { kindId, object } = change.parsed;
    const { namespace, name } = object.metadata;
    return [{ type: 'delete', kindId, name, ...(namespace && { namespace }) }];
  });
}

describe('incremental analysis', () => {
  it('finds, after each of any edits of any fleet of both meshes, what a full one finds', () => {
    const met = new Set<string>();
    fc.assert(
      fc.property(histories, ({ origin, fleet, batches }) => {
        const incremental = Analyzer.create(ALL);
        let snapshot = MeshSnapshot.empty('test', origin);
        for (const batch of [
          fleet.flatMap(put),
          ...batches.map(b => b.flat()),
        ]) {
          snapshot = snapshot.apply(batch);
          const full = Analyzer.create(ALL).analyze(snapshot);
          expect(incremental.analyze(snapshot)).toEqual(full);
          full.findings.forEach(({ code }) => met.add(code));
        }
      }),
      { numRuns: RUNS },
    );
    // Fleets without findings would prove nothing.
    expect([...met].some(code => code.startsWith('MESH-L'))).toBe(true);
    expect([...met].some(code => code.startsWith('KIA'))).toBe(true);
    expect([...met].some(code => code.startsWith('IST'))).toBe(true);
  });
});
