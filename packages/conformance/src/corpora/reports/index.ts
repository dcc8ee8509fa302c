import { MeshSnapshot } from 'backstage-plugin-mesh-common';
import { Comparison, corpus } from '../../corpus';
import { analyze } from './analyze';
import { authz } from './authz';
import { Answerer, reportCase, reportClusters } from './case';
import { enrolment } from './enrolment';
import { mtls } from './mtls';
import { probe } from './probe';
import { resilience } from './resilience';
import { routes } from './routes';
import { walk } from './walk';
import { compared } from './words';

const ANSWERERS: Readonly<Record<string, Answerer>> = {
  analyze,
  authz,
  enrolment,
  mtls,
  probe,
  resilience,
  routes,
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
    const clusters = reportClusters(entry, readInput);
    const answers = questions.map(({ ask, expect }) => {
      const [[word, asked]] = Object.entries(ask);
      return compared(
        expect,
        ANSWERERS[word](clusterAsked(clusters, asked), asked, expect),
      );
    });
    return {
      expected: answers.map(({ expected }) => expected),
      actual: answers.map(({ actual }) => actual),
    };
  },
});

/** The cluster that a question names, else the first. */
function clusterAsked(
  clusters: ReadonlyMap<string, MeshSnapshot>,
  asked: unknown,
): MeshSnapshot {
  const { cluster } = Object(asked);
  const [first] = clusters.values();
  return clusters.get(cluster) ?? first;
}
