import { Service } from '../../kubernetes/core';
import { Found } from '../../mesh/walk/compose';
import { lowerCase } from '../../mesh/walk/headers';
import { step } from '../../mesh/walk/steps';
import { because } from '../../mesh/answers';
import { outboundPolicy, policyOfService } from '../outbound/outboundPolicy';
import { isInClusterNetworks } from '../outbound/egressNetworks';
import { OutboundPolicy } from '../outbound/policy';
import { OutboundRequest } from '../outbound/takenRule';
import { isHeadless } from '../routeParents';
import { decidingProfile, Profiled } from '../serviceProfile';
import { past } from './direct';
import { isAddress, Place } from './place';
import { profileWalk } from './profiled';
import { policyWalk } from './routed';
import { serviceName, Way } from './way';

const RULE = 'linkerd/walk/meshed';

/** Of those that are kept for documentation, and so no network of anybody's. */
const ANY_ADDRESS_OUTSIDE = '192.0.2.1';

/** What the proxy of a client does with a request, by what its destination is. */
export function meshed(way: Way, place: Place): Found {
  switch (place.is) {
    case 'service':
      return toService(way, place.service);
    case 'pod':
      return past(
        { ...way, reading: readingOf(way) },
        place,
        'No policy is for the address of a pod: the request goes there as it is',
      );
    case 'external':
      return isInClusterNetworks(way.snapshot, place.host)
        ? past(
            { ...way, reading: readingOf(way) },
            place,
            'No policy is for the address of a workload outside Kubernetes: the request goes there as it is',
          )
        : toOutside(way, place);
    default:
      return toOutside(way, place);
  }
}

function toService(way: Way, service: Service): Found {
  const { snapshot, request } = way;
  if (isHeadless(service)) {
    return past(
      { ...way, reading: readingOf(way) },
      { is: 'service', host: request.host, service },
      'The Service has no cluster IP: clients connect to its pods, for which no routes apply',
    );
  }
  const port = service.spec.ports.find(
    one => one.port === request.port && one.protocol !== 'UDP',
  );
  if (!port) {
    return undefinedPort(way, service);
  }
  const namespace = way.client.namespace ?? '';
  const policy = policyOfService(snapshot, service, port.port, namespace);
  const carried = { ...way, reading: readingOf(way, policy) };
  const profiled = profiledAs(policy, request);
  const profile =
    profiled && decidingProfile(snapshot, service, namespace, profiled);
  const found = profile
    ? profileWalk(
        carried,
        { service, port, profile, profiled, policy },
        requestOf(carried),
      )
    : policyWalk(carried, policy, requestOf(carried));
  return {
    ...found,
    ...(policy.mayDiffer.length > 0 && { mayDiffer: policy.mayDiffer }),
  };
}

/**
 * What a ServiceProfile would take a request as; undefined where it has no say: of TLSRoutes, and of what is no HTTP at a
 * port that is said to be HTTP.
 */
function profiledAs(
  { protocol }: OutboundPolicy,
  request: Way['request'],
): Profiled | undefined {
  if (protocol === 'tls') {
    return undefined;
  }
  if (protocol === 'opaque') {
    return 'connections';
  }
  if (request.protocol === 'http') {
    return 'requests';
  }
  return protocol === 'detect' ? 'connections' : undefined;
}

function toOutside(before: Way, place: Place): Found {
  const { snapshot, client } = before;
  const request = { ...before.request, host: place.host };
  const way = { ...before, request };
  if (!isAddress(place.host)) {
    // Which EgressNetwork a name belongs to depends on the address that it has when it is looked up.
    return byName(way, place);
  }
  const policy = outboundPolicy(snapshot, {
    clientNamespace: client.namespace ?? '',
    target: { address: place.host },
    port: request.port,
  });
  const carried = { ...way, reading: readingOf(way, policy) };
  return policy
    ? policyWalk(carried, policy, requestOf(carried))
    : past(
        carried,
        place,
        'No policy is for the address: the request goes there as it is',
      );
}

/** A name outside the cluster: as an address that only networks without a list of their own have. */
function byName(way: Way, place: Place): Found {
  const { snapshot, request, client } = way;
  const policy = outboundPolicy(snapshot, {
    clientNamespace: client.namespace ?? '',
    target: { address: ANY_ADDRESS_OUTSIDE },
    port: request.port,
  });
  if (!policy) {
    return past(way, place, 'No policy is for what is outside the cluster');
  }
  const carried = { ...way, reading: readingOf(way, policy) };
  const found = policyWalk(carried, policy, requestOf(carried));
  if (snapshot.namespacesOf('policy.linkerd.io/EgressNetwork').length === 0) {
    return found;
  }
  const text = `Which EgressNetwork counts is told by the address of ${place.host}, which is not known: here one that no list of networks names`;
  return { ...found, mayDiffer: [{ rule: RULE, text }] };
}

function undefinedPort({ snapshot, request }: Way, service: Service): Found {
  const text = `${serviceName(service)} has no port ${
    request.port
  }: the connection is refused`;
  return {
    steps: [
      step('route', 'ends', text, [
        because('linkerd/undefined-port', text, {
          snapshot,
          kind: 'Service',
          object: service,
          field: 'spec.ports',
        }),
      ]),
    ],
    branches: [],
    ending: { outcome: 'failed', status: null },
  };
}

/** Whether the client's proxy reads requests, or passes bytes on. */
function readingOf({ request }: Way, policy?: OutboundPolicy): Way['reading'] {
  const opaque = policy?.protocol === 'opaque' || policy?.protocol === 'tls';
  return request.protocol === 'http' && !opaque ? 'http' : 'tcp';
}

function requestOf({ request, authority }: Way): OutboundRequest {
  const { protocol, method, path, headers, sni } = request;
  return {
    protocol,
    host: authority.replace(/:\d+$/, ''),
    method,
    path,
    headers: lowerCase(headers),
    ...(sni && { sni }),
  };
}
