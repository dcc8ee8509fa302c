import { CallDecision } from '../../contract/callDecision';
import { ClientClass } from '../../contract/mtls';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { MeshAdapter } from '../MeshAdapter';
import { MeshPod } from '../enrolment';
import { KnownClient } from '../knownClients';
import { classSender, sendersOf } from '../senders';
import { clientSends, Sender } from '../sending';
import { waysTo, WorkloadPort } from '../services';
import { Workload } from '../workloads';
import { RULE, Target } from './callTarget';
import { denied, eitherOf, saysTheSame, undecided } from './decision';
import { CallFacts, Peer } from './facts';

/** Who calls: how it sends, and what its TLS then tells. */
export interface Calling {
  senders: Sender[];
  peer(sender: Sender): Peer | undefined;
  inCluster: boolean;
}

export function callingOf(
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

export function classCalling(
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
export function decisionOf(
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
