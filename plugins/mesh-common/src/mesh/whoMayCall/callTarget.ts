import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { isConfigured, MeshPod } from '../enrolment';
import { WorkloadPort } from '../services';
import { PortAuthorization, unreadAuthorization } from './PortAuthorization';
import { allowed, undecided } from './decision';

export const RULE = 'mesh/who-may-call';

/** One port of the pods of a workload that differ in how they take part, with what decides about it. */
export interface Target {
  port: WorkloadPort;
  servers: { server: MeshPod; authorization: PortAuthorization }[];
}

export function targetOf(
  snapshot: MeshSnapshot,
  pods: readonly MeshPod[],
  port: WorkloadPort,
): Target {
  const distinct = new Map(
    pods.map(server => [
      `${server.mesh?.id} ${server.enrolment.mode.value}`,
      server,
    ]),
  );
  return {
    port,
    servers: [...distinct.values()].map(server => ({
      server,
      authorization: authorizationOf(snapshot, server, port.port),
    })),
  };
}

function authorizationOf(
  snapshot: MeshSnapshot,
  server: MeshPod,
  port: number,
): PortAuthorization {
  const { pod, mesh, enrolment } = server;
  const { mode } = enrolment;
  if (mesh && isConfigured(server)) {
    return mesh.authorization(snapshot, pod, port, mode.value);
  }
  return unreadAuthorization(
    mode.value === 'unknown'
      ? undecided(mode)
      : allowed([
          {
            rule: RULE,
            text: 'The workload is not in a mesh: no proxy asks who calls',
          },
          ...mode.reasons,
        ]),
  );
}

export function protocolOf(
  snapshot: MeshSnapshot,
  server: MeshPod,
  port: number,
): string {
  const { pod, mesh, enrolment } = server;
  return mesh && isConfigured(server)
    ? mesh.accepts(snapshot, pod, port, enrolment.mode.value).protocol
    : 'tcp';
}
