import { CallDecision } from '../../contract/callDecision';
import { Caller, WorkloadCallers } from '../../contract/callers';
import { clientClassSchema } from '../../contract/schemas/mtls';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { MeshAdapter } from '../MeshAdapter';
import { meshPodsOf, podOfTemplate } from '../enrolment';
import { KnownClient, knownClients } from '../knownClients';
import { portsOf } from '../services';
import { Workload } from '../workloads';
import { protocolOf, targetOf } from './callTarget';
import { Calling, callingOf, classCalling, decisionOf } from './callerDecision';
import { undecided } from './decision';

/**
 * Who may call a workload: the rules for each of its ports as they are written, then the decision for each
 * known client (declared ones, and those whose identity a rule that allows calls names) and for the three
 * classes that everybody else falls into.
 *
 * @public
 */
export function workloadCallers(
  snapshot: MeshSnapshot,
  workload: Workload,
  meshes: readonly MeshAdapter[],
  known: readonly KnownClient[],
): WorkloadCallers {
  const pods = meshPodsOf(snapshot, workload, meshes);
  const first = pods.find(({ mesh }) => mesh);
  const targets = portsOf(snapshot, workload, container =>
    meshes.some(mesh => mesh.isProxy(container)),
  )
    .filter(({ transport }) => transport === 'TCP')
    .map(port => targetOf(snapshot, pods, port));
  const clients = [...knownClients(snapshot, workload, first?.mesh, known)].map(
    client => withIdentity(snapshot, first?.mesh, client),
  );
  const except = new Set(clients.flatMap(({ identity }) => identity ?? []));
  const decide = (calling: Calling) =>
    targets.map(target => ({
      port: target.port.port,
      decision: decisionOf(snapshot, workload, target, calling),
    }));
  return {
    workload: workload.ref,
    ...(first?.mesh && { mesh: first.mesh.id }),
    ports: targets.map(({ port, servers }) => ({
      port: port.port,
      ...(port.name && { name: port.name }),
      protocol: protocolOf(snapshot, servers[0].server, port.port),
      rules: servers[0].authorization.rules,
    })),
    callers: [
      ...clients.map(
        (client): Caller => ({
          sources: client.sources,
          ...(client.identity && { identity: client.identity }),
          ...(client.workload && { workload: client.workload.ref }),
          ...(client.entityRef && { entityRef: client.entityRef }),
          presence: presenceOf(client),
          ports:
            client.workload || client.identity
              ? decide(callingOf(snapshot, client, first, meshes))
              : targets.map(({ port }) => ({
                  port: port.port,
                  decision: nobodyHere(snapshot, client),
                })),
        }),
      ),
      ...clientClassSchema.options.map(
        (name): Caller => ({
          sources: ['class'],
          class: name,
          presence: 'running',
          ports: decide(classCalling(workload, first, name, except)),
        }),
      ),
    ],
    hiddenCallers: 0,
  };
}

/** The identity of a workload without pods is that which its template would give them. */
function withIdentity(
  snapshot: MeshSnapshot,
  mesh: MeshAdapter | undefined,
  client: KnownClient,
): KnownClient {
  if (client.identity || !client.workload || !mesh) {
    return client;
  }
  const { workload } = client;
  const identity = mesh.identity(
    snapshot,
    workload.pods[0] ?? podOfTemplate(workload),
  );
  return identity ? { ...client, identity } : client;
}

function presenceOf({ workload }: KnownClient): Caller['presence'] {
  if (!workload) {
    return 'no-workload';
  }
  return workload.pods.length > 0 ? 'running' : 'no-pods';
}

function nobodyHere(
  { cluster }: MeshSnapshot,
  { entityRef = 'the client' }: KnownClient,
): CallDecision {
  return undecided({
    value: 'unknown',
    reasons: [
      {
        rule: 'mesh/who-may-call/no-workload',
        text: `Nothing of ${entityRef} was found on ${cluster}, so that it is not known under which identity it calls`,
      },
    ],
  });
}
