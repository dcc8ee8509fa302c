import { CallEvaluation } from '../../contract/callEvaluation';
import { Reason } from '../../contract/common';
import { WalkBranch, WalkStep } from '../../contract/walk';
import { addTo } from '../../snapshot/addTo';
import { Ending, step } from './steps';

/** What one endpoint makes of a request. */
export interface EndpointAnswer extends Ending {
  steps: WalkStep[];
  authorization?: CallEvaluation;
}

/** Endpoints that a request meets in the same way. */
export interface EndpointGroup<Endpoint, Answer extends EndpointAnswer> {
  endpoints: Endpoint[];
  answer: Answer;
}

/**
 * Groups endpoints by what becomes of a request at them, the largest group first. Those that are alike, by a key, are
 * looked at once, at the first of them; the answers of two groups are the same by another key.
 */
export function endpointGroups<Endpoint, Answer extends EndpointAnswer>(
  endpoints: readonly Endpoint[],
  alikeBy: (endpoint: Endpoint) => string,
  answerOf: (endpoint: Endpoint) => Answer,
  sameBy: (answer: Answer, endpoint: Endpoint) => string,
): EndpointGroup<Endpoint, Answer>[] {
  const byAnswer = new Map<string, EndpointGroup<Endpoint, Answer>>();
  for (const alike of groupedBy(endpoints, alikeBy)) {
    const answer = answerOf(alike[0]);
    const key = sameBy(answer, alike[0]);
    const known = byAnswer.get(key);
    if (known) {
      known.endpoints.push(...alike);
    } else {
      byAnswer.set(key, { endpoints: [...alike], answer });
    }
  }
  return [...byAnswer.values()].sort(
    (a, b) => b.endpoints.length - a.endpoints.length,
  );
}

function groupedBy<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    addTo(groups, keyOf(item), item);
  }
  return [...groups.values()];
}

/** No endpoint may get the request. */
export function withoutEndpoint(
  name: string,
  total: number,
  reasons: readonly Reason[],
  where = '',
): Pick<WalkBranch, 'endpoints' | 'workloads' | 'sends' | 'outcome' | 'steps'> {
  const none =
    total === 0
      ? 'there are no endpoints'
      : `none of ${total} endpoints is ready${where}`;
  return {
    endpoints: { ready: 0, total },
    workloads: [],
    sends: 'fails',
    outcome: 'failed',
    steps: [step('destination', 'ends', `${name}: ${none}`, reasons)],
  };
}

/**
 * What becomes of a request that one of the endpoints gets, whichever is picked. Where some answer and others do not,
 * it depends.
 */
export function atEndpoints(
  name: string,
  endpoints: NonNullable<WalkBranch['endpoints']>,
  groups: readonly EndpointGroup<unknown, EndpointAnswer>[],
  reasons: readonly Reason[],
): Pick<WalkBranch, 'endpoints' | 'authorization' | 'steps'> & Ending {
  const { ready, total } = endpoints;
  const [{ answer: first }, ...others] = groups;
  return {
    endpoints,
    ...(others.length === 0 &&
      first.authorization && { authorization: first.authorization }),
    ...endingOf(groups.map(({ answer }) => answer)),
    steps: [
      step(
        'destination',
        'ok',
        `${name}: ${ready} of ${total} endpoints ready`,
        reasons,
      ),
      ...stepsOf(groups, ready),
    ],
  };
}

function endingOf(answers: readonly EndpointAnswer[]): Ending {
  const [{ outcome, cause, status, flag }] = answers;
  if (answers.every(one => one.outcome === outcome && one.status === status)) {
    return {
      outcome,
      ...(cause && { cause }),
      ...(status !== undefined && { status }),
      ...(flag && { flag }),
    };
  }
  const unread = answers.find(one => one.outcome === 'unknown');
  return unread
    ? { outcome: 'unknown', ...(unread.cause && { cause: unread.cause }) }
    : { outcome: 'depends' };
}

/** Of endpoints that differ each step says how many it is about. */
function stepsOf(
  groups: readonly EndpointGroup<unknown, EndpointAnswer>[],
  ready: number,
): WalkStep[] {
  return groups.length === 1
    ? groups[0].answer.steps
    : groups.flatMap(({ endpoints, answer }) =>
        answer.steps.map(one => ({
          ...one,
          ...(one.result === 'ends' && { result: 'depends' as const }),
          text: `at ${endpoints.length} of ${ready} endpoints: ${one.text}`,
        })),
      );
}
