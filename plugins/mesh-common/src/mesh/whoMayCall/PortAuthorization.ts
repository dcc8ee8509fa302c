import { CallDecision, CallRule } from '../../contract/callDecision';
import { CallEvaluation } from '../../contract/callEvaluation';
import { Service } from '../../kubernetes/core';
import { CallFacts } from './facts';

/**
 * Who may call a port of a pod: the rules as they are written, and what they come to for a call.
 *
 * @public
 */
export interface PortAuthorization {
  /** In the order in which the mesh looks at them. */
  rules: CallRule[];
  /**
   * What is decided about a call with these facts. What is not known of it makes the decision depend on it.
   * `service`: the Service that the client names, where it does not call the pod itself.
   */
  decide(facts: CallFacts, service?: Service): CallDecision;
  /** The same, with everything that was looked at. Absent: the mesh does not tell yet. */
  evaluate?(facts: CallFacts, service?: Service): CallEvaluation;
}

/**
 * What is decided about a call with all that was looked at, or where the mesh does not tell that, without.
 *
 * @public
 */
export function evaluationOf(
  authorization: PortAuthorization,
  facts: CallFacts,
  service?: Service,
): CallEvaluation {
  return (
    authorization.evaluate?.(facts, service) ?? {
      decision: authorization.decide(facts, service),
      hops: [],
    }
  );
}

/**
 * A port about which an input that decides could not be read, or that the domain does not model.
 *
 * @public
 */
export function unreadAuthorization(decision: CallDecision): PortAuthorization {
  return {
    rules: [],
    decide: () => decision,
    evaluate: () => ({ decision, hops: [] }),
  };
}
