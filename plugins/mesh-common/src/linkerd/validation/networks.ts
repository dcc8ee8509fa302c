import { isValid, isValidCIDR, parse, parseCIDR } from 'ipaddr.js';
import { Field } from '../../istio/validation/Field';
import { Problems, refused } from '../../istio/validation/report';
import { LinkerdSubject } from './subject';

/** As Rust reads them: an IPv4 address has four decimal parts, without leading zeros. */
const SHORT_IPV4 = /^(?!(0|[1-9]\d*)(\.(0|[1-9]\d*)){3}(\/|$))[^:]*$/;

/** An address block, or undefined where a text is none; an address is a block of one. */
function blockOf(text: string): ReturnType<typeof parseCIDR> | undefined {
  if (SHORT_IPV4.test(text)) {
    return undefined;
  }
  if (isValidCIDR(text)) {
    return parseCIDR(text);
  }
  if (!isValid(text)) {
    return undefined;
  }
  const address = parse(text);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}

function includes(
  outer: NonNullable<ReturnType<typeof blockOf>>,
  inner: NonNullable<ReturnType<typeof blockOf>>,
): boolean {
  return (
    outer[0].kind() === inner[0].kind() &&
    outer[1] <= inner[1] &&
    inner[0].match(outer)
  );
}

/**
 * What is refused of networks: what is no address or block, exceptions that leave nothing of their block, and exceptions
 * outside of it (linkerd2 policy-controller/runtime/src/admission.rs: `validate_networks`).
 */
export function* networkList(networks: Field): Problems {
  for (const network of networks.items) {
    const cidr = network.get('cidr');
    const block = blockOf(cidr.text);
    if (!block) {
      yield refused(cidr, `${cidr.text} is no CIDR or IP address`);
    }
    for (const except of network.get('except').items) {
      const exception = blockOf(except.text);
      if (!exception) {
        yield refused(except, `${except.text} is no CIDR or IP address`);
      } else if (block && includes(exception, block)) {
        yield refused(
          except,
          `cidr ${cidr.text} is completely negated by exception ${except.text}`,
        );
      } else if (block && !includes(block, exception)) {
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
