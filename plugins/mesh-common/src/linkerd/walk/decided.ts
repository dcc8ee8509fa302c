import { CallEvaluation } from '../../contract/callEvaluation';
import { Answer } from '../../contract/common';
import { Sends } from '../../contract/mtls';
import { WalkStep } from '../../contract/walk';
import { Ending, step } from '../../mesh/walk/steps';
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
  const { ending, authorization } = decisionOf(evaluation);
  return {
    ...ending,
    sends: overWire(way, sends),
    steps: [securityStep(way, sends, server), authorization],
    authorization: evaluation,
  };
}

/** What a proxy decides, as a step of the way: that of the server, or where that is told another one that is named. */
export function decisionOf(
  { decision, hops }: CallEvaluation,
  at?: string,
): { ending: Ending; authorization: WalkStep } {
  const why = decision.reasons[0]?.text ?? decision.value;
  const by = at ?? 'the proxy of the server';
  const told = (ending: Ending, result: WalkStep['result'], text: string) => ({
    ending,
    authorization: step('authorization', result, text, decision.reasons),
  });
  const named = at ? `${at}: ${why}` : why;
  switch (decision.value) {
    case 'allowed':
      return told({ outcome: 'delivered' }, 'ok', named);
    case 'denied': {
      const status = hops.at(-1)?.status ?? null;
      return told(
        { outcome: 'denied', status },
        'ends',
        status === null
          ? `The connection is closed${at ? ` by ${at}` : ''}: ${why}`
          : `${status} by ${by}: ${why}`,
      );
    }
    case 'depends':
      return told(
        { outcome: 'depends' },
        'depends',
        `It depends${at ? ` at ${at}` : ''}: ${why}`,
      );
    default:
      return told(
        {
          outcome: 'unknown',
          ...(decision.cause && { cause: decision.cause }),
        },
        'unknown',
        named,
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
