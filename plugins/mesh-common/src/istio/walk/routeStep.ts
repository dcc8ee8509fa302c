import { Reason } from '../../contract/common';
import { WalkStep } from '../../contract/walk';
import { because } from '../../mesh/answers';
import { durationWords } from '../../mesh/durationWords';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { OutboundAnswer, TakenRule } from './call';
import { Ending, step } from '../../mesh/walk/steps';

const RULE = 'istio/walk/route';

/** The rule that was taken, as people name it: `VirtualService shop/reviews http[0]`. */
export function takenName({ object, field }: TakenRule): string {
  return `${object.kind} ${object.metadata.namespace}/${
    object.metadata.name
  } ${field.replace(/^spec\./, '')}`;
}

/** A reason that names the rule that was taken. */
export function takenReason(
  snapshot: MeshSnapshot,
  { kind, object, field }: TakenRule,
  rule: string,
  text: string,
  part?: string,
): Reason {
  return because(rule, text, {
    snapshot,
    kind,
    object,
    field: part ? `${field}.${part}` : field,
  });
}

/** Which route takes the request, and what it does with it. */
export function routeStep(
  snapshot: MeshSnapshot,
  answer: OutboundAnswer,
): WalkStep {
  const { by } = answer;
  const reasons = [
    ...(by
      ? [
          takenReason(
            snapshot,
            by,
            RULE,
            `${takenName(by)} takes the request`,
            answeringPart(answer, by),
          ),
        ]
      : []),
    ...answer.reasons,
  ];
  const said = by ? takenName(by) : 'no rule decides';
  switch (answer.outcome) {
    case 'route':
      return step(
        'route',
        'ok',
        by ? said : 'No rule decides: the request goes to the Service itself',
        reasons,
      );
    case 'redirect':
      return step('route', 'ends', `${said}: redirects`, reasons);
    case 'direct-response':
      return step(
        'route',
        'ends',
        `${said}: answers ${
          answer.answeredBy === 'corsPolicy' ? 'the CORS preflight with ' : ''
        }${answer.directResponse?.status ?? ''} itself`,
        reasons,
      );
    case 'no-route':
      return step('route', 'ends', 'No route takes the request', reasons);
    case 'passthrough':
      return step(
        'route',
        'ok',
        'The proxy knows no such destination and passes the connection on as it is (PassthroughCluster)',
        reasons,
      );
    case 'blackhole':
      return step(
        'route',
        'ends',
        'The proxy knows no such destination and refuses it (BlackHoleCluster)',
        reasons,
      );
    default:
      return step(
        'route',
        'ends',
        'The gateway does not listen there',
        reasons,
      );
  }
}

/** The part of a rule of a VirtualService that answers in place of a destination. */
function answeringPart(
  { outcome, answeredBy }: OutboundAnswer,
  { kind }: TakenRule,
): string | undefined {
  if (kind !== 'networking.istio.io/VirtualService') {
    return undefined;
  }
  switch (outcome) {
    case 'redirect':
      return 'redirect';
    case 'direct-response':
      return answeredBy ?? 'directResponse';
    default:
      return undefined;
  }
}

/** Faults of the route that was taken. */
export interface Fault {
  /** Absent: the request goes on in every case. */
  ending?: Ending;
  /** Some requests end here, by chance. */
  sometimes: boolean;
  delay?: { ms: number; percent: number };
  abort?: { status: number; percent: number };
  step: WalkStep;
}

/**
 * A fault that is injected happens before the router: neither the timeout of the route nor its retries apply to
 * it, and the destination does not hear of a request that is aborted. Delays come first.
 *
 * Upstream: Envoy's fault filter stands before the router; istio.io/api, `HTTPFaultInjection`.
 */
export function faultOf(
  snapshot: MeshSnapshot,
  { fault, by }: OutboundAnswer,
): Fault | undefined {
  const { delay, abort } = fault ?? {};
  const aborts = abort !== undefined && abort.percent > 0 ? abort : undefined;
  const delays = delay !== undefined && delay.percent > 0 ? delay : undefined;
  if (!aborts && !delays) {
    return undefined;
  }
  const status = aborts?.httpStatus ?? (aborts?.grpcStatus ? 200 : 503);
  const always = aborts !== undefined && aborts.percent >= 100;
  const answered = aborts?.grpcStatus
    ? `gRPC status ${aborts.grpcStatus}`
    : status;
  const parts = [
    ...(delays
      ? [
          `${shareOf(delays.percent)}delayed by ${durationWords(
            delays.ms,
          )}, before timeout and retries begin`,
        ]
      : []),
    ...(aborts
      ? [
          `${shareOf(
            aborts.percent,
          )}answered ${answered} by the client's proxy: the fault is injected before the router, no try is made`,
        ]
      : []),
  ];
  const reason = (part: string, text: string): Reason =>
    by ? takenReason(snapshot, by, RULE, text, part) : { rule: RULE, text };
  return {
    ...(always && {
      ending: { outcome: 'failed', status, flag: 'FI' },
    }),
    sometimes: aborts !== undefined && !always,
    ...(delays && { delay: delays }),
    ...(aborts && { abort: { status, percent: aborts.percent } }),
    step: step(
      'resilience',
      faultResult(always, aborts !== undefined),
      parts.join('; '),
      [
        ...(aborts ? [reason('fault.abort', 'An abort is injected')] : []),
        ...(delays ? [reason('fault.delay', 'A delay is injected')] : []),
      ],
    ),
  };
}

function faultResult(always: boolean, aborts: boolean): WalkStep['result'] {
  if (always) {
    return 'ends';
  }
  return aborts ? 'depends' : 'ok';
}

function shareOf(percent: number): string {
  return percent >= 100 ? '' : `${percent} % of requests: `;
}
