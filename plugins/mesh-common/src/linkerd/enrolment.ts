import { Answer } from '../contract/common';
import { EnrolmentMode } from '../contract/mtls';
import { Pod } from '../kubernetes/core';
import { because } from '../mesh/answers';
import { PodEnrolment } from '../mesh/MeshAdapter';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { expectedEnrolment } from './injection';
import { podDecider } from './podSettings';
import { CONTROL_PLANE_LABEL, proxyOf, proxyVersion } from './proxy';

const RULE = 'linkerd/enrolment';

/**
 * How a pod takes part: it runs the container `linkerd-proxy` (beside its own containers, or as a native
 * sidecar), or it does not. What the annotations of today ask for may differ: they count when a pod is made.
 *
 * Upstream: pkg/k8s, `IsMeshed`; pkg/inject/report.go.
 */
export function podEnrolment(snapshot: MeshSnapshot, pod: Pod): PodEnrolment {
  const expected = expectedEnrolment(snapshot, pod);
  const version = proxyVersion(pod);
  return {
    mode: runningMode(snapshot, pod, expected),
    expected,
    ...(version && { proxyVersion: version }),
  };
}

function runningMode(
  snapshot: MeshSnapshot,
  pod: Pod,
  expected: Answer<EnrolmentMode>,
): Answer<EnrolmentMode> {
  const proxy = proxyOf(pod);
  if (!proxy) {
    return {
      value: 'none',
      reasons: expectsProxy(expected)
        ? [
            because(
              RULE,
              'The pod has no container linkerd-proxy, though a proxy is asked for: it was made before that, or the injector failed; restart it',
              podDecider(snapshot, pod, 'spec.containers'),
            ),
            ...expected.reasons,
          ]
        : expected.reasons,
    };
  }
  const controlPlane = pod.metadata.labels[CONTROL_PLANE_LABEL];
  return {
    value: proxy.native ? 'native-sidecar' : 'sidecar',
    reasons: [
      because(
        RULE,
        proxy.native
          ? 'The pod runs the proxy of Linkerd as a native sidecar'
          : 'The pod runs the proxy of Linkerd',
        podDecider(snapshot, pod, proxy.field),
      ),
      ...(controlPlane
        ? []
        : [
            because(
              RULE,
              `The pod has no label ${CONTROL_PLANE_LABEL}: the control plane does not count it as meshed`,
              podDecider(snapshot, pod, 'metadata.labels'),
            ),
          ]),
    ],
  };
}

function expectsProxy({ value }: Answer<EnrolmentMode>): boolean {
  return value === 'sidecar' || value === 'native-sidecar';
}
