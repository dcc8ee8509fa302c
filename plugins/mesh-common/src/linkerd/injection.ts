import { Answer, Reason } from '../contract/common';
import { EnrolmentMode } from '../contract/mtls';
import { Namespace, Pod, PodSpec } from '../kubernetes/core';
import { parseGoBool } from '../kubernetes/goBool';
import { kindIdOf } from '../kubernetes/kinds';
import { namespaceOf } from '../kubernetes/objects';
import { because, unreadInput } from '../mesh/answers';
import { workloadOfPod } from '../mesh/workloads';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { assumedConfig, controlPlaneConfig } from './controlPlaneConfig';
import { existingSidecar, lacksToken } from './injectability';
import {
  INJECT_ANNOTATION,
  InjectionDecision,
  injectionDecision,
  skipText,
} from './injectionDecision';
import { injectorObstacle } from './injectorReach';
import { Decider, podDecider, podSetting } from './podSettings';
import { isLinkerdContainer, proxyOf } from './proxy';

const RULE = 'linkerd/injection';

/**
 * How a pod would take part if it were made now: the injector adds a proxy where the annotation asks for one
 * and nothing forbids it (host network, the proxy of another mesh, no token, a namespace without webhooks).
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
  const written = writtenProxy(snapshot, pod);
  if (written) {
    return written;
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
  const obstacle = obstacleOf(snapshot, pod);
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

/** The template has the proxy itself, as that of the control plane does: nothing is left to inject. */
function writtenProxy(
  snapshot: MeshSnapshot,
  pod: Pod,
): Answer<EnrolmentMode> | undefined {
  const { controller } = workloadOfPod(snapshot, pod);
  const proxy = controller && proxyOf(controller.spec.template);
  if (!proxy) {
    return undefined;
  }
  const kind = kindIdOf('apps', controller.kind);
  return {
    value: proxy.native ? 'native-sidecar' : 'sidecar',
    reasons: [
      because(
        RULE,
        'The pod template has the proxy of Linkerd itself',
        kind && {
          snapshot,
          kind,
          object: controller,
          field: `spec.template.${proxy.field}`,
        },
      ),
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

/** What keeps the injector from a pod that the annotation would give a proxy. */
function obstacleOf(snapshot: MeshSnapshot, pod: Pod): Reason | undefined {
  const unasked = injectorObstacle(snapshot, pod);
  if (unasked) {
    return unasked;
  }
  if (pod.spec.hostNetwork) {
    return because(
      RULE,
      'The pod uses the network of its node, where a proxy cannot redirect traffic (host_network_enabled)',
      podDecider(snapshot, pod, 'spec.hostNetwork'),
    );
  }
  const foreign = existingSidecar(withoutProxy(pod));
  if (foreign) {
    return because(
      RULE,
      `The pod has a proxy of another mesh already: container ${foreign.name} (sidecar_already_exists)`,
      podDecider(snapshot, pod, 'spec'),
    );
  }
  const { tokenProjection } = assumedConfig(snapshot).config;
  if (lacksToken(pod.spec, tokenProjection)) {
    return because(
      RULE,
      'The pod has no token of its service account, and the control plane gives proxies none of their own (disabled_automount_service_account_token_account)',
      podDecider(snapshot, pod, 'spec.automountServiceAccountToken'),
    );
  }
  return undefined;
}

/** The pod as it was before Linkerd's injector. */
function withoutProxy({
  spec,
}: Pod): Pick<PodSpec, 'containers' | 'initContainers'> {
  return {
    containers: spec.containers.filter(
      container => !isLinkerdContainer(container),
    ),
    initContainers: spec.initContainers.filter(
      container => !isLinkerdContainer(container),
    ),
  };
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
    const on = parseGoBool(setting?.value);
    if (setting && on !== undefined) {
      return {
        on,
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
