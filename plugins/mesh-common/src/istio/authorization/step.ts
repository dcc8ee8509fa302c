import { CallConditions } from '../../contract/callDecision';
import { CallCheck, CallVerdict } from '../../contract/callEvaluation';
import { Reason } from '../../contract/common';
import { RuleCheck } from './ruleChecks';

/** What came of one of the steps in which a proxy looks at a call. */
export interface Step {
  checks: CallCheck[];
  /** The call is refused here; nothing after it is looked at. */
  ends?: { verdict: CallVerdict; reasons: Reason[]; details?: string };
  /** What refuses it, where that depends on what is not known. */
  deniedWhen?: CallConditions;
  /** The reasons for that. */
  open?: Reason[];
  /** External authorizers that are asked. */
  providers?: string[];
}

/** On what a check depends; nothing where it does not. */
export function conditionsOf({ match }: RuleCheck): CallConditions {
  return match.value === 'depends' ? match.when : [];
}
