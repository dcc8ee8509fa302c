import { Answer, Reason } from '../contract/common';
import { EnrolmentMode } from '../contract/mtls';
import { Namespace, Pod } from '../kubernetes/core';
import { namespaceOf } from '../kubernetes/objects';
import { because, unreadInput } from '../mesh/answers';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { controlPlaneConfig } from './controlPlaneConfig';
import { Decider, podDecider, podSetting } from './podSettings';
import { proxyOf } from './proxy';

export const INJECT_ANNOTATION = 'linkerd.io/inject';

/** Why the injector leaves a pod alone, in its own words. */
export type SkipReason =
  | 'injection_enable_annotation_absent'
  | 'injection_disable_annotation_present'
  | 'invalid_inject_annotation_at_ns'
  | 'invalid_inject_annotation_at_workload';

/** What the injector decides by the annotation, and whose annotation that was. */
export interface InjectionDecision {
  inject: boolean;
  reason?: SkipReason;
  decidedBy: 'namespace' | 'pod' | 'neither';
}

/**
 * What the injector decides by `linkerd.io/inject` of the namespace and of the pod: a value that it does not
 * know at the namespace refuses every pod; else the pod's decides, and without one the namespace's.
 *
 * Upstream: pkg/inject/report.go, `disabledByAnnotation`.
 */
export function injectionDecision(
  namespace: string | undefined,
  pod: string | undefined,
): InjectionDecision {
  if (namespace !== undefined && !isKnown(namespace)) {
    return {
      inject: false,
      reason: 'invalid_inject_annotation_at_ns',
      decidedBy: 'namespace',
    };
  }
  if (pod !== undefined && !isKnown(pod)) {
    return {
      inject: false,
      reason: 'invalid_inject_annotation_at_workload',
      decidedBy: 'pod',
    };
  }
  if (isOn(pod)) {
    return { inject: true, decidedBy: 'pod' };
  }
  if (pod === undefined) {
    return isOn(namespace)
      ? { inject: true, decidedBy: 'namespace' }
      : {
          inject: false,
          reason: 'injection_enable_annotation_absent',
          decidedBy: namespace === undefined ? 'neither' : 'namespace',
        };
  }
  return {
    inject: false,
    reason: isOn(namespace)
      ? 'injection_disable_annotation_present'
      : 'injection_enable_annotation_absent',
    decidedBy: 'pod',
  };
}

function isOn(value: string | undefined): boolean {
  return value === 'enabled' || value === 'ingress';
}

function isKnown(value: string): boolean {
  return isOn(value) || value === 'disabled';
}

const RULE = 'linkerd/injection';

/**
 * How a pod would take part if it were made now: the injector adds a proxy where the annotation asks for one
 * and nothing forbids it (host network, the proxy of another mesh, a namespace without webhooks).
 *
 * Upstream: pkg/inject/report.go, `Injectable`.
 */
export function expectedEnrolment(
  snapshot: MeshSnapshot,
  pod: Pod,
): Answer<EnrolmentMode> {
  const unread = unreadInput(snapshot, RULE, {
    required: ['Namespace'],
    namespaces: [],
  });
  if (unread) {
    return unread;
  }
  const name = namespaceOf(pod);
  const namespace = snapshot.get('Namespace', undefined, name);
  const namespaceValue = namespace?.metadata.annotations[INJECT_ANNOTATION];
  const podValue = pod.metadata.annotations[INJECT_ANNOTATION];
  const decision = injectionDecision(namespaceValue, podValue);
  const config = controlPlaneConfig(snapshot);
  if (config.state === 'not-installed') {
    return outside(
      decision.inject
        ? [
            because(
              RULE,
              'The annotation asks for a proxy of Linkerd, but the cluster has no control plane (no ConfigMap linkerd-config)',
              deciderOf(snapshot, namespace, pod, decision),
            ),
          ]
        : [],
    );
  }
  if (!decision.inject) {
    return outside([
      because(
        RULE,
        skipText(decision, name, namespaceValue, podValue),
        deciderOf(snapshot, namespace, pod, decision),
      ),
    ]);
  }
  const obstacle = obstacleOf(snapshot, namespace, pod);
  if (obstacle) {
    return outside([obstacle]);
  }
  const native = nativeSidecar(snapshot, pod);
  return {
    value: native.on ? 'native-sidecar' : 'sidecar',
    reasons: [
      because(
        RULE,
        decision.decidedBy === 'pod'
          ? `The pod asks for a proxy: ${INJECT_ANNOTATION} is ${podValue}`
          : `Namespace ${name} asks for a proxy in its pods: ${INJECT_ANNOTATION} is ${namespaceValue}`,
        deciderOf(snapshot, namespace, pod, decision),
      ),
      ...native.reasons,
    ],
  };
}

function outside(reasons: Reason[]): Answer<EnrolmentMode> {
  return { value: 'none', reasons };
}

function deciderOf(
  snapshot: MeshSnapshot,
  namespace: Namespace | undefined,
  pod: Pod,
  { decidedBy }: InjectionDecision,
): Decider | undefined {
  if (decidedBy === 'pod') {
    return podDecider(
      snapshot,
      pod,
      `metadata.annotations.${INJECT_ANNOTATION}`,
    );
  }
  return namespace && decidedBy === 'namespace'
    ? {
        snapshot,
        kind: 'Namespace',
        object: namespace,
        field: `metadata.annotations.${INJECT_ANNOTATION}`,
      }
    : undefined;
}

function skipText(
  { reason, decidedBy }: InjectionDecision,
  namespace: string,
  namespaceValue: string | undefined,
  podValue: string | undefined,
): string {
  switch (reason) {
    case 'invalid_inject_annotation_at_ns':
      return `${INJECT_ANNOTATION} of namespace ${namespace} is ${namespaceValue}, none of enabled, ingress, disabled: no pod of it gets a proxy`;
    case 'invalid_inject_annotation_at_workload':
      return `${INJECT_ANNOTATION} of the pod is ${podValue}, none of enabled, ingress, disabled: it gets no proxy`;
    case 'injection_disable_annotation_present':
      return `The pod refuses a proxy: ${INJECT_ANNOTATION} is ${podValue}`;
    default:
      return decidedBy === 'neither'
        ? `Neither namespace ${namespace} nor the pod has the annotation ${INJECT_ANNOTATION}`
        : `${INJECT_ANNOTATION} is disabled, and nothing asks for a proxy`;
  }
}

const FOREIGN_PROXIES: ReadonlySet<string> = new Set([
  'istio-proxy',
  'istio-init',
]);

/** What keeps the injector from a pod that the annotation would give a proxy. */
function obstacleOf(
  snapshot: MeshSnapshot,
  namespace: Namespace | undefined,
  pod: Pod,
): Reason | undefined {
  if (
    namespace?.metadata.labels['config.linkerd.io/admission-webhooks'] ===
    'disabled'
  ) {
    return because(
      RULE,
      `Linkerd's webhooks do not see the pods of namespace ${namespace.metadata.name}: its label config.linkerd.io/admission-webhooks is disabled`,
      {
        snapshot,
        kind: 'Namespace',
        object: namespace,
        field: 'metadata.labels.config.linkerd.io/admission-webhooks',
      },
    );
  }
  if (pod.spec.hostNetwork) {
    return because(
      RULE,
      'The pod uses the network of its node, where a proxy cannot redirect traffic (host_network_enabled)',
      podDecider(snapshot, pod, 'spec.hostNetwork'),
    );
  }
  const foreign = [...pod.spec.initContainers, ...pod.spec.containers].find(
    ({ name }) => FOREIGN_PROXIES.has(name),
  );
  if (foreign) {
    return because(
      RULE,
      `The pod has a proxy of another mesh already: container ${foreign.name} (sidecar_already_exists)`,
      podDecider(snapshot, pod, 'spec'),
    );
  }
  return undefined;
}

const NATIVE_ANNOTATIONS = [
  'config.linkerd.io/proxy-enable-native-sidecar',
  'config.beta.linkerd.io/proxy-enable-native-sidecar',
  'config.alpha.linkerd.io/proxy-enable-native-sidecar',
];

function nativeSidecar(
  snapshot: MeshSnapshot,
  pod: Pod,
): { on: boolean; reasons: Reason[] } {
  const running = proxyOf(pod);
  for (const annotation of NATIVE_ANNOTATIONS) {
    const setting = podSetting(snapshot, pod, annotation);
    if (setting) {
      return {
        on: setting.value === 'true',
        reasons: [
          because(RULE, `${annotation} is ${setting.value}`, setting.decider),
        ],
      };
    }
  }
  const read = controlPlaneConfig(snapshot);
  if (read.state === 'read') {
    return { on: read.config.nativeSidecar, reasons: [] };
  }
  return { on: running?.native ?? false, reasons: [] };
}
