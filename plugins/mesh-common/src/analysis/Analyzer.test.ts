import fc from 'fast-check';
import { KindId } from '../kubernetes/kinds';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { podsWithLabels } from '../snapshot/podsByLabel';
import { pod, service, snapshotChanges } from '../__testUtils__/snapshots';
import { Analysis, Analyzer } from './Analyzer';
import { AnyCheck, defineCheck } from './check';

const withoutPods = (overrides: { run?: () => void } = {}) =>
  defineCheck({
    code: 'MESH-T001',
    level: 'warning',
    title: 'Service without pods',
    explanation: 'Nothing answers.',
    upstream: 'test',
    subject: 'Service',
    needs: ['Pod'],
    *run({ metadata: { name, namespace = '' }, spec }, snapshot) {
      overrides.run?.();
      if (
        podsWithLabels(snapshot, namespace, spec.selector ?? {}).length === 0
      ) {
        yield {
          message: `Service ${namespace}/${name} selects no pod`,
          field: 'spec.selector',
        };
      }
    },
  });

/** It looks at another namespace, and tells about another object than the one it looks at. */
const sameName = defineCheck({
  code: 'MESH-T002',
  level: 'error',
  title: 'Pod called as a Service of namespace a',
  explanation: 'For tests.',
  upstream: 'test',
  subject: 'Pod',
  needs: [],
  *run({ metadata: { name } }, snapshot) {
    const twin = snapshot.get('Service', 'a', name);
    if (twin) {
      yield {
        message: 'Called alike',
        about: { kind: 'Service' as KindId, object: twin },
      };
    }
  },
});

const checks: AnyCheck[] = [withoutPods(), sameName];

describe('Analyzer', () => {
  it('finds the same step by step as at once', () => {
    fc.assert(
      fc.property(fc.array(snapshotChanges), batches => {
        const incremental = Analyzer.create(checks);
        let snapshot = MeshSnapshot.empty('east');
        for (const batch of batches) {
          snapshot = snapshot.apply(batch);
          expect(incremental.analyze(snapshot)).toEqual(
            Analyzer.create(checks).analyze(snapshot),
          );
        }
      }),
    );
  });

  it('lets an analysis that has begun go first, a step at a time as well, whoever takes the steps', () => {
    fc.assert(
      fc.property(
        snapshotChanges,
        snapshotChanges,
        fc.array(fc.boolean()),
        (before, changes, turns) => {
          const first = MeshSnapshot.empty('east').apply(before);
          const second = first.apply(changes);
          const analyzer = Analyzer.create(checks);
          const both = [analyzer.steps(first), analyzer.steps(second)];
          const found = both.map((): Analysis | undefined => undefined);
          const take = (one: number) => {
            const { done, value } = both[one].next();
            if (done && value) {
              found[one] = value;
            }
          };
          turns.forEach(isFirst => take(isFirst ? 0 : 1));
          while (!found[0] || !found[1]) {
            take(found[1] ? 0 : 1);
          }
          expect(found).toEqual(
            [first, second].map(snapshot =>
              Analyzer.create(checks).analyze(snapshot),
            ),
          );
        },
      ),
    );
  });

  it('runs again only the checks that a change concerns', () => {
    let runs = 0;
    const analyzer = Analyzer.create([withoutPods({ run: () => (runs += 1) })]);
    const first = MeshSnapshot.of('east', [
      service('a', 's', { app: '1' }),
      service('b', 's', { app: '1' }),
    ]);
    analyzer.analyze(first);
    expect(runs).toBe(2);
    const second = first.apply(
      [pod('b', 'x', { app: '1' })].map(raw => ({
        type: 'put' as const,
        parsed: { kindId: 'Pod' as const, object: podOf(raw) },
      })),
    );
    expect(analyzer.analyze(second).findings).toHaveLength(1);
    expect(runs).toBe(3);
  });

  it('says where and why, most important first', () => {
    const { findings } = Analyzer.create(checks).analyze(
      MeshSnapshot.of('east', [service('a', 's', { app: '1' }), pod('b', 's')]),
    );
    expect(findings).toEqual([
      expect.objectContaining({
        code: 'MESH-T002',
        object: { cluster: 'east', kind: 'Service', namespace: 'a', name: 's' },
      }),
      {
        code: 'MESH-T001',
        aliases: [],
        level: 'warning',
        title: 'Service without pods',
        message: 'Service a/s selects no pod',
        field: 'spec.selector',
        object: { cluster: 'east', kind: 'Service', namespace: 'a', name: 's' },
        docs: expect.stringMatching(/#mesh-t001$/),
      },
    ]);
  });

  it('skips a check whose input is not read, and says so', () => {
    const snapshot = MeshSnapshot.of('east', [
      service('a', 's', { app: '1' }),
    ]).apply([
      {
        type: 'read',
        kindId: 'Pod',
        read: { state: 'forbidden', message: 'pods are forbidden' },
      },
    ]);
    expect(Analyzer.create([withoutPods()]).analyze(snapshot)).toEqual({
      findings: [],
      suppressed: [],
      skipped: [
        {
          code: 'MESH-T001',
          cluster: 'east',
          message: 'Pod: pods are forbidden',
        },
      ],
    });
  });

  it('runs a check of what is never read of a cluster over files, and does not miss it elsewhere', () => {
    const analyzer = Analyzer.create([
      defineCheck({
        code: 'MESH-T004',
        level: 'info',
        title: 't',
        explanation: 'e',
        upstream: 'u',
        subject: 'Service',
        needs: ['Secret'],
        *run() {
          yield { message: 'read' };
        },
      }),
    ]);
    const objects = [service('a', 's')];
    const over = (origin: 'cluster' | 'files') => {
      const { findings, skipped } = analyzer.analyze(
        MeshSnapshot.of('east', objects, origin),
      );
      return [findings.length, skipped.length];
    };
    expect([over('files'), over('cluster')]).toEqual([
      [1, 0],
      [0, 0],
    ]);
  });

  it('does not skip a check for want of its subject, where the cluster has no such kind', () => {
    const snapshot = MeshSnapshot.empty('east').apply([
      {
        type: 'read',
        kindId: 'Service',
        read: { state: 'absent', message: 'not served' },
      },
    ]);
    expect(Analyzer.create([withoutPods()]).analyze(snapshot).skipped).toEqual(
      [],
    );
  });

  it.each([
    ['MESH-T001', true],
    ['MESH-T009,MESH-T001', true],
    ['*', true],
    ['MESH-T009', false],
    ['MESH-T009, MESH-T001', false],
  ])('leaves out what the object suppresses: %s', (written, suppressed) => {
    const quiet = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: {
        name: 's',
        namespace: 'a',
        annotations: { 'galley.istio.io/analyze-suppress': written },
      },
      spec: { selector: { app: '1' } },
    };
    const analysis = Analyzer.create([withoutPods()]).analyze(
      MeshSnapshot.of('east', [quiet]),
    );
    expect(analysis.findings).toHaveLength(suppressed ? 0 : 1);
    expect(
      analysis.suppressed.map(({ finding, reason }) => [finding.code, reason]),
    ).toEqual(
      suppressed
        ? [
            [
              'MESH-T001',
              `The object has the annotation galley.istio.io/analyze-suppress: ${written}`,
            ],
          ]
        : [],
    );
  });

  it('keeps the results of checks with one code apart', () => {
    const on = (subject: 'Pod' | 'Service'): AnyCheck =>
      defineCheck({
        code: 'MESH-T003',
        level: 'info',
        title: 't',
        explanation: 'e',
        upstream: 'same',
        subject,
        needs: [],
        *run() {
          yield { message: subject };
        },
      });
    expect(
      Analyzer.create([on('Pod'), on('Service')])
        .analyze(MeshSnapshot.of('east', [pod('a', 'x'), service('a', 'x')]))
        .findings.map(({ message }) => message),
    ).toEqual(['Pod', 'Service']);
  });
});

function podOf(raw: object) {
  const [found] = MeshSnapshot.of('east', [raw]).list('Pod');
  return found;
}
