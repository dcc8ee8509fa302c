import { CallConditions, CallDecision } from '../../contract/callDecision';
import { CallEvaluation, CallHop } from '../../contract/callEvaluation';
import { Service } from '../../kubernetes/core';
import {
  conditional,
  eitherOf,
  inTurn,
  saysTheSame,
  undecided,
} from '../../mesh/whoMayCall/decision';
import { CallFacts } from '../../mesh/whoMayCall/facts';
import { Protocol } from '../protocol';
import { waypointOf } from '../waypoint';
import { refusedConnection } from './connection';
import { evaluate, Evaluation } from './evaluate';
import { Layer } from './layers';
import { PolicySet } from './policySet';
import {
  layerOf,
  proxySet,
  Subject,
  WaypointProxy,
  waypointProxies,
} from './proxies';
import { WRONG_AUDIENCE } from './tokenStep';

/**
 * What becomes of a call on its way to a port of a pod. A sidecar or gateway decides alone. In ambient mode
 * the ztunnel does, and a waypoint in front of the Service before it, for the clients that go through it.
 */
export function evaluateHops(
  subject: Subject,
  facts: CallFacts,
  service: Service | undefined,
): CallEvaluation {
  const ambient = subject.mode === 'ambient';
  const refused = refusedConnection(subject, facts);
  if (refused) {
    const layer = ambient ? 'tcp' : layerOf(subject.protocol);
    return alone({ by: byOf(subject), layer: shownLayer(layer), ...refused });
  }
  return ambient
    ? ambientHops(subject, facts, service)
    : readHops(
        byOf(subject),
        layer => proxySet(subject, layer),
        subject.protocol,
        facts,
      );
}

function byOf({ mode }: Subject): string {
  if (mode === 'ambient') {
    return 'ztunnel';
  }
  return mode === 'gateway' ? 'gateway' : 'sidecar';
}

function alone(hop: CallHop): CallEvaluation {
  return { decision: hop.decision, hops: [hop] };
}

function shownLayer(layer: Layer): CallHop['layer'] {
  return layer === 'http' ? 'http' : 'tcp';
}

function hopOf(by: string, set: PolicySet, facts: CallFacts): CallHop {
  const evaluation = evaluate(set, facts);
  const status = set.layer === 'http' ? refusalStatus(evaluation) : undefined;
  return {
    by,
    layer: shownLayer(set.layer),
    ...evaluation,
    ...(status && { status }),
  };
}

/**
 * With what a proxy that reads HTTP answers what it refuses: 401 to a token that it does not accept but for its audience,
 * else 403.
 *
 * Upstream: Envoy's rbac and jwt_authn filters.
 */
function refusalStatus({
  decision,
  verdict,
  details,
}: Evaluation): number | undefined {
  if (decision.value !== 'denied') {
    return undefined;
  }
  return verdict === 'token-rejected' && details !== WRONG_AUDIENCE ? 401 : 403;
}

/** What becomes of a call at a waypoint alone, before it goes on from there. */
export function evaluateAtWaypoint(
  { name, set, protocol }: WaypointProxy,
  facts: CallFacts,
): CallEvaluation {
  return readHops(
    `waypoint ${name}`,
    layer => ({ ...set, layer }),
    protocol,
    facts,
  );
}

/** A proxy that reads HTTP where the port or the first bytes say so. */
function readHops(
  by: string,
  setOf: (layer: Layer) => PolicySet,
  protocol: Protocol,
  facts: CallFacts,
): CallEvaluation {
  const at = (layer: Layer) => hopOf(by, setOf(layer), facts);
  if (protocol !== 'detected') {
    return alone(at(layerOf(protocol)));
  }
  if (facts.protocol) {
    return alone(at(facts.protocol));
  }
  const http = at('http');
  const tcp = at('tcp');
  if (saysTheSame(http.decision, tcp.decision)) {
    return alone(http);
  }
  const hops = [
    { ...http, when: speaks('HTTP') },
    { ...tcp, when: speaks('TCP') },
  ];
  return { decision: eitherProtocol(hops), hops };
}

function speaks(value: string): CallConditions {
  return [[{ subject: 'protocol', operator: 'in', values: [value] }]];
}

/** Where the answers for HTTP and for others differ, it depends on what the client speaks. */
function eitherProtocol(
  hops: readonly (CallHop & { when: CallConditions })[],
): CallDecision {
  return conditional(
    hops.flatMap(({ decision, when: [speaking] }) => {
      if (decision.value === 'denied') {
        return [];
      }
      return decision.allowedWhen.length === 0
        ? [speaking]
        : decision.allowedWhen.map(one => [...speaking, ...one]);
    }),
    hops.flatMap(({ decision, when: [speaking] }) =>
      decision.deniedWhen.map(one => [...speaking, ...one]),
    ),
    hops.flatMap(({ decision }) => decision.reasons),
  );
}

/**
 * In ambient mode. Clients in ambient mode that name the Service go through its waypoint, and the ztunnel
 * behind that sees the waypoint's identity instead of theirs. All others come to the ztunnel directly.
 */
function ambientHops(
  subject: Subject,
  facts: CallFacts,
  service: Service | undefined,
): CallEvaluation {
  const ztunnel = proxySet(subject, 'ztunnel');
  const direct = () => alone(hopOf('ztunnel', ztunnel, facts));
  if (!service || facts.mode !== 'ambient' || facts.peer.type === 'none') {
    return direct();
  }
  const bound = waypointOf(subject.snapshot, service).answer;
  if (bound.value === 'unknown') {
    return { decision: undecided(bound), hops: [] };
  }
  const ways = waypointProxies(subject, service)
    .filter(
      ({ set }) =>
        facts.servicePort === undefined || facts.servicePort === set.port,
    )
    .map(waypoint => throughWaypoint(waypoint, ztunnel, facts));
  if (ways.length === 0) {
    return direct();
  }
  const [first] = ways;
  return {
    ...first,
    decision: eitherOf(
      ways.map(({ decision }) => decision),
      {
        rule: 'istio/waypoint',
        text: 'Several ports of the Service lead here, and the rules of the waypoint tell them apart',
      },
    ),
  };
}

function throughWaypoint(
  waypoint: WaypointProxy,
  ztunnel: PolicySet,
  facts: CallFacts,
): CallEvaluation {
  const front = evaluateAtWaypoint(waypoint, facts);
  if (front.decision.value === 'denied') {
    return front;
  }
  const behind = hopOf('ztunnel', ztunnel, {
    ...facts,
    peer: { type: 'identity', identity: waypoint.identity },
  });
  return {
    decision: inTurn(front.decision, behind.decision),
    hops: [...front.hops, behind],
  };
}
