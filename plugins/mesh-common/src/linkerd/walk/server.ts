import { CallEvaluation } from '../../contract/callEvaluation';
import { Answer, Reason } from '../../contract/common';
import { Accepts, EnrolmentMode, Sends } from '../../contract/mtls';
import { step } from '../../mesh/walk/steps';
import { isInMesh } from '../../mesh/enrolment';
import { MeshAdapter } from '../../mesh/MeshAdapter';
import { workloadOfPod } from '../../mesh/workloads';
import { evaluationOf } from '../../mesh/whoMayCall/PortAuthorization';
import { portAcceptance } from '../accepts';
import { portAuthorization } from '../authorization/portAuthorization';
import { podEnrolment } from '../enrolment';
import { sendsTo } from '../sends';
import { factsOf, presented } from './callFacts';
import { decided, overWire, securityStep } from './decided';
import { PodEndpoint, WalkEndpoint } from './endpoints';
import { externalServer } from './externalServer';
import { ServerAnswer, statusFor, Way } from './way';

const RULE = 'linkerd/walk/server';

/** Where the mesh has no word of its own for what a port takes. */
const TAKES: Readonly<Partial<Record<Accepts, string>>> = {
  'mtls-only': 'takes mutual TLS only',
  'mtls-or-plaintext': 'takes both',
  'plaintext-only': 'takes what comes past its proxy',
  nothing: 'takes nothing',
};

/**
 * What an endpoint makes of a request: what the client's proxy sends to it, and whether the server's proxy lets it in.
 * Linkerd's proxies take every connection, and refuse whom no authorization lets in.
 */
export function serverSide(way: Way, endpoint: WalkEndpoint): ServerAnswer {
  return 'external' in endpoint
    ? externalServer(way, endpoint)
    : podServer(way, endpoint);
}

function podServer(way: Way, endpoint: PodEndpoint): ServerAnswer {
  const { on, pod, port } = endpoint;
  const sends = sentTo(way, endpoint);
  const mode = modeOf(endpoint);
  if (isInMesh(mode)) {
    const { evaluate } = portAuthorization(on, pod, port, mode);
    const { term, value } = portAcceptance(on, pod, port, mode).accepts;
    const identity = presented(way, sends);
    return {
      ...decided(
        way,
        sends,
        term ?? TAKES[value] ?? 'not known',
        evaluate
          ? evaluate(factsOf(way, endpoint, sends))
          : openEvaluation(endpoint, mode),
      ),
      ...(identity && { identity }),
    };
  }
  const other = way.serverOf(pod, on);
  return other.mesh && isInMesh(other.enrolment.mode.value)
    ? foreignServer(way, endpoint, other.mesh, other.enrolment.mode.value)
    : plainServer(way, sends);
}

/** Over files there are templates: a pod of theirs gets what is asked for. */
function modeOf({ on, pod }: PodEndpoint): EnrolmentMode {
  const { mode, expected } = podEnrolment(on, pod);
  return mode.value === 'none' && !pod.status ? expected.value : mode.value;
}

/** A client that has no proxy, or goes past it, sends what the application does. */
function sentTo(
  { snapshot, client, reading }: Way,
  { on, pod, port, service }: PodEndpoint,
): Answer<Sends> {
  return reading === 'none'
    ? {
        value: 'plaintext',
        reasons: [
          { rule: RULE, text: 'No proxy of the client carries the request' },
        ],
      }
    : sendsTo(
        snapshot,
        client,
        {
          workload: workloadOfPod(on, pod),
          pod,
          port,
          ...(service && { service }),
        },
        on,
      );
}

/** Ports that bypass the proxy, or of which not enough is known, have a decision without an evaluation. */
function openEvaluation(
  { on, pod, port }: PodEndpoint,
  mode: EnrolmentMode,
): CallEvaluation {
  const { decide } = portAuthorization(on, pod, port, mode);
  return {
    decision: decide({ peer: { type: 'none' }, mode, inCluster: true }),
    hops: [],
  };
}

/** A server without a proxy takes what comes, and asks nobody. */
function plainServer(way: Way, sends: Answer<Sends>): ServerAnswer {
  const reason: Reason = {
    rule: RULE,
    text: 'The server has no proxy of the mesh',
  };
  return {
    outcome: 'delivered',
    sends: overWire(way, sends),
    steps: [
      securityStep(way, sends, 'has no proxy'),
      step('authorization', 'ok', 'No proxy of the server asks who calls', [
        reason,
      ]),
    ],
  };
}

/** A server that another mesh carries, to which this client has no identity. */
function foreignServer(
  way: Way,
  endpoint: PodEndpoint,
  mesh: MeshAdapter,
  mode: EnrolmentMode,
): ServerAnswer {
  const { on, pod, port } = endpoint;
  const { accepts } = mesh.accepts(on, pod, port, mode);
  const sends: Answer<Sends> = { value: 'plaintext', reasons: accepts.reasons };
  if (accepts.value === 'mtls-only' || accepts.value === 'nothing') {
    return {
      outcome: 'failed',
      status: statusFor(way, 502),
      sends: 'fails',
      steps: [
        step(
          'security',
          'ends',
          `The server is in ${mesh.title}, which does not take what the client sends`,
          accepts.reasons,
        ),
      ],
    };
  }
  return decided(
    way,
    sends,
    `in ${mesh.title}`,
    evaluationOf(
      mesh.authorization(on, pod, port, mode),
      factsOf(way, endpoint, sends),
    ),
  );
}
