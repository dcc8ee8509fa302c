import { Answer } from '../contract/common';
import { EnrolmentMode } from '../contract/mtls';
import { Pod } from '../kubernetes/core';
import { PodEnrolment } from '../mesh/MeshAdapter';
import { isMachine } from '../mesh/machineKinds';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import {
  redirection,
  redirectionReason,
  wantsAmbient,
} from './ambientEnrolment';
import { injection } from './injection';
import { machineEnrolment } from './machineEnrolment';
import {
  injectedRevision,
  isGateway,
  isWaypoint,
  podReason,
  proxyOf,
  proxyVersion,
} from './pods';

const RULE = 'istio/enrolment';

/**
 * How a pod takes part: it runs the container `istio-proxy` (as a sidecar, a native sidecar, a gateway or a
 * waypoint), or its node redirects its traffic to the ztunnel, or it does not take part. What the labels of
 * today ask for may differ: injection happens when a pod is made.
 *
 * Upstream: pkg/kube/inject; cni/pkg/util/podutil.go.
 */
export function podEnrolment(snapshot: MeshSnapshot, pod: Pod): PodEnrolment {
  if (isMachine(pod)) {
    return machineEnrolment(snapshot, pod);
  }
  const expected = expectedMode(snapshot, pod);
  const version = proxyVersion(pod);
  const revision = injectedRevision(pod);
  return {
    mode: runningMode(snapshot, pod, expected),
    expected,
    ...(version && { proxyVersion: version }),
    ...(revision && { revision }),
  };
}

function expectedMode(snapshot: MeshSnapshot, pod: Pod): Answer<EnrolmentMode> {
  if (proxyOf(pod) && (isWaypoint(pod) || isGateway(pod))) {
    return proxyMode(snapshot, pod);
  }
  const { answer } = injection(snapshot, pod);
  if (answer.value === 'sidecar' || answer.value === 'native-sidecar') {
    return isGateway(pod) ? { ...answer, value: 'gateway' } : answer;
  }
  const ambient = wantsAmbient(snapshot, pod);
  return ambient ? { value: 'ambient', reasons: [ambient] } : answer;
}

function runningMode(
  snapshot: MeshSnapshot,
  pod: Pod,
  expected: Answer<EnrolmentMode>,
): Answer<EnrolmentMode> {
  if (proxyOf(pod)) {
    return proxyMode(snapshot, pod);
  }
  switch (redirection(pod)) {
    case 'enabled':
      return {
        value: 'ambient',
        reasons: [
          redirectionReason(
            snapshot,
            pod,
            'The node redirects the traffic of the pod to its ztunnel',
          ),
        ],
      };
    case 'pending':
      return {
        value: 'none',
        reasons: [
          redirectionReason(
            snapshot,
            pod,
            'The node has not yet redirected the traffic of the pod to its ztunnel, or failed to',
          ),
        ],
      };
    default:
      return withoutProxy(snapshot, pod, expected);
  }
}

function withoutProxy(
  snapshot: MeshSnapshot,
  pod: Pod,
  expected: Answer<EnrolmentMode>,
): Answer<EnrolmentMode> {
  if (snapshot.origin === 'files') {
    return { ...expected, predicted: true };
  }
  switch (expected.value) {
    case 'none':
    case 'unknown':
      return { value: 'none', reasons: expected.reasons };
    case 'ambient':
      return {
        value: 'none',
        reasons: [
          redirectionReason(
            snapshot,
            pod,
            'Ambient mode is asked for, but the node does not redirect the traffic of the pod: is istio-cni running there?',
          ),
          ...expected.reasons,
        ],
      };
    default:
      return {
        value: 'none',
        reasons: [
          podReason(
            snapshot,
            pod,
            RULE,
            'The pod has no container istio-proxy, though a sidecar is asked for: it was made before that, or injection failed; restart it',
            'spec.containers',
          ),
          ...expected.reasons,
        ],
      };
  }
}

function proxyMode(snapshot: MeshSnapshot, pod: Pod): Answer<EnrolmentMode> {
  const proxy = proxyOf(pod);
  const answer = (
    value: EnrolmentMode,
    text: string,
    field = proxy?.field,
  ): Answer<EnrolmentMode> => ({
    value,
    reasons: [podReason(snapshot, pod, RULE, text, field)],
  });
  if (isWaypoint(pod)) {
    return answer('waypoint', 'The pod is a waypoint proxy', 'metadata.labels');
  }
  if (isGateway(pod)) {
    return answer('gateway', 'The pod is a gateway proxy');
  }
  return proxy?.native
    ? answer(
        'native-sidecar',
        'The pod runs the proxy of Istio as a native sidecar',
      )
    : answer('sidecar', 'The pod runs the proxy of Istio');
}
