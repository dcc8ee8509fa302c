import { Answer } from '../contract/common';
import { Accepts, Sends } from '../contract/mtls';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { isInMesh, MeshPod } from './enrolment';
import { MeshAdapter, SendingClient, SendingDestination } from './MeshAdapter';

/**
 * A client with the mesh that carries its connections; without one, it has no proxy.
 *
 * @public
 */
export interface Sender {
  client: SendingClient;
  mesh?: MeshAdapter;
}

/**
 * What one client sends to a port of one pod, and whether the pod takes it: a client without a proxy (or
 * of another mesh) sends plaintext; within a mesh, the mesh decides; and what the server refuses, fails.
 *
 * @public
 */
export function sendsTo(
  snapshot: MeshSnapshot,
  sender: Sender,
  destination: SendingDestination,
  server: MeshPod,
  accepts: Answer<Accepts>,
): Answer<Sends> {
  return meet(clientSends(snapshot, sender, destination, server), accepts);
}

/**
 * What the client's side makes of a connection, whatever the server then takes.
 *
 * @public
 */
export function clientSends(
  snapshot: MeshSnapshot,
  { client, mesh }: Sender,
  destination: SendingDestination,
  server: MeshPod,
): Answer<Sends> {
  if (client.mode === 'unknown') {
    return {
      value: 'unknown',
      cause: 'unreachable',
      reasons: [
        {
          rule: 'mesh/sends/client-unknown',
          text: `It is not known how ${
            client.name ?? 'the client'
          } takes part in the mesh`,
        },
      ],
    };
  }
  if (!mesh || !isInMesh(client.mode)) {
    return {
      value: 'plaintext',
      reasons: [
        {
          rule: 'mesh/sends/no-proxy',
          text: `${subjectOf(client)} has no mesh proxy`,
        },
      ],
    };
  }
  const serverInMesh = server.mesh && isInMesh(server.enrolment.mode.value);
  if (serverInMesh && server.mesh !== mesh) {
    return {
      value: 'plaintext',
      reasons: [
        {
          rule: 'mesh/sends/other-mesh',
          text: `${subjectOf(client)} is in ${mesh.title}, the server in ${
            server.mesh?.title
          }: neither speaks the other's mutual TLS`,
        },
      ],
    };
  }
  return mesh.sends(snapshot, client, destination);
}

/**
 * The client, by name where it is a particular workload. Who may not see that workload in the catalog does not get
 * to read what it sends.
 */
function subjectOf({ name = 'The client' }: SendingClient): string {
  return name;
}

/**
 * What becomes of a connection that one side sends and the other accepts or not.
 *
 * @public
 */
export function meet(
  sends: Answer<Sends>,
  accepts: Answer<Accepts>,
): Answer<Sends> {
  const refused =
    (sends.value === 'plaintext' && accepts.value === 'mtls-only') ||
    (sends.value === 'mtls' && accepts.value === 'plaintext-only') ||
    ((sends.value === 'plaintext' || sends.value === 'mtls') &&
      (accepts.value === 'nothing' || accepts.value === 'own-tls'));
  return refused
    ? {
        ...sends,
        value: 'fails',
        reasons: [...sends.reasons, ...accepts.reasons],
      }
    : sends;
}

const FROM_WORST: readonly Sends[] = ['plaintext', 'unknown', 'fails', 'mtls'];

/**
 * What a client sends to pods that differ: the worst of it.
 *
 * @public
 */
export function worstSends(answers: readonly Answer<Sends>[]): Answer<Sends> {
  const [first, ...rest] = answers;
  return rest.reduce(
    (worst, next) =>
      FROM_WORST.indexOf(next.value) < FROM_WORST.indexOf(worst.value)
        ? next
        : worst,
    first,
  );
}
