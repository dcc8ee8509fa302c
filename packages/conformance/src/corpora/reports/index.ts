import { Comparison, corpus } from '../../corpus';
import { analyze } from './analyze';
import { authz } from './authz';
import { Answerer, reportCase, reportCluster } from './case';
import { enrolment } from './enrolment';
import { mtls } from './mtls';
import { walk } from './walk';
import { compared } from './words';

const ANSWERERS: Readonly<Record<string, Answerer>> = {
  analyze,
  authz,
  enrolment,
  mtls,
  walk,
};

/** Situations that users reported, and the answers to their questions. */
export const reports = corpus({
  name: 'reports',
  schema: reportCase,
  compare(entry, readInput): Comparison {
    const questions = [entry, ...entry.also];
    const open = questions
      .flatMap(({ ask }) => Object.keys(ask))
      .find(word => !(word in ANSWERERS));
    if (open) {
      return { skipped: `${open}: the runner does not ask for it yet` };
    }
    if (entry.clusters) {
      return {
        skipped: 'several clusters: the runner does not ask for it yet',
      };
    }
    const snapshot = reportCluster(readInput(`${entry.id}/input.yaml`));
    const answers = questions.map(({ ask, expect }) => {
      const [[word, asked]] = Object.entries(ask);
      return compared(expect, ANSWERERS[word](snapshot, asked, expect));
    });
    return {
      expected: answers.map(({ expected }) => expected),
      actual: answers.map(({ actual }) => actual),
    };
  },
});
