import { WalkAnswer, WalkOutcome, WalkStep } from '../../contract/walk';
import { grpcWords } from './grpcWords';
import { lowerCase } from './headers';
import { summaryOf } from './summary';

/** The status of gRPC that a proxy gives instead of one of HTTP, by the step that ends the request. */
export type GrpcCode = (status: number, step: WalkStep | undefined) => number;

/** What the application (or nobody of the mesh) answers. */
const NOT_OWN: ReadonlySet<WalkOutcome> = new Set([
  'delivered',
  'redirect',
  'unmeshed',
]);

/** Statuses in the texts of steps stand at their beginning, or where it is said what is answered. */
const IN_TEXT = /(^|endpoints: |answered |answers )([45]\d\d)(?=[ :])/;

/**
 * A walk as the client of a request of gRPC sees it, which is told by its content type: a proxy that refuses it answers
 * with the HTTP status 200, and says why in `grpc-status`.
 *
 * Upstream: Envoy source/common/grpc/common.cc, `hasGrpcContentType`; source/common/http/utility.cc, `prepareLocalReply`;
 * linkerd2-proxy, linkerd/app/core/src/errors/respond.rs.
 */
export function toldInGrpc(answer: WalkAnswer, codeOf: GrpcCode): WalkAnswer {
  const type = lowerCase(answer.request.headers)['content-type'] ?? '';
  if (!/^application\/grpc(?:$|[+;])/.test(type)) {
    return answer;
  }
  const { outcome } = answer;
  const deciding = [answer, ...answer.branches].flatMap(({ steps }) => steps);
  const told: WalkAnswer = {
    ...answer,
    ...statusesOf(answer.status, outcome.value, deciding, codeOf),
    steps: answer.steps.map(step => stepIn(step, codeOf)),
    branches: answer.branches.map(branch => ({
      ...branch,
      ...statusesOf(branch.status, branch.outcome, branch.steps, codeOf),
      steps: branch.steps.map(step => stepIn(step, codeOf)),
    })),
  };
  return { ...told, summary: summaryOf(told) };
}

function statusesOf(
  status: number | null | undefined,
  outcome: WalkOutcome,
  steps: readonly WalkStep[],
  codeOf: GrpcCode,
): Pick<WalkAnswer, 'status' | 'grpcStatus'> {
  return typeof status !== 'number' || status < 400 || NOT_OWN.has(outcome)
    ? {}
    : {
        status: 200,
        grpcStatus: codeOf(
          status,
          steps.find(({ result }) => result === 'ends'),
        ),
      };
}

function stepIn(step: WalkStep, codeOf: GrpcCode): WalkStep {
  return step.result === 'ok' || step.result === 'unknown'
    ? step
    : {
        ...step,
        text: step.text.replace(
          IN_TEXT,
          (_, before: string, status: string) =>
            `${before}${grpcWords(codeOf(Number(status), step))}`,
        ),
      };
}
