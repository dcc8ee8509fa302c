import { CallEvaluation } from '../../contract/callEvaluation';
import { Sends } from '../../contract/mtls';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { isInMesh, MeshPod, meshPodsOf } from '../enrolment';
import { MeshAdapter } from '../MeshAdapter';
import { clientSends, meet, Sender } from '../sending';
import { portsOf, waysTo } from '../services';
import { sendersOf } from '../senders';
import { Workload } from '../workloads';
import { allowed, denied, eitherOf, undecided } from './decision';
import { evaluationOf } from './PortAuthorization';
import { CallFacts } from './facts';

const RULE = 'mesh/who-may-call';

/**
 * What is asked about one call: what is absent is not known.
 *
 * @public
 */
export type AskedCall = Omit<CallFacts, 'peer' | 'mode' | 'inCluster'>;

/**
 * Whether a caller may make one call to a port of a workload, with everything that was looked at. By each Service
 * that leads to the port (or the one of the port that is asked for), from each kind of pods that the caller has, to
 * each that the workload has; where these differ, the answer is not known. Without a caller it is one outside the
 * mesh.
 *
 * @public
 */
export function evaluateCaller(
  snapshot: MeshSnapshot,
  workload: Workload,
  port: number,
  caller: Workload | undefined,
  call: AskedCall,
  meshes: readonly MeshAdapter[],
): CallEvaluation {
  const target = portsOf(snapshot, workload, container =>
    meshes.some(mesh => mesh.isProxy(container)),
  ).find(one => one.port === port) ?? { port, transport: 'TCP', services: [] };
  const senders: Sender[] = caller
    ? sendersOf(snapshot, caller, meshes)
    : [{ client: { mode: 'none' } }];
  const evaluations = distinctServers(snapshot, workload, meshes).flatMap(
    server =>
      senders.flatMap(sender =>
        waysTo(target).map(way =>
          evaluateWay(snapshot, workload, port, sender, server, way, {
            ...call,
            inCluster: caller !== undefined,
          }),
        ),
      ),
  );
  const [first] = evaluations;
  if (!first) {
    return {
      decision: undecided({
        value: 'unknown',
        reasons: [{ rule: RULE, text: 'There are no pods of one of the two' }],
      }),
      hops: [],
    };
  }
  return {
    ...first,
    decision: eitherOf(
      evaluations.map(({ decision }) => decision),
      {
        rule: RULE,
        text: 'It depends on the Service by which the port is called, and on the pods, which differ',
      },
    ),
  };
}

function distinctServers(
  snapshot: MeshSnapshot,
  workload: Workload,
  meshes: readonly MeshAdapter[],
): MeshPod[] {
  return [
    ...new Map(
      meshPodsOf(snapshot, workload, meshes).map(server => [
        `${server.mesh?.id} ${server.enrolment.mode.value}`,
        server,
      ]),
    ).values(),
  ];
}

/**
 * One call from one sender to one pod. A proxy judges what it does not take in its own way: one of Linkerd answers, and lets
 * the kubelet's probes in, one of Istio closes the connection.
 */
function evaluateWay(
  snapshot: MeshSnapshot,
  workload: Workload,
  port: number,
  sender: Sender,
  server: MeshPod,
  way: ReturnType<typeof waysTo>[number],
  call: AskedCall & { inCluster: boolean },
): CallEvaluation {
  const { mesh, pod, enrolment } = server;
  const mode = enrolment.mode.value;
  if (!mesh || !isInMesh(mode)) {
    return {
      decision:
        mode === 'unknown'
          ? undecided(enrolment.mode)
          : allowed([
              {
                rule: RULE,
                text: 'The workload is not in a mesh: no proxy asks who calls',
              },
            ]),
      hops: [],
    };
  }
  const sent = clientSends(
    snapshot,
    sender,
    { workload, pod, port, service: way },
    server,
  );
  const sends = meet(sent, mesh.accepts(snapshot, pod, port, mode).accepts);
  const identity =
    sender.client.pod && sender.mesh?.identity(snapshot, sender.client.pod);
  const authorization = mesh.authorization(snapshot, pod, port, mode);
  const evaluate = (peer: CallFacts['peer']): CallEvaluation => {
    const facts: CallFacts = {
      ...call,
      ...(way && { servicePort: way.port.port }),
      mode: sender.client.mode,
      peer,
    };
    return evaluationOf(authorization, facts, way?.service);
  };
  if (sends.value === 'fails') {
    const peer = peerOf(sent.value, identity);
    const judged = peer && evaluate(peer);
    return judged && judged.hops.length > 0
      ? judged
      : { decision: denied(sends.reasons), hops: [] };
  }
  const peer = peerOf(sends.value, identity);
  return peer ? evaluate(peer) : { decision: undecided(sends), hops: [] };
}

/** Who the server sees; undefined where that is not known. */
function peerOf(
  sends: Sends,
  identity: string | undefined,
): CallFacts['peer'] | undefined {
  if (sends === 'plaintext') {
    return { type: 'none' };
  }
  return sends === 'mtls' && identity
    ? { type: 'identity', identity }
    : undefined;
}
