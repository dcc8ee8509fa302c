import fc from 'fast-check';
import { clusterOf, objectsOf } from '../__testUtils__/cluster';
import { ISTIO } from '../istio/__testUtils__/istio';
import { parseObject, ParsedObject } from '../kubernetes/parse';
import { MeshSnapshot, SnapshotChange } from '../snapshot/MeshSnapshot';
import { Analyzer } from './Analyzer';
import { ISTIO_CHECKS } from './istioChecks';
import { EXAMPLES } from './__testUtils__';

const rows = EXAMPLES.flatMap(([code, examples]) =>
  examples.map(example => [code, example.about, example] as const),
);

function snapshotOf({ yaml, origin }: (typeof rows)[number][2]): MeshSnapshot {
  return clusterOf(yaml.includes('kind: ConfigMap') ? yaml : ISTIO + yaml, {
    origin: origin ?? 'files',
  });
}

describe('the checks of istioctl', () => {
  it.each(rows)('%s: %s', (code, _, example) => {
    const snapshot = snapshotOf(example);
    expect(snapshot.malformed()).toEqual([]);
    const findings = Analyzer.create(ISTIO_CHECKS)
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

  it('find the same whether they start anew or go on, over any edits of these objects', () => {
    const objects = rows.flatMap(([, , { yaml }]) =>
      objectsOf(ISTIO + yaml).flatMap(raw => {
        const result = parseObject(raw);
        return result.status === 'parsed' ? [result.parsed] : [];
      }),
    );
    const edit = fc.constantFrom(...objects).chain(edits);
    const seen = new Set<string>();
    fc.assert(
      fc.property(
        fc.array(edit, { minLength: 20, maxLength: 60 }),
        fc.array(fc.array(edit, { maxLength: 4 }), { maxLength: 6 }),
        (first, batches) => {
          const incremental = Analyzer.create(ISTIO_CHECKS);
          let snapshot = MeshSnapshot.empty('test', 'files');
          for (const batch of [first, ...batches]) {
            snapshot = snapshot.apply(batch);
            const { findings } = incremental.analyze(snapshot);
            expect(findings).toEqual(
              Analyzer.create(ISTIO_CHECKS).analyze(snapshot).findings,
            );
            findings.forEach(({ code }) => seen.add(code));
          }
        },
      ),
      { numRuns: 200 },
    );
    expect(EXAMPLES.filter(([code]) => !seen.has(code))).toEqual([]);
  });
});

function edits(parsed: ParsedObject): fc.Arbitrary<SnapshotChange> {
  const { kindId, object } = parsed;
  const { namespace, name } = object.metadata;
  return fc.constantFrom<SnapshotChange>(
    { type: 'put', parsed },
    { type: 'put', parsed },
    { type: 'delete', kindId, name, ...(namespace && { namespace }) },
  );
}
