import { CallEvaluation } from '../../contract/callEvaluation';
import { CallRule } from '../../contract/callDecision';
import { EnrolmentMode } from '../../contract/mtls';
import { Pod, Service } from '../../kubernetes/core';
import { namespaceOf } from '../../kubernetes/objects';
import { unreadInput } from '../../mesh/answers';
import { isMachine } from '../../mesh/machineKinds';
import { allowed, undecided } from '../../mesh/whoMayCall/decision';
import { CallFacts } from '../../mesh/whoMayCall/facts';
import {
  PortAuthorization,
  unreadAuthorization,
} from '../../mesh/whoMayCall/PortAuthorization';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { podEnrolment } from '../enrolment';
import { extensionsOf } from '../extensions';
import { inboundPort } from '../inbound';
import { servicePortsTo } from '../inboundProtocol';
import { meshConfig } from '../meshConfig';
import { injectedRevision } from '../pods';
import { ambientBypass, inboundBypass } from '../portCapture';
import { Protocol } from '../protocol';
import { policyName } from './actions';
import { evaluateHops } from './hops';
import { layerOf, proxySet, Subject, waypointProxies } from './proxies';
import { writtenRules } from './writtenRules';

const KIND = 'security.istio.io/AuthorizationPolicy';
const RULE = 'istio/authorization-policy';
const TOKENS_KIND = 'security.istio.io/RequestAuthentication';
const TOKENS_RULE = 'istio/request-authentication';

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
  if (mode === 'unknown' && isMachine(pod)) {
    return ofUnseenProxy(snapshot, pod, port);
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
  const evaluation = (facts: CallFacts, service?: Service) =>
    withExtensions(
      subject,
      unreadTokens(subject, facts) ?? evaluateHops(subject, facts, service),
    );
  return {
    rules: rulesOf(subject),
    evaluate: evaluation,
    decide: (facts, service) => evaluation(facts, service).decision,
  };
}

/** What the proxy of a machine would decide, if there is one: whether it runs cannot be seen. */
function ofUnseenProxy(
  snapshot: MeshSnapshot,
  pod: Pod,
  port: number,
): PortAuthorization {
  const { mode } = podEnrolment(snapshot, pod);
  const { rules, decide } = portAuthorization(snapshot, pod, port, 'sidecar');
  const unseen: PortAuthorization['decide'] = (facts, service) => {
    const { reasons, mayDiffer } = decide(facts, service);
    const decision = undecided({
      ...mode,
      reasons: [
        ...mode.reasons,
        ...reasons.map(reason => ({
          ...reason,
          text: `If its proxy runs: ${reason.text}`,
        })),
      ],
    });
    return mayDiffer ? { ...decision, mayDiffer } : decision;
  };
  return {
    rules,
    decide: unseen,
    evaluate: (facts, service) => ({
      decision: unseen(facts, service),
      hops: [],
    }),
  };
}

/** A token that is sent counts as what RequestAuthentications say of it, so that they must be known. */
function unreadTokens(
  { snapshot, pod, config }: Subject,
  { tokens = [] }: CallFacts,
): CallEvaluation | undefined {
  const unread =
    tokens.length > 0 &&
    unreadInput(snapshot, TOKENS_RULE, {
      optional: [TOKENS_KIND],
      namespaces: [namespaceOf(pod), config.rootNamespace],
    });
  return unread ? { decision: undecided(unread), hops: [] } : undefined;
}

function rulesOf(subject: Subject): CallRule[] {
  const { snapshot, pod, port, mode } = subject;
  if (mode !== 'ambient') {
    return writtenRules(proxySet(subject, layerOf(subject.protocol)));
  }
  const services = servicePortsTo(snapshot, pod, port);
  const waypoints = services.flatMap(({ service }) =>
    waypointProxies(subject, service),
  );
  const distinct = new Map(
    waypoints.map(entry => [
      JSON.stringify([
        entry.name,
        entry.set.port,
        entry.set.policies.map(policyName),
      ]),
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

function withExtensions(
  { snapshot, pod }: Subject,
  evaluation: CallEvaluation,
): CallEvaluation {
  const mayDiffer = extensionsOf(
    snapshot,
    { namespace: namespaceOf(pod), labels: pod.metadata.labels },
    meshConfig(snapshot, injectedRevision(pod)),
  );
  return mayDiffer.length > 0
    ? { ...evaluation, decision: { ...evaluation.decision, mayDiffer } }
    : evaluation;
}
