import { CallEvaluation } from '../../contract/callEvaluation';
import { Answer, Reason } from '../../contract/common';
import { Accepts, EnrolmentMode, Sends } from '../../contract/mtls';
import { WalkStep } from '../../contract/walk';
import { lowerCase, withOperations } from '../../mesh/walk/headers';
import { step } from '../../mesh/walk/steps';
import { isInMesh } from '../../mesh/enrolment';
import { MeshAdapter } from '../../mesh/MeshAdapter';
import { CallFacts } from '../../mesh/whoMayCall/facts';
import { workloadOfPod } from '../../mesh/workloads';
import { portAcceptance } from '../accepts';
import { portAuthorization } from '../authorization/portAuthorization';
import { podEnrolment } from '../enrolment';
import { identityOfPod } from '../identity';
import { sendsTo } from '../sends';
import { WalkEndpoint } from './endpoints';
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
function modeOf({ on, pod }: WalkEndpoint): EnrolmentMode {
  const { mode, expected } = podEnrolment(on, pod);
  return mode.value === 'none' && !pod.status ? expected.value : mode.value;
}

/** A client that has no proxy, or goes past it, sends what the application does. */
function sentTo(
  { snapshot, client, reading }: Way,
  { on, pod, port, service }: WalkEndpoint,
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

/** The identity of the client, where it presents one. */
function presented(
  { snapshot, client }: Way,
  sends: Answer<Sends>,
): string | undefined {
  return sends.value === 'mtls' && client.pod
    ? identityOfPod(snapshot, client.pod)
    : undefined;
}

function factsOf(
  way: Way,
  { on, service }: Pick<WalkEndpoint, 'on' | 'service'>,
  sends: Answer<Sends>,
): CallFacts {
  const sourceIp = way.client.pod?.status?.podIP;
  return {
    ...requestFacts(way, presented(way, sends)),
    inCluster: on.cluster === way.snapshot.cluster,
    ...(service && { servicePort: service.port.port }),
    ...(sourceIp && { sourceIp }),
  };
}

/** What is known of the request to any proxy, from a client that presents an identity or none. */
export function requestFacts(
  way: Way,
  identity: string | undefined,
): CallFacts {
  const { request, client } = way;
  return {
    peer: identity ? { type: 'identity', identity } : { type: 'none' },
    mode: client.mode,
    inCluster: false,
    ...(request.protocol === 'http'
      ? {
          protocol: 'http',
          method: request.method,
          path: request.path,
          host: way.authority,
          headers: headersOf(way),
        }
      : { protocol: 'tcp' }),
  };
}

/** As the routes leave them. */
export function headersOf({ request, headers }: Way): Record<string, string> {
  return headers.reduce(
    (all, { set, add, remove }) =>
      withOperations(all, {
        set: Object.fromEntries(set),
        add: Object.fromEntries(add),
        remove,
      }),
    lowerCase(request.headers),
  );
}

/** Ports that bypass the proxy, or of which not enough is known, have a decision without an evaluation. */
function openEvaluation(
  { on, pod, port }: WalkEndpoint,
  mode: EnrolmentMode,
): CallEvaluation {
  const { decide } = portAuthorization(on, pod, port, mode);
  return {
    decision: decide({ peer: { type: 'none' }, mode, inCluster: true }),
    hops: [],
  };
}

function securityStep(
  { request }: Way,
  sends: Answer<Sends>,
  server: string,
): WalkStep {
  const own =
    request.protocol === 'tls' ? 'TLS of the application' : 'plaintext';
  const client = sends.value === 'mtls' ? 'mutual TLS of the mesh' : own;
  return step(
    'security',
    sends.value === 'unknown' ? 'unknown' : 'ok',
    `client ${client}, server ${server}`,
    sends.reasons,
  );
}

function decided(
  way: Way,
  sends: Answer<Sends>,
  server: string,
  found: CallEvaluation,
): ServerAnswer {
  const evaluation = withDoubts(found, sends);
  const { decision, hops } = evaluation;
  const why = decision.reasons[0]?.text ?? decision.value;
  const answer = (
    ending: Pick<ServerAnswer, 'outcome' | 'status' | 'cause'>,
    result: WalkStep['result'],
    text: string,
  ): ServerAnswer => ({
    ...ending,
    sends: overWire(way, sends),
    steps: [
      securityStep(way, sends, server),
      step('authorization', result, text, decision.reasons),
    ],
    authorization: evaluation,
  });
  switch (decision.value) {
    case 'allowed':
      return answer({ outcome: 'delivered' }, 'ok', why);
    case 'denied': {
      const status = hops.at(-1)?.status ?? null;
      return answer(
        { outcome: 'denied', status },
        'ends',
        status === null
          ? `The connection is closed: ${why}`
          : `${status} by the proxy of the server: ${why}`,
      );
    }
    case 'depends':
      return answer({ outcome: 'depends' }, 'depends', `It depends: ${why}`);
    default:
      return answer(
        {
          outcome: 'unknown',
          ...(decision.cause && { cause: decision.cause }),
        },
        'unknown',
        why,
      );
  }
}

/** What may make the connection another one than is said makes the decision another one, too. */
function withDoubts(
  evaluation: CallEvaluation,
  { mayDiffer = [] }: Answer<Sends>,
): CallEvaluation {
  const { decision } = evaluation;
  return mayDiffer.length === 0
    ? evaluation
    : {
        ...evaluation,
        decision: {
          ...decision,
          mayDiffer: [...(decision.mayDiffer ?? []), ...mayDiffer],
        },
      };
}

function overWire(
  { request }: Way,
  { value }: Answer<Sends>,
): ServerAnswer['sends'] {
  return value === 'plaintext' && request.protocol === 'tls' ? 'tls' : value;
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
  endpoint: WalkEndpoint,
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
  const { evaluate, decide } = mesh.authorization(on, pod, port, mode);
  const facts = factsOf(way, endpoint, sends);
  return decided(
    way,
    sends,
    `in ${mesh.title}`,
    evaluate?.(facts) ?? { decision: decide(facts), hops: [] },
  );
}
