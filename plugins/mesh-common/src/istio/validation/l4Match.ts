import { Field } from '../../validation/Field';
import { gatewayNames } from './gatewayNames';
import { isSubsetOf } from './hostMatching';
import {
  gatewayDomainComplaint,
  isIpAddress,
  subnetComplaint,
  wildcardDomainComplaint,
} from './hosts';
import { Problems, refused, refusedFor, warned } from '../../validation/report';
import { labels, port } from './values';

/** Conditions of a TLS route: server names that are among the hosts of the VirtualService. */
export function* tlsMatch(
  match: Field,
  hosts: readonly Field[],
  onGateways: boolean,
): Problems {
  const names = match.get('sniHosts');
  if (names.items.length === 0) {
    yield refused(names, 'TLS match must have at least one SNI host');
  }
  for (const name of names.items) {
    yield* sniHost(name, hosts, onGateways);
  }
  yield* tcpMatch(match);
}

/** Conditions that a connection has whatever it carries. */
export function* tcpMatch(match: Field): Problems {
  for (const subnet of match.get('destinationSubnets').items) {
    yield* refusedFor(subnet, subnetComplaint(subnet.text));
  }
  if (match.get('port').number !== 0) {
    yield* port(match.get('port'));
  }
  yield* labels(match.get('sourceLabels'));
  yield* gatewayNames(match.get('gateways'));
}

function* sniHost(
  name: Field,
  hosts: readonly Field[],
  onGateways: boolean,
): Problems {
  const complaint = onGateways
    ? gatewayDomainComplaint(name.text, true)
    : wildcardDomainComplaint(name.text);
  if (complaint && isIpAddress(name.text)) {
    yield warned(
      name,
      `using an IP address ("${name.text}") goes against SNI spec and most clients do not support this`,
    );
  } else if (complaint) {
    yield refused(name, complaint);
  } else if (!hosts.some(host => isSubsetOf(name.text, host.text))) {
    yield refused(
      name,
      `SNI host "${
        name.text
      }" is not a compatible subset of any of the virtual service hosts: [${hosts
        .map(({ text }) => text)
        .join(', ')}]`,
    );
  }
}
