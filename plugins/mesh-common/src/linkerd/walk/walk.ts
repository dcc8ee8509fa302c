import { WalkAnswer, WalkRequest, WalkStep } from '../../contract/walk';
import {
  answerOf,
  Found,
  unknownFound,
  unknownStep,
  unresolvedFound,
} from '../../mesh/walk/compose';
import { hostHeader, step } from '../../mesh/walk/steps';
import { unreadInput } from '../../mesh/answers';
import { isInMesh } from '../../mesh/enrolment';
import { WalkContext } from '../../mesh/MeshAdapter';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { outboundBypass } from './bypass';
import { unrouted } from './direct';
import { ingressOverride } from './ingress';
import { hostStep, isAddress, Place, placeOf } from './place';
import { meshed } from './meshed';
import { unreadRoutes } from './unreadRoutes';
import { Way } from './way';

const RULE = 'linkerd/walk';

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
    return answerOf('linkerd', request, throughGateway());
  }
  const unread = unreadInput(snapshot, RULE, {
    required: ['Service'],
    namespaces: [],
  });
  if (unread) {
    return answerOf(
      'linkerd',
      request,
      unknownFound(unknownStep(unread), unread.cause),
    );
  }
  const { place, aliases } = placeOf(
    snapshot,
    request.host,
    client.namespace ?? '',
  );
  const host = hostStep(snapshot, place, aliases);
  if (host.result === 'ends') {
    return answerOf('linkerd', request, unresolvedFound(host));
  }
  const way: Way = {
    snapshot,
    request,
    client,
    reading: 'none',
    serverOf,
    authority: hostHeader(request),
    headers: [],
    from: meshed,
    isAtGateway: false,
  };
  const found = byMode(way, place, host);
  return answerOf('linkerd', request, {
    ...found,
    predicted: snapshot.origin === 'files',
  });
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

function byMode(way: Way, place: Place, host: WalkStep): Found {
  if (isInMesh(way.client.mode) && !bypassOf(way, place)) {
    const overridden = ingressOverride(way);
    if (overridden) {
      return 'ends' in overridden
        ? unresolvedFound(overridden.ends)
        : after(overridden.step, routed(overridden.way, overridden.place));
    }
  }
  return after(host, toPlace(way, place));
}

function after(host: WalkStep, found: Found): Found {
  return { ...found, steps: [host, ...found.steps] };
}

function toPlace(way: Way, place: Place): Found {
  const { client } = way;
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
  const bypass = bypassOf(way, place);
  return bypass ? unrouted(way, place, [bypass]) : routed(way, place);
}

function bypassOf({ snapshot, client, request }: Way, place: Place) {
  return outboundBypass(snapshot, client, request.port, addressOf(place));
}

function routed(way: Way, place: Place): Found {
  const unread = unreadRoutes(way, place);
  return unread
    ? unknownFound(unknownStep(unread), unread.cause)
    : meshed(way, place);
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
