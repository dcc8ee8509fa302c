import { CallEvaluation } from '../../contract/callEvaluation';
import { Found } from '../../mesh/walk/compose';
import { step } from '../../mesh/walk/steps';
import { authorizationStep } from './authorization';
import { Way } from './way';

/**
 * What the policies of a proxy on the way come to, before it routes the request: the request ends there, or goes on.
 * Undefined where no policy is for it, so that there is nothing to say.
 */
export function policiesFound(
  { reading }: Pick<Way, 'reading'>,
  evaluation: CallEvaluation,
): Found | undefined {
  const {
    outcome,
    status,
    flag,
    steps: [, authorization],
  } = authorizationStep(
    { reading: reading === 'http' ? 'http' : 'none' },
    // The connection has a step of its own.
    step('security', 'ok', '', []),
    evaluation,
  );
  if (outcome !== 'delivered') {
    return {
      steps: [authorization],
      branches: [],
      ending: {
        outcome,
        ...(status !== undefined && { status }),
        ...(flag && { flag }),
      },
    };
  }
  return evaluation.hops.some(({ checks }) => checks.length > 0)
    ? { steps: [authorization], branches: [] }
    : undefined;
}
