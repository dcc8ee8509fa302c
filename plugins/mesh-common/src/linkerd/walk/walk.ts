import { Reason } from '../../contract/common';
import { WalkAnswer, WalkRequest } from '../../contract/walk';
import { Service, ServicePort } from '../../kubernetes/core';
import {
  answerOf,
  Found,
  unknownFound,
  unknownStep,
} from '../../istio/walk/compose';
import { lowerCase } from '../../istio/walk/headers';
import { hostHeader, step } from '../../istio/walk/way';
import { namespaceOf } from '../../kubernetes/objects';
import { because, unreadInput } from '../../mesh/answers';
import { isInMesh } from '../../mesh/enrolment';
import { WalkContext } from '../../mesh/MeshAdapter';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { ALL_ROUTE_KINDS } from '../linkerdRoutes';
import { outboundPolicy, policyOfService } from '../outbound/outboundPolicy';
import { OutboundPolicy } from '../outbound/policy';
import { OutboundRequest } from '../outbound/takenRule';
import { hostOf } from '../routeBackends';
import { isHeadless } from '../routeParents';
import { decidingProfile } from '../serviceProfile';
import { away, branchTo } from './branch';
import { outboundBypass } from './bypass';
import { endpointsOf } from './endpoints';
import { hostStep, isAddress, Place, placeNamed } from './place';
import { profileWalk } from './profiled';
import { policyWalk } from './routed';
import { serviceName, Way } from './way';

const RULE = 'linkerd/walk';

/** Of those that are kept for documentation, and so no network of anybody's. */
const ANY_ADDRESS_OUTSIDE = '192.0.2.1';

/**
 * The way of one request: what its host means, which route takes it, to which endpoints it goes, what the proxies send
 * to each other, whom the server's proxy lets in, and what holds on the way. Each step names what decides it.
 */
export function walk(
  snapshot: MeshSnapshot,
  request: WalkRequest,
  { client = { mode: 'none' }, serverOf }: WalkContext,
): WalkAnswer {
  if ('gateway' in request.from) {
    return answered(request, throughGateway());
  }
  const unread = unreadInput(snapshot, RULE, {
    required: ['Service'],
    namespaces: [],
  });
  if (unread) {
    return answered(request, unknownFound(unknownStep(unread), unread.cause));
  }
  const place = placeNamed(snapshot, request.host, client.namespace ?? '');
  const host = hostStep(snapshot, place);
  if (host.result === 'ends') {
    return answered(request, {
      steps: [host],
      branches: [],
      ending: { outcome: 'failed', status: null },
    });
  }
  const way: Way = {
    snapshot,
    request,
    client,
    reading: 'none',
    serverOf,
    authority: hostHeader(request),
    headers: [],
  };
  const found = byMode(way, place);
  return answered(request, {
    ...found,
    steps: [host, ...found.steps],
    predicted: snapshot.origin === 'files',
  });
}

function answered(request: WalkRequest, found: Found): WalkAnswer {
  return { ...answerOf(request, found), mesh: 'linkerd' };
}

/** Linkerd has no gateways for what comes from outside: an ingress is a workload like others. */
function throughGateway(): Found {
  const text =
    'Linkerd has no gateways for requests from outside: an ingress is a workload of the mesh, from which the request is asked for';
  return {
    steps: [step('route', 'unknown', text, [{ rule: RULE, text }])],
    branches: [],
    ending: { outcome: 'unknown', cause: 'not-modelled' },
  };
}

function byMode(way: Way, place: Place): Found {
  const { client, snapshot, request } = way;
  if (client.mode === 'unknown') {
    const text = `It is not known how ${
      client.name ?? 'the client'
    } takes part in the mesh`;
    return {
      steps: [step('route', 'unknown', text, [{ rule: RULE, text }])],
      branches: [],
      ending: { outcome: 'unknown' },
    };
  }
  if (!isInMesh(client.mode)) {
    return unrouted(way, place, [
      {
        rule: RULE,
        text: `${client.name ?? 'The client'} has no proxy of the mesh`,
      },
    ]);
  }
  const bypass = outboundBypass(
    snapshot,
    client,
    request.port,
    addressOf(place),
  );
  if (bypass) {
    return unrouted(way, place, [bypass]);
  }
  const unread = unreadRoutes(way, place);
  return unread
    ? unknownFound(unknownStep(unread), unread.cause)
    : meshed(way, place);
}

/** What routes depend on and could not be read. */
function unreadRoutes(
  { snapshot, client: { namespace = '' } }: Way,
  place: Place,
): ReturnType<typeof unreadInput> {
  const own = place.is === 'service' ? [namespaceOf(place.service)] : [];
  return place.is === 'pod'
    ? undefined
    : unreadInput(snapshot, RULE, {
        optional: [
          ...ALL_ROUTE_KINDS,
          'linkerd.io/ServiceProfile',
          ...(place.is === 'elsewhere'
            ? (['policy.linkerd.io/EgressNetwork'] as const)
            : []),
        ],
        namespaces: [...new Set([...own, namespace])],
      });
}

/** What the client dials, where it is known. */
function addressOf(place: Place): string | undefined {
  switch (place.is) {
    case 'service': {
      const { clusterIP } = place.service.spec;
      return clusterIP === 'None' ? undefined : clusterIP;
    }
    case 'pod':
      return place.pod.status?.podIP;
    default:
      return isAddress(place.host) ? place.host : undefined;
  }
}

function unrouted(way: Way, place: Place, reasons: Reason[]): Found {
  const text =
    'No proxy takes the request on the side of the client: no routes apply';
  return {
    steps: [step('route', 'ok', text, reasons)],
    branches: [directBranch(way, place, reasons)],
  };
}

function meshed(way: Way, place: Place): Found {
  switch (place.is) {
    case 'service':
      return toService(way, place.service);
    case 'pod':
      return past(
        { ...way, reading: readingOf(way) },
        place,
        'No policy is for the address of a pod: the request goes there as it is',
      );
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
  const profile =
    policy.protocol === 'opaque' || policy.protocol === 'tls'
      ? undefined
      : decidingProfile(snapshot, service, namespace);
  const found =
    profile && request.protocol === 'http'
      ? profileWalk(
          carried,
          { service, port, profile, policy },
          requestOf(carried),
        )
      : policyWalk(carried, policy, requestOf(carried));
  return {
    ...found,
    ...(policy.mayDiffer.length > 0 && { mayDiffer: policy.mayDiffer }),
  };
}

function toOutside(way: Way, place: Place): Found {
  const { snapshot, request, client } = way;
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

function past(way: Way, place: Place, text: string): Found {
  const reasons = [{ rule: RULE, text }];
  return {
    steps: [step('route', 'ok', text, reasons)],
    branches: [directBranch(way, place, reasons)],
  };
}

/** Where a connection goes that no route takes. */
function directBranch(way: Way, place: Place, reasons: Reason[]) {
  const { snapshot, request } = way;
  switch (place.is) {
    case 'pod':
      return branchTo(way, {
        percent: 100,
        host: place.host,
        port: request.port,
        endpoints: [{ pod: place.pod, port: request.port, ready: true }],
        reasons,
      });
    case 'service': {
      const { service } = place;
      if (service.spec.type === 'ExternalName') {
        return away(way, service.spec.externalName ?? place.host, reasons);
      }
      const port = portOf(service, request.port);
      return branchTo(way, {
        percent: 100,
        host: hostOf(
          snapshot,
          service.metadata.namespace ?? '',
          service.metadata.name,
        ).host,
        port: request.port,
        endpoints: port ? endpointsOf(snapshot, service, port) : [],
        reasons,
      });
    }
    default:
      return away(way, place.host, reasons);
  }
}

/** Behind a Service without an address a client may dial any port of the pods. */
function portOf(service: Service, port: number): ServicePort | undefined {
  const declared = service.spec.ports.find(one => one.port === port);
  return (
    declared ??
    (service.spec.clusterIP === 'None' ? { port, protocol: 'TCP' } : undefined)
  );
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
