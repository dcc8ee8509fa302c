import { CallDecision, CallRule } from '../../contract/callDecision';
import { Reason } from '../../contract/common';
import { EnrolmentMode } from '../../contract/mtls';
import { Pod, Service } from '../../kubernetes/core';
import { namespaceOf } from '../../kubernetes/objects';
import { unreadInput } from '../../mesh/answers';
import { meet } from '../../mesh/sending';
import {
  allowed,
  conditional,
  denied,
  inTurn,
  saysTheSame,
  undecided,
} from '../../mesh/whoMayCall/decision';
import { CallFacts } from '../../mesh/whoMayCall/facts';
import {
  PortAuthorization,
  unreadAuthorization,
} from '../../mesh/whoMayCall/PortAuthorization';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { extensionsOf } from '../extensions';
import { formatIdentity } from '../identity';
import { inboundPort, servicePortsTo } from '../inbound';
import { MeshConfig, meshConfig } from '../meshConfig';
import { injectedRevision } from '../pods';
import { ambientBypass, inboundBypass } from '../portCapture';
import { isHttp, Protocol } from '../protocol';
import { waypointAccount, waypointOf } from '../waypoint';
import {
  waypointPolicies,
  workloadPolicies,
  workloadTokenPolicies,
} from './attachment';
import { evaluate, policyName, PolicySet } from './evaluate';
import { Layer } from './layers';
import { writtenRules } from './writtenRules';

const KIND = 'security.istio.io/AuthorizationPolicy';
const RULE = 'istio/authorization-policy';

/** One port of a pod, and what decides about it. */
interface Subject {
  snapshot: MeshSnapshot;
  pod: Pod;
  port: number;
  mode: EnrolmentMode;
  config: MeshConfig;
  protocol: Protocol;
}

/**
 * Who may call a port of a pod of the mesh. A sidecar or gateway enforces the policies that select its pod. In
 * ambient mode the ztunnel does so, by what it sees of a connection, and a waypoint in front of the Service
 * enforces those that target it, for the clients that go through it.
 */
export function portAuthorization(
  snapshot: MeshSnapshot,
  pod: Pod,
  port: number,
  mode: EnrolmentMode,
): PortAuthorization {
  if (mode === 'waypoint') {
    return unreadAuthorization(
      undecided({
        value: 'unknown',
        cause: 'not-modelled',
        reasons: [
          {
            rule: RULE,
            text: 'Who may call through a waypoint is said at the workloads behind it',
          },
        ],
      }),
    );
  }
  const bypass =
    mode === 'ambient'
      ? ambientBypass(snapshot, pod)
      : inboundBypass(snapshot, pod, port);
  if (bypass) {
    const reason = {
      ...bypass,
      text: `${bypass.text}: no policy is looked at`,
    };
    return unreadAuthorization(allowed([reason]));
  }
  const mesh = meshConfig(snapshot, injectedRevision(pod));
  if (mesh.state === 'unknown') {
    return unreadAuthorization(undecided(mesh.answer));
  }
  const { config } = mesh;
  const unread = unreadInput(snapshot, RULE, {
    optional: [KIND],
    namespaces: [namespaceOf(pod), config.rootNamespace],
  });
  if (unread) {
    return unreadAuthorization(undecided(unread));
  }
  const { protocol } = inboundPort(snapshot, pod, port, mode);
  const subject: Subject = {
    snapshot,
    pod,
    port,
    mode,
    config,
    // The adapter's own answer, of its own words.
    protocol: protocol as Protocol,
  };
  return {
    rules: rulesOf(subject),
    decide: (facts, service) =>
      withExtensions(
        subject,
        connected(subject, withTokens(subject, facts), service),
      ),
  };
}

/** Where no RequestAuthentication applies, no token is checked, so that no rule about tokens matches. */
function withTokens(
  { snapshot, pod, mode, config }: Subject,
  facts: CallFacts,
): CallFacts {
  const kind = 'security.istio.io/RequestAuthentication';
  const known = ['read', 'absent'].includes(snapshot.read(kind).state);
  const checked =
    mode === 'ambient' ||
    !known ||
    workloadTokenPolicies(
      snapshot,
      { namespace: namespaceOf(pod), labels: pod.metadata.labels },
      config.rootNamespace,
    ).length > 0;
  return checked ? facts : { ...facts, tokens: [] };
}

function rulesOf(subject: Subject): CallRule[] {
  const { snapshot, pod, port, mode } = subject;
  if (mode !== 'ambient') {
    return writtenRules(proxySet(subject, layerOf(subject.protocol)));
  }
  const services = servicePortsTo(snapshot, pod, port);
  const waypoints = services.flatMap(({ service }) =>
    waypointSets(subject, service),
  );
  const distinct = new Map(
    waypoints.map(entry => [
      JSON.stringify([entry.name, entry.set.policies.map(policyName)]),
      entry,
    ]),
  );
  return [
    ...[...distinct.values()].flatMap(({ name, set }) =>
      writtenRules(set, `waypoint ${name}`),
    ),
    ...writtenRules(proxySet(subject, 'ztunnel'), 'ztunnel'),
  ];
}

/** As what the proxy treats calls, where it does not look at the bytes first. */
function layerOf(protocol: Protocol): Layer {
  return isHttp(protocol) || protocol === 'detected' ? 'http' : 'tcp';
}

function proxySet(
  { snapshot, pod, port, config }: Subject,
  layer: Layer,
): PolicySet {
  return {
    snapshot,
    policies: workloadPolicies(
      snapshot,
      { namespace: namespaceOf(pod), labels: pod.metadata.labels },
      config.rootNamespace,
    ),
    layer,
    port,
    config,
  };
}

/** A connection must come about first; PeerAuthentication decides that. */
function connected(
  subject: Subject,
  facts: CallFacts,
  service: Service | undefined,
): CallDecision {
  const { snapshot, pod, port, mode, config } = subject;
  const foreign = foreignDomain(facts, config);
  if (foreign) {
    return denied([foreign]);
  }
  const { accepts } = inboundPort(snapshot, pod, port, mode);
  if (accepts.value === 'unknown' && accepts.cause !== 'not-modelled') {
    return undecided(accepts);
  }
  const sends = facts.peer.type === 'none' ? 'plaintext' : 'mtls';
  return meet({ value: sends, reasons: [] }, accepts).value === 'fails'
    ? denied(accepts.reasons)
    : enforced(subject, facts, service);
}

/** Certificates of other trust domains are refused in the handshake, unless they are aliases of the mesh's. */
function foreignDomain(
  { peer }: CallFacts,
  { trustDomain, trustDomainAliases }: MeshConfig,
): Reason | undefined {
  if (peer.type !== 'identity') {
    return undefined;
  }
  const [domain] = peer.identity.split('/');
  return [trustDomain, ...trustDomainAliases].includes(domain)
    ? undefined
    : {
        rule: 'istio/trust-domain',
        text: `The trust domain ${domain} of the client is neither the mesh's (${trustDomain}) nor an alias of it, so that the handshake fails`,
      };
}

function enforced(
  subject: Subject,
  facts: CallFacts,
  service: Service | undefined,
): CallDecision {
  if (subject.mode === 'ambient') {
    return ambientDecision(subject, facts, service);
  }
  const at = (layer: Layer) =>
    evaluate(proxySet(subject, layer), facts).decision;
  if (subject.protocol !== 'detected') {
    return at(layerOf(subject.protocol));
  }
  if (facts.protocol) {
    return at(facts.protocol);
  }
  return eitherProtocol(at('http'), at('tcp'));
}

/** A port whose first bytes tell: where the answers for HTTP and for others differ, it depends on that. */
function eitherProtocol(http: CallDecision, tcp: CallDecision): CallDecision {
  if (saysTheSame(http, tcp) || http.value === 'unknown') {
    return http;
  }
  const speaks = (value: string) => [
    { subject: 'protocol' as const, operator: 'in' as const, values: [value] },
  ];
  const parts = [
    { decision: http, when: speaks('HTTP') },
    { decision: tcp, when: speaks('TCP') },
  ];
  return conditional(
    parts.flatMap(({ decision, when }) => {
      if (decision.value === 'denied') {
        return [];
      }
      return decision.allowedWhen.length === 0
        ? [when]
        : decision.allowedWhen.map(one => [...when, ...one]);
    }),
    parts.flatMap(({ decision, when }) =>
      decision.deniedWhen.map(one => [...when, ...one]),
    ),
    [...http.reasons, ...tcp.reasons],
  );
}

interface WaypointSet {
  name: string;
  set: PolicySet;
  /** What the ztunnel behind it sees. */
  identity: string;
}

function waypointSets(subject: Subject, service: Service): WaypointSet[] {
  const { snapshot, port, config } = subject;
  const { gateway } = waypointOf(snapshot, service);
  if (!gateway) {
    return [];
  }
  const namespace = namespaceOf(gateway);
  return [
    {
      name: `${namespace}/${gateway.metadata.name}`,
      identity: formatIdentity({
        trustDomain: config.trustDomain,
        namespace,
        serviceAccount: waypointAccount(snapshot, gateway),
      }),
      set: {
        snapshot,
        policies: waypointPolicies(
          snapshot,
          gateway,
          service,
          config.rootNamespace,
        ),
        layer: layerOf(subject.protocol),
        port,
        config,
      },
    },
  ];
}

/**
 * In ambient mode. Clients in ambient mode that name the Service go through its waypoint, and the ztunnel
 * behind that sees the waypoint's identity instead of theirs. All others come to the ztunnel directly.
 */
function ambientDecision(
  subject: Subject,
  facts: CallFacts,
  service: Service | undefined,
): CallDecision {
  const ztunnel = proxySet(subject, 'ztunnel');
  const goesThrough = facts.mode === 'ambient' && facts.peer.type !== 'none';
  const bound =
    service && goesThrough
      ? waypointOf(subject.snapshot, service).answer
      : undefined;
  if (bound?.value === 'unknown') {
    return undecided(bound);
  }
  const [waypoint] =
    service && goesThrough ? waypointSets(subject, service) : [];
  if (!waypoint) {
    return evaluate(ztunnel, facts).decision;
  }
  return inTurn(
    evaluate(waypoint.set, facts).decision,
    evaluate(ztunnel, {
      ...facts,
      peer: { type: 'identity', identity: waypoint.identity },
    }).decision,
  );
}

function withExtensions(
  { snapshot, pod }: Subject,
  decision: CallDecision,
): CallDecision {
  const mayDiffer = extensionsOf(
    snapshot,
    { namespace: namespaceOf(pod), labels: pod.metadata.labels },
    meshConfig(snapshot, injectedRevision(pod)),
  );
  return mayDiffer.length > 0 ? { ...decision, mayDiffer } : decision;
}
