import {
  FleetClustersAnswer,
  FleetService,
} from 'backstage-plugin-mesh-common';
import { Format } from '../../hooks/useFormat';
import { Tone } from '../../theme/tones';
import { MeshTranslate } from '../../translation';

interface Sentence {
  sentence: string;
  tone: Tone;
}

/** How much of the clusters is in a mesh, and how many of them could not be read completely. */
export function clustersSentence(
  t: MeshTranslate,
  clusters: FleetClustersAnswer['clusters'],
): Sentence {
  const sum = (part: 'total' | 'inMesh') =>
    clusters.reduce((total, { workloads }) => total + workloads[part], 0);
  const sentence = t('fleet.overview.sentence', {
    count: clusters.length,
    inMesh: String(sum('inMesh')),
    total: String(sum('total')),
  });
  const troubled = clusters.filter(({ status }) => status !== 'synced').length;
  return troubled === 0
    ? { tone: 'info', sentence }
    : {
        tone: 'notice',
        sentence: t('fleet.overview.with', {
          sentence,
          addition: t('fleet.overview.troubled', { count: troubled }),
        }),
      };
}

/** How many of the services are protected. */
export function servicesSentence(
  t: MeshTranslate,
  format: Format,
  services: readonly FleetService[],
): Sentence {
  const protectedCount = services.filter(
    ({ verdict }) => verdict === 'protected',
  ).length;
  return {
    tone: protectedCount === services.length ? 'good' : 'notice',
    sentence: t('fleet.services.sentence', {
      count: services.length,
      protectedCount: format.exactCount(protectedCount),
      total: format.exactCount(services.length),
    }),
  };
}
