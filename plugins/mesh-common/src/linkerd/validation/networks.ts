import { Field } from '../../validation/Field';
import { Problems, refused } from '../../validation/report';
import { blockIncludes, parseBlock } from '../addressBlocks';
import { LinkerdSubject } from './subject';

/**
 * What is refused of networks: what is no address or block, exceptions that leave nothing of their block, and exceptions
 * outside of it (linkerd2 policy-controller/runtime/src/admission.rs: `validate_networks`).
 */
export function* networkList(networks: Field): Problems {
  for (const network of networks.items) {
    const cidr = network.get('cidr');
    const block = parseBlock(cidr.text);
    if (!block) {
      yield refused(cidr, `${cidr.text} is no CIDR or IP address`);
    }
    for (const except of network.get('except').items) {
      const exception = parseBlock(except.text);
      if (!exception) {
        yield refused(except, `${except.text} is no CIDR or IP address`);
      } else if (block && blockIncludes(exception, block)) {
        yield refused(
          except,
          `cidr ${cidr.text} is completely negated by exception ${except.text}`,
        );
      } else if (block && !blockIncludes(block, exception)) {
        yield refused(
          except,
          `cidr ${cidr.text} does not include exception ${except.text}`,
        );
      }
    }
  }
}

/** A NetworkAuthentication must have networks. */
export function* networkAuthentication({ spec }: LinkerdSubject): Problems {
  const networks = spec.get('networks');
  if (networks.items.length === 0) {
    yield refused(networks, 'at least one network must be specified');
  }
  yield* networkList(networks);
}

const TRAFFIC_POLICIES = ['Allow', 'Deny'];

/** An EgressNetwork may have networks; by its schema it must say what becomes of traffic without a route. */
export function* egressNetwork({ spec }: LinkerdSubject): Problems {
  const policy = spec.get('trafficPolicy');
  if (!TRAFFIC_POLICIES.includes(policy.text)) {
    yield refused(policy, 'trafficPolicy must be Allow or Deny');
  }
  const networks = spec.get('networks');
  if (networks.exists && networks.items.length === 0) {
    yield refused(networks, 'at least one network must be specified');
  }
  yield* networkList(networks);
}
