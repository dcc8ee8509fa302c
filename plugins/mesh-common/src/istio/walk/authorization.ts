import { CallEvaluation, CallHop } from '../../contract/callEvaluation';
import { Reason } from '../../contract/common';
import { EnrolmentMode } from '../../contract/mtls';
import { WalkStep } from '../../contract/walk';
import { Pod } from '../../kubernetes/core';
import { portAuthorization } from '../authorization/portAuthorization';
import { factsOf } from './callFacts';
import { WalkEndpoint } from './endpoints';
import { ClientReading, Seen, seenBy } from './refusal';
import { EndpointAnswer } from '../../mesh/walk/endpointGroups';
import { Ending, step } from '../../mesh/walk/steps';
import { Way } from './way';

/** Whether the server's proxies let the call in, whose connection they have taken. */
export function authorizationAt(
  way: Way,
  endpoint: WalkEndpoint,
  pod: Pod,
  mode: EnrolmentMode,
  security: WalkStep,
): EndpointAnswer {
  const facts = factsOf(way, endpoint);
  if (!facts) {
    return {
      outcome: 'unknown',
      steps: [
        security,
        step(
          'authorization',
          'unknown',
          'The identity of the client is not known',
          security.reasons,
        ),
      ],
    };
  }
  const { evaluate } = portAuthorization(
    way.snapshot,
    pod,
    endpoint.port,
    mode,
  );
  return authorizationStep(
    way,
    security,
    evaluate?.(facts, way.service) ?? unevaluated(),
  );
}

function unevaluated(): CallEvaluation {
  return {
    decision: {
      value: 'unknown',
      reasons: [],
      allowedWhen: [],
      deniedWhen: [],
    },
    hops: [],
  };
}

/** What the evaluation of a call comes to for its caller. */
export function authorizationStep(
  { reading }: Pick<Way, 'reading'>,
  security: WalkStep,
  evaluation: CallEvaluation,
): EndpointAnswer {
  const { decision, hops } = evaluation;
  const answer = (
    ending: Ending,
    result: WalkStep['result'],
    text: string,
    more: readonly Reason[] = [],
  ): EndpointAnswer => ({
    ...ending,
    steps: [
      security,
      step('authorization', result, text, [...more, ...decision.reasons]),
    ],
    authorization: evaluation,
  });
  const [first] = decision.reasons;
  const why = first?.text ?? decision.value;
  switch (decision.value) {
    case 'allowed': {
      const token = undecidedToken(hops);
      return token
        ? answer(
            { outcome: 'depends' },
            'depends',
            `It depends on the token, whose claims are not told: ${token.text}`,
            [token],
          )
        : answer({ outcome: 'delivered' }, 'ok', why);
    }
    case 'denied': {
      const seen = deniedBy(hops[hops.length - 1], reading);
      return answer(
        { outcome: 'denied', ...seen },
        'ends',
        `${deniedWords(seen)}: ${why}`,
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

/** Why a token may be refused whose claims are not known. */
function undecidedToken(hops: readonly CallHop[]): Reason | undefined {
  return hops
    .flatMap(({ checks }) => checks)
    .find(check => check.step === 'tokens' && check.result === 'depends')
    ?.reason;
}

/**
 * What the caller sees of a refusal. A proxy that reads HTTP answers it; one that sees a connection only (a ztunnel among
 * them) closes it.
 *
 * Upstream: Envoy's rbac filter; ztunnel src/proxy/inbound.rs.
 */
export function deniedBy(
  hop: CallHop | undefined,
  reading: ClientReading,
): Seen {
  return hop?.status === undefined
    ? seenBy('closed', reading)
    : { status: hop.status };
}

function deniedWords({ status, flag }: Seen): string {
  if (status === null) {
    return 'The connection is closed';
  }
  return status === 403 ? '403 RBAC' : [status, flag].filter(Boolean).join(' ');
}
