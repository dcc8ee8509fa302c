import { matchesHost } from './hostMatching';
import { Field } from '../../validation/Field';
import { gatewayNames } from './gatewayNames';
import {
  gatewayDomainComplaint,
  isIpAddress,
  wildcardDomainComplaint,
} from './hosts';
import { exportTo } from './exportTo';
import { httpRoute } from './httpRoute';
import { l4Destinations } from './destination';
import { Problems, refused, refusedFor } from '../../validation/report';
import { Subject } from './subject';
import { tcpMatch, tlsMatch } from './l4Match';

/**
 * What istiod refuses of a VirtualService (istio/istio pkg/config/validation/validation.go: ValidateVirtualService).
 * Rules that are never reached are checks of their own.
 */
export function* virtualService({ spec, namespace }: Subject): Problems {
  const gateways = spec.get('gateways');
  const named = gateways.items.map(({ text }) => text);
  const onGateways = named.length > 0 && !named.includes('mesh');
  const isDelegate = spec.get('hosts').items.length === 0;
  if (isDelegate) {
    yield* delegate(spec);
  }
  yield* gatewayNames(gateways);
  if (!onGateways) {
    yield* claimRoutes(spec, named);
  }
  yield* hosts(spec, onGateways);
  if (['http', 'tls', 'tcp'].every(list => spec.get(list).items.length === 0)) {
    yield refused(spec, 'http, tcp or tls must be provided in virtual service');
  }
  for (const route of spec.get('http').items) {
    yield* httpRoute(route, isDelegate);
  }
  yield* tlsRoutes(spec, onGateways);
  yield* tcpRoutes(spec);
  yield* exportTo(spec.get('exportTo'), { namespace });
}

/** A VirtualService without hosts is the delegate of another one, which has the gateways. */
function* delegate(spec: Field): Problems {
  for (const [name, what] of [
    ['gateways', 'gateways'],
    ['tls', 'tls route'],
    ['tcp', 'tcp route'],
  ]) {
    if (spec.get(name).items.length > 0) {
      yield refused(
        spec.get(name),
        `delegate virtual service must have no ${what} specified`,
      );
    }
  }
}

const CLAIM = /^@request\.auth\.claims[.[]/i;

/** Claims of a token are known at gateways only. */
function* claimRoutes(spec: Field, named: readonly string[]): Problems {
  for (const route of spec.get('http').items) {
    for (const match of route.get('match').items) {
      for (const list of ['headers', 'withoutHeaders']) {
        for (const [name, header] of match.get(list).members) {
          if (CLAIM.test(name)) {
            yield refused(
              header,
              `JWT claim based routing (key: ${name}) is only supported for gateway, found no gateways: [${named.join(
                ' ',
              )}]`,
            );
          }
        }
      }
    }
  }
}

function* hosts(spec: Field, onGateways: boolean): Problems {
  const list = spec.get('hosts').items;
  const sni = spec
    .get('tls')
    .items.some(route =>
      route.get('match').items.some(match => match.get('sniHosts').isFilled),
    );
  let valid = true;
  for (const host of list) {
    const complaint = onGateways
      ? gatewayDomainComplaint(host.text, sni)
      : wildcardDomainComplaint(host.text);
    if (complaint && !isIpAddress(host.text)) {
      valid = false;
      yield refused(host, complaint);
    } else if (host.text === '*' && !onGateways) {
      valid = false;
      yield refused(
        host,
        'wildcard host * is not allowed for virtual services bound to the mesh gateway',
      );
    }
  }
  if (valid) {
    yield* duplicates(list);
  }
}

/** How many hosts are compared with each other; more than that is no configuration. */
const COMPARED = 500;

function* duplicates(list: readonly Field[]): Problems {
  const compared = list.slice(0, COMPARED);
  for (const [index, host] of compared.entries()) {
    const other = compared
      .slice(0, index)
      .find(({ text }) => matchesHost(text, host.text));
    if (other) {
      yield refused(
        host,
        `duplicate hosts in virtual service: ${other.text} & ${host.text}`,
      );
    }
  }
}

function* tlsRoutes(spec: Field, onGateways: boolean): Problems {
  for (const route of spec.get('tls').items) {
    if (route.get('match').items.length === 0) {
      yield refused(route, 'TLS route must have at least one match condition');
    }
    for (const match of route.get('match').items) {
      yield* tlsMatch(match, spec.get('hosts').items, onGateways);
    }
    yield* required(route, 'TLS');
  }
}

function* tcpRoutes(spec: Field): Problems {
  for (const route of spec.get('tcp').items) {
    for (const match of route.get('match').items) {
      yield* tcpMatch(match);
    }
    yield* required(route, 'TCP');
  }
}

function* required(route: Field, what: string): Problems {
  const destinations = route.get('route');
  if (destinations.items.length === 0) {
    yield* refusedFor(destinations, `${what} route is required`);
  }
  yield* l4Destinations(destinations);
}
