import { ServiceRef } from '../../contract/common';
import { Service } from '../../kubernetes/core';
import { addTo } from '../../snapshot/addTo';
import { defineClusterIndex } from '../../snapshot/defineClusterIndex';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { mirroredServices } from './mirror';
import { targetCluster } from './targetClusters';

interface Mirroring {
  service: Service;
  /** By the name that Links have for it. */
  cluster: string;
}

const mirrorings = defineClusterIndex(
  'Service',
  services =>
    services.flatMap(service =>
      mirroredServices(service).flatMap(
        ({ cluster, namespace, name }): [string, Mirroring][] =>
          cluster ? [[`${namespace}/${name}`, { service, cluster }]] : [],
      ),
    ),
  parts => {
    const byMirrored = new Map<string, Mirroring[]>();
    for (const [key, mirroring] of parts.flat()) {
      addTo(byMirrored, key, mirroring);
    }
    return byMirrored;
  },
);

/** The Services of a cluster that stand for one of another cluster. */
export function mirrorsOf(
  snapshot: MeshSnapshot,
  { cluster, namespace, name }: ServiceRef,
): Service[] {
  return (mirrorings(snapshot).get(`${namespace}/${name}`) ?? [])
    .filter(mirroring => {
      const target = targetCluster(snapshot, mirroring.cluster);
      return 'cluster' in target && target.cluster === cluster;
    })
    .map(({ service }) => service);
}
