import { CallDecision } from '../../contract/callDecision';
import { Caller, WorkloadCallers } from '../../contract/callers';
import { ClientClass } from '../../contract/mtls';
import { clientClassSchema } from '../../contract/schemas/mtls';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { isConfigured, MeshPod, meshPodsOf, podOfTemplate } from '../enrolment';
import { MeshAdapter } from '../MeshAdapter';
import { clientSends, Sender } from '../sending';
import { portsOf, waysTo, WorkloadPort } from '../services';
import {
  classSender,
  KnownClient,
  knownClients,
  sendersOf,
} from '../workloadMtls';
import { Workload } from '../workloads';
import { allowed, denied, eitherOf, saysTheSame, undecided } from './decision';
import { CallFacts, Peer } from './facts';
import { PortAuthorization, unreadAuthorization } from './PortAuthorization';

const RULE = 'mesh/who-may-call';

/** One port of the pods of a workload that differ in how they take part, with what decides about it. */
interface Target {
  port: WorkloadPort;
  servers: { server: MeshPod; authorization: PortAuthorization }[];
}

/** Who calls: how it sends, and what its TLS then tells. */
interface Calling {
  senders: Sender[];
  peer(sender: Sender): Peer | undefined;
  inCluster: boolean;
}

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

function targetOf(
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

function protocolOf(
  snapshot: MeshSnapshot,
  server: MeshPod,
  port: number,
): string {
  const { pod, mesh, enrolment } = server;
  return mesh && isConfigured(server)
    ? mesh.accepts(snapshot, pod, port, enrolment.mode.value).protocol
    : 'tcp';
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

function callingOf(
  snapshot: MeshSnapshot,
  client: KnownClient,
  server: MeshPod | undefined,
  meshes: readonly MeshAdapter[],
): Calling {
  const { workload, identity } = client;
  if (!workload) {
    // Named by a rule, and not here: it may call from elsewhere, as a client of this mesh.
    return {
      senders: [classSender(server, 'elsewhere-in-mesh')],
      peer: () => (identity ? { type: 'identity', identity } : undefined),
      inCluster: false,
    };
  }
  return {
    senders: sendersOf(snapshot, workload, meshes),
    peer: ({ mesh, client: { pod } }) => {
      const own = (pod && mesh?.identity(snapshot, pod)) ?? identity;
      return own ? { type: 'identity', identity: own } : undefined;
    },
    inCluster: true,
  };
}

function classCalling(
  { ref: { namespace } }: Workload,
  server: MeshPod | undefined,
  name: ClientClass,
  except: ReadonlySet<string>,
): Calling {
  const places: Record<ClientClass, Peer> = {
    'same-namespace': { type: 'somebody', namespace, except },
    'elsewhere-in-mesh': {
      type: 'somebody',
      notNamespace: namespace,
      except,
    },
    'outside-mesh': { type: 'none' },
  };
  return {
    senders: [
      classSender(
        server,
        name,
        name === 'same-namespace' ? namespace : undefined,
      ),
    ],
    peer: () => places[name],
    inCluster: name !== 'outside-mesh',
  };
}

/** A call by each of the Services that lead to the port: they may be configured differently. */
function decisionOf(
  snapshot: MeshSnapshot,
  workload: Workload,
  target: Target,
  calling: Calling,
): CallDecision {
  return eitherOf(
    waysTo(target.port).map(way =>
      decisionBy(snapshot, workload, target, calling, way),
    ),
    {
      rule: RULE,
      text: `The Services ${target.port.services
        .map(({ service, port }) => `${service.metadata.name}:${port.port}`)
        .join(
          ' and ',
        )} lead to this port, and it depends on which of them is called`,
    },
  );
}

function decisionBy(
  snapshot: MeshSnapshot,
  workload: Workload,
  { port, servers }: Target,
  { senders, peer, inCluster }: Calling,
  service: WorkloadPort['services'][number] | undefined,
): CallDecision {
  const decisions = servers.flatMap(({ server, authorization }) =>
    senders.map(sender => {
      const sends = clientSends(
        snapshot,
        sender,
        { workload, pod: server.pod, port: port.port, service },
        server,
      );
      const decide = (known: Peer) => {
        const facts: CallFacts = {
          peer: known,
          mode: sender.client.mode,
          inCluster,
        };
        return authorization.decide(facts, service?.service);
      };
      const plain = () => decide({ type: 'none' });
      const own = peer(sender);
      switch (sends.value) {
        case 'fails':
          return denied(sends.reasons);
        case 'plaintext': {
          const decision = plain();
          return {
            ...decision,
            reasons: [...decision.reasons, ...sends.reasons],
          };
        }
        case 'mtls':
          return own
            ? decide(own)
            : undecided({
                value: 'unknown',
                reasons: [
                  { rule: RULE, text: "The client's identity is not known" },
                ],
              });
        default: {
          const ways = own ? [decide(own), plain()] : [];
          return ways.length === 2 && saysTheSame(ways[0], ways[1])
            ? ways[0]
            : undecided(sends);
        }
      }
    }),
  );
  return decisions.length === 0
    ? undecided({
        value: 'unknown',
        reasons: [{ rule: RULE, text: 'The client has no pods' }],
      })
    : eitherOf(decisions, {
        rule: RULE,
        text: 'The pods differ in how they take part in the mesh, and with that the decisions',
      });
}
