import { MeshSnapshot } from 'backstage-plugin-mesh-common';
import { Comparison, corpus } from '../../corpus';
import { analyze } from './analyze';
import { authz } from './authz';
import { Answerer, Asked, reportCase, reportClusters } from './case';
import { enrolment } from './enrolment';
import { entity } from './entity';
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

const OF_ALL_CLUSTERS: Readonly<
  Record<string, (asked: Asked) => Readonly<Record<string, unknown>>>
> = { entity };

/** Situations that users reported, and the answers to their questions. */
export const reports = corpus({
  name: 'reports',
  schema: reportCase,
  compare(entry, readInput): Comparison {
    const questions = [entry, ...entry.also];
    const open = questions
      .flatMap(({ ask }) => Object.keys(ask))
      .find(word => !(word in ANSWERERS) && !(word in OF_ALL_CLUSTERS));
    if (open) {
      return { skipped: `${open}: the runner does not ask for it yet` };
    }
    const world = reportClusters(entry, readInput);
    const answers = questions.map(({ ask, expect }) => {
      const [[word, asked]] = Object.entries(ask);
      return compared(
        expect,
        word in OF_ALL_CLUSTERS
          ? OF_ALL_CLUSTERS[word]({ ...world, asked })
          : ANSWERERS[word](clusterAsked(world.clusters, asked), asked, expect),
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
