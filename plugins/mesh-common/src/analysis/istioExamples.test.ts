import fc from 'fast-check';
import { clusterOf, objectsOf } from '../__testUtils__/cluster';
import { ISTIO } from '../istio/__testUtils__/istio';
import { parseObject, ParsedObject } from '../kubernetes/parse';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { SnapshotChange } from '../snapshot/SnapshotChange';
import { Analyzer } from './Analyzer';
import { ISTIO_CHECKS, OPTIONAL_ISTIO_CHECKS } from './istioChecks';
import { EXAMPLES } from './__testUtils__';

const CHECKS = [...ISTIO_CHECKS, ...OPTIONAL_ISTIO_CHECKS];

const rows = EXAMPLES.flatMap(([code, examples]) =>
  examples.map(example => [code, example.about, example] as const),
);

function snapshotOf(example: (typeof rows)[number][2]): MeshSnapshot {
  const { yaml, origin = 'files', peer } = example;
  const own = clusterOf(withMesh(yaml), { origin });
  return peer === undefined
    ? own
    : own.withPeers('istio', [
        clusterOf(withMesh(peer), { name: 'west', origin }),
      ]);
}

function withMesh(yaml: string): string {
  return yaml.includes('name: istio,') ? yaml : ISTIO + yaml;
}

describe('the checks of istioctl', () => {
  it.each(rows)('%s: %s', (code, _, example) => {
    const snapshot = snapshotOf(example);
    expect(snapshot.malformed()).toEqual([]);
    const findings = Analyzer.create(CHECKS)
      .analyze(snapshot)
      .findings.filter(finding => finding.code === code);
    expect(
      findings
        .map(({ object, field }) =>
          [object.kind.split('/').at(-1), object.name, field].join(' '),
        )
        .sort(),
    ).toEqual([...example.finds].sort());
    for (const { object, message } of findings) {
      expect(message).toContain(object.name);
      expect(message).toContain(example.says ?? '');
    }
  });

  it.each([...EXAMPLES])(
    '%s: has a case with a finding and one without',
    (_, examples) => {
      expect(examples.some(({ finds }) => finds.length > 0)).toBe(true);
      expect(examples.some(({ finds }) => finds.length === 0)).toBe(true);
    },
  );

  it.each(rows)(
    'find the same when each object goes and comes back (%s: %s)',
    (_, __, example) => {
      let snapshot = snapshotOf(example);
      const incremental = Analyzer.create(CHECKS);
      const asAnew = () =>
        expect(incremental.analyze(snapshot)).toEqual(
          Analyzer.create(CHECKS).analyze(snapshot),
        );
      asAnew();
      for (const parsed of parsedOf(example)) {
        snapshot = snapshot.apply([removal(parsed)]);
        asAnew();
        snapshot = snapshot.apply([{ type: 'put', parsed }]);
        asAnew();
      }
    },
  );

  it('find the same whether they start anew or go on, over any edits of some cases together', () => {
    fc.assert(
      fc.property(
        fc
          .shuffledSubarray([...rows], { minLength: 2, maxLength: 12 })
          .map(some => some.flatMap(([, , example]) => parsedOf(example)))
          .chain(objects =>
            fc.record({
              objects: fc.constant(objects),
              batches: fc.array(
                fc.array(fc.constantFrom(...objects).chain(edit), {
                  maxLength: 6,
                }),
                { maxLength: 6 },
              ),
            }),
          ),
        ({ objects, batches }) => {
          const incremental = Analyzer.create(CHECKS);
          const puts = objects.map(
            (parsed): SnapshotChange => ({ type: 'put', parsed }),
          );
          let snapshot = MeshSnapshot.empty('test', 'files');
          for (const batch of [puts, ...batches]) {
            snapshot = snapshot.apply(batch);
            expect(incremental.analyze(snapshot)).toEqual(
              Analyzer.create(CHECKS).analyze(snapshot),
            );
          }
        },
      ),
    );
  });
});

function parsedOf({ yaml }: (typeof rows)[number][2]): ParsedObject[] {
  return objectsOf(ISTIO + yaml).flatMap(raw => {
    const result = parseObject(raw);
    return result.status === 'parsed' ? [result.parsed] : [];
  });
}

function removal({ kindId, object }: ParsedObject): SnapshotChange {
  const { namespace, name } = object.metadata;
  return { type: 'delete', kindId, name, ...(namespace && { namespace }) };
}

function edit(parsed: ParsedObject): fc.Arbitrary<SnapshotChange> {
  return fc.constantFrom<SnapshotChange>(
    { type: 'put', parsed },
    removal(parsed),
  );
}
