import { CallEvaluation } from '../../contract/callEvaluation';
import { Answer } from '../../contract/common';
import { Sends } from '../../contract/mtls';
import { WalkStep } from '../../contract/walk';
import { step } from '../../mesh/walk/steps';
import { ServerAnswer, Way } from './way';

/** What goes to the server, and what it says that it takes. */
export function securityStep(
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

/** What comes of a request where the proxy of the server decides about it. */
export function decided(
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

/** An application may encrypt what the mesh does not. */
export function overWire(
  { request }: Way,
  { value }: Answer<Sends>,
): ServerAnswer['sends'] {
  return value === 'plaintext' && request.protocol === 'tls' ? 'tls' : value;
}
