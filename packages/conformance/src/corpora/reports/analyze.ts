import { Analyzer, CHECKS } from 'backstage-plugin-mesh-common';
import { Answerer } from './case';
import { nameOf } from './words';

/** Everything that is wrong, by code and object; a check answers to its aliases too. */
export const analyze: Answerer = snapshot => {
  const findings = Analyzer.create(CHECKS)
    .analyze(snapshot)
    .findings.map(({ code, aliases, object }) => ({
      code: [code, ...aliases],
      object: nameOf(object),
    }));
  return { findings, mustNot: findings };
};
