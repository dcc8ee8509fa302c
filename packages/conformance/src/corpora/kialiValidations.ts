import {
  Analyzer,
  AnyCheck,
  CHECKS,
  Finding,
  OPTIONAL_CHECKS,
} from 'backstage-plugin-mesh-common';
import { Comparison, corpus } from '../corpus';
import { ValidationsCase, validationsCase } from './kialiValidations/case';
import { clusterOfCase } from './kialiValidations/cluster';

/** What the checkers of Kiali say about objects. */
export const kialiValidations = corpus({
  name: 'kiali-validations',
  schema: validationsCase,
  compare(entry): Comparison {
    const checks = checksOf(entry.checker);
    if (checks.length === 0) {
      return { skipped: `no check comes from ${entry.checker}` };
    }
    const { findings } = Analyzer.create(checks).analyze(clusterOfCase(entry));
    const found = new Set(findings.flatMap(keysOf));
    const expected = new Set(entry.expect.map(keyOf));
    return {
      expected: [...expected].sort(),
      actual: [...found]
        .filter(key => entry.complete || isJudged(entry, expected, key))
        .sort(),
    };
  },
});

/**
 * `a.One (istioctl); b.Two, c.Three (Kiali)` names two checkers of Kiali. Cases name a checker by its type or by the
 * function that makes one.
 */
function checksOf(checker: string): AnyCheck[] {
  const name = checker.replace(/^checkers[./]/, '').replace(/\bNew/, '');
  return [...CHECKS, ...OPTIONAL_CHECKS].filter(({ upstream }) =>
    upstream
      .split('; ')
      .filter(source => source.endsWith('(Kiali)'))
      .some(source => source.split(' (')[0].split(', ').includes(name)),
  );
}

/** Whether a case that does not say all says something of this. */
function isJudged(
  { must_not: mustNot }: ValidationsCase,
  expected: ReadonlySet<string>,
  key: string,
): boolean {
  const [code] = key.split(' ');
  return (
    expected.has(key) ||
    mustNot.some(
      ({ codes, ...object }) =>
        (codes === '*' || codes.includes(code)) &&
        keyOf({ code, ...object }) === key,
    )
  );
}

const WORKLOADS: readonly string[] = [
  'Pod',
  'apps/Deployment',
  'apps/StatefulSet',
  'apps/DaemonSet',
];

/** A finding by each code that Kiali has for it. */
function keysOf({ code, aliases, object }: Finding): string[] {
  const kind = WORKLOADS.includes(object.kind)
    ? 'Workload'
    : object.kind.split('/').at(-1) ?? object.kind;
  return [code, ...aliases]
    .filter(one => /^(KIA|GWAPI)/.test(one))
    .map(one =>
      keyOf({
        code: one,
        kind,
        namespace: object.namespace ?? '',
        name: object.name,
      }),
    );
}

function keyOf(finding: {
  code: string;
  kind: string;
  namespace: string;
  name: string;
}): string {
  const { code, kind, namespace, name } = finding;
  return [code, kind, namespace, name].join(' ');
}
