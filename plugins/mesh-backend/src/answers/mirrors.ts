import {
  Service,
  ServiceMirror,
  ServiceRef,
  serviceRef,
  ServiceRoutes,
} from 'backstage-plugin-mesh-common';
import { AnswerStore, ClusterPicture } from './AnswerStore';

/** A Service of a cluster that stands for one of another cluster. */
export interface MirroringService {
  cluster: ClusterPicture;
  service: Service;
}

/** The Services of other clusters by which requests come to a Service from there. */
export function mirrorsOf(
  { clusters, meshes }: Pick<AnswerStore, 'clusters' | 'meshes'>,
  of: ServiceRef,
): MirroringService[] {
  return clusters
    .filter(({ name }) => name !== of.cluster)
    .flatMap(cluster =>
      meshes
        .flatMap(mesh => mesh.mirrorsOf?.(cluster.snapshot, of) ?? [])
        .map(service => ({ cluster, service })),
    );
}

/** Routes, with the Services of other clusters that lead to theirs. */
export function withMirrors(
  { clusters, meshes }: AnswerStore,
  routes: readonly ServiceRoutes[],
): ServiceRoutes[] {
  return routes.map(one => {
    const mirrors = mirrorsOf({ clusters, meshes }, one.service).map(mirrorOf);
    return mirrors.length > 0 ? { ...one, mirrors } : one;
  });
}

function mirrorOf({ cluster, service }: MirroringService): ServiceMirror {
  return {
    service: serviceRef(cluster.snapshot, service),
    ports: service.spec.ports
      .filter(({ protocol }) => protocol !== 'UDP')
      .map(({ port }) => port),
  };
}
