import { Problems, refused } from '../../validation/report';
import { isEgressParent } from './references';
import { LinkerdSubject } from './subject';

/** A route on an EgressNetwork must name a port (admission.rs: `validate_parent_ref_port_requirements`). */
export function* egressPorts({ group, spec }: LinkerdSubject): Problems {
  for (const parent of spec.get('parentRefs').items) {
    if (isEgressParent(parent, group) && !parent.get('port').exists) {
      yield refused(
        parent,
        'cannot target an EgressNetwork without specifying a port',
      );
    }
  }
}

/**
 * What is refused of a TLSRoute or a TCPRoute: an EgressNetwork without a port, and anything but exactly one rule
 * (linkerd2 policy-controller/runtime/src/admission.rs: `Validate<TlsRouteSpec>`, `Validate<TcpRouteSpec>`).
 */
export function* connectionRoute(subject: LinkerdSubject): Problems {
  const { kind, spec } = subject;
  yield* egressPorts(subject);
  const rules = spec.get('rules');
  if (rules.items.length !== 1) {
    yield refused(rules, `${kind} supports a single rule only`);
  }
}
