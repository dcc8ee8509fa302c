import { Reason } from '../contract/common';
import { Workload } from '../mesh/workloads';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { PolicyEffect } from './authorizationPolicy';
import { controlPlaneConfig } from './controlPlaneConfig';
import { podsOf } from './identity';
import { routesOfServer } from './inboundRoutes';
import { Server } from './objects';
import { routeEffects, serverEffects } from './serverPolicy';
import { serversOfPod } from './servers';

/**
 * The identities that policies which let clients in to a workload name literally: those of the Servers that
 * select its pods, and of their routes. Suffixes (`*`, a namespace's) name nobody.
 */
export function allowedIdentities(
  snapshot: MeshSnapshot,
  workload: Workload,
): { identity: string; reason: Reason }[] {
  const read = controlPlaneConfig(snapshot);
  if (read.state !== 'read') {
    // The names of ServiceAccounts could not be completed to identities.
    return [];
  }
  const servers = new Set<Server>();
  for (const pod of podsOf(workload)) {
    serversOfPod(snapshot, pod).forEach(server => servers.add(server));
  }
  const found = new Map<string, Reason>();
  for (const server of servers) {
    const effects: PolicyEffect[] = [
      ...serverEffects(snapshot, server),
      ...routesOfServer(snapshot, server).routes.flatMap(route =>
        routeEffects(snapshot, route, read.config),
      ),
    ];
    for (const effect of effects) {
      if (effect.effect === 'authorizes') {
        for (const { identity, reason } of effect.authorization.literal) {
          found.set(identity, found.get(identity) ?? reason);
        }
      }
    }
  }
  return [...found].map(([identity, reason]) => ({ identity, reason }));
}
