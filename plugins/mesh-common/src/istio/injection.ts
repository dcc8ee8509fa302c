import { Answer, Reason } from '../contract/common';
import { EnrolmentMode } from '../contract/mtls';
import { Namespace, Pod } from '../kubernetes/core';
import { LabelSelector, namespaceOf } from '../kubernetes/objects';
import { matchesSelector } from '../kubernetes/selectors';
import { because, unreadInput } from '../mesh/answers';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { injectorConfig } from './injectorConfig';
import { podReason, proxyOf } from './pods';
import { injectionWebhooks, REVISION_LABEL } from './revisions';

const RULE = 'istio/injection';
const INJECT = 'sidecar.istio.io/inject';
const NAMESPACE_LABEL = 'istio-injection';

/** Namespaces whose pods the injector leaves alone, whatever their labels. */
const IGNORED_NAMESPACES: ReadonlySet<string> = new Set([
  'kube-system',
  'kube-public',
  'kube-node-lease',
  'local-path-storage',
]);

/** Whether a pod would get a sidecar if it were made now, and of which revision. */
export interface InjectionDecision {
  answer: Answer<
    Extract<EnrolmentMode, 'sidecar' | 'native-sidecar' | 'none' | 'unknown'>
  >;
  revision?: string;
}

/**
 * Whether a pod would get a sidecar if it were made now. First the selectors of the webhooks decide whether
 * the injector is asked at all, then the injector decides: not for host networking, not in the namespaces of
 * Kubernetes, by the pod's label `sidecar.istio.io/inject` (else its annotation), by the selectors and the
 * policy of its settings.
 *
 * Upstream: pkg/kube/inject/inject.go, `injectRequired`; templates/mutatingwebhook.yaml of the istiod chart.
 */
export function injection(snapshot: MeshSnapshot, pod: Pod): InjectionDecision {
  const unread = unreadInput(snapshot, RULE, {
    required: [
      'Namespace',
      'admissionregistration.k8s.io/MutatingWebhookConfiguration',
    ],
    namespaces: [],
  });
  if (unread) {
    return { answer: unread };
  }
  const called = callingWebhook(snapshot, pod);
  if (!called) {
    return {
      answer: {
        value: 'none',
        // A cluster without Istio owes nobody an explanation who does not ask for it.
        reasons:
          isInstalled(snapshot) || isAskedFor(snapshot, pod)
            ? [whyNotCalled(snapshot, pod)]
            : [],
      },
    };
  }
  const refusal = injectorRefusal(snapshot, pod, called.revision);
  if (refusal) {
    return {
      answer: Array.isArray(refusal)
        ? { value: 'none', reasons: refusal }
        : refusal,
      revision: called.revision,
    };
  }
  return {
    answer: {
      value: isNative(pod) ? 'native-sidecar' : 'sidecar',
      reasons: [called.reason],
    },
    revision: called.revision,
  };
}

interface CallingWebhook {
  revision: string;
  reason: Reason;
}

function callingWebhook(
  snapshot: MeshSnapshot,
  pod: Pod,
): CallingWebhook | undefined {
  const labels = namespaceLabels(snapshot, pod);
  const selects = (selectors: {
    namespaceSelector?: LabelSelector;
    objectSelector?: LabelSelector;
  }) =>
    // An absent selector of a webhook selects everything.
    matchesSelector(labels, selectors.namespaceSelector ?? {}) &&
    matchesSelector(pod.metadata.labels, selectors.objectSelector ?? {});
  for (const { configuration, revision } of injectionWebhooks(snapshot)) {
    const index = configuration.webhooks.findIndex(selects);
    if (index >= 0) {
      return {
        revision,
        reason: because(
          RULE,
          `The injector of revision ${revision} is asked about the pod: ${asks(
            labels,
            pod,
          )}`,
          {
            snapshot,
            kind: 'admissionregistration.k8s.io/MutatingWebhookConfiguration',
            object: configuration,
            field: `webhooks[${index}].namespaceSelector`,
          },
        ),
      };
    }
  }
  return assumedWebhook(snapshot, pod, labels);
}

/** Over files that have no webhook, the ones that the istiod chart installs are assumed. */
function assumedWebhook(
  snapshot: MeshSnapshot,
  pod: Pod,
  labels: Readonly<Record<string, string>>,
): CallingWebhook | undefined {
  if (snapshot.origin !== 'files' || injectionWebhooks(snapshot).length > 0) {
    return undefined;
  }
  const enabled = labels[NAMESPACE_LABEL];
  const namespaceRevision = labels[REVISION_LABEL];
  const podRevision = pod.metadata.labels[REVISION_LABEL];
  const podInject = pod.metadata.labels[INJECT];
  const unlabelled = enabled === undefined && namespaceRevision === undefined;
  const revision = namespaceRevision ?? podRevision ?? 'default';
  const called =
    podInject !== 'false' &&
    (enabled === 'enabled' ||
      (enabled === undefined && namespaceRevision !== undefined) ||
      (unlabelled && podRevision !== undefined) ||
      (unlabelled && podInject === 'true'));
  return called
    ? {
        revision: enabled === 'enabled' ? 'default' : revision,
        reason: {
          rule: RULE,
          text: `The webhooks of the istiod chart are assumed; they ask the injector about the pod: ${asks(
            labels,
            pod,
          )}`,
        },
      }
    : undefined;
}

/** Over files, whose control plane is elsewhere, it is taken to be. */
function isInstalled(snapshot: MeshSnapshot): boolean {
  return snapshot.origin === 'files' || injectionWebhooks(snapshot).length > 0;
}

/** Whether anything that Istio reads is written at the pod or its namespace. */
function isAskedFor(snapshot: MeshSnapshot, pod: Pod): boolean {
  const namespace = namespaceLabels(snapshot, pod);
  const { labels } = pod.metadata;
  return [
    namespace[NAMESPACE_LABEL],
    namespace[REVISION_LABEL],
    labels[INJECT],
    labels[REVISION_LABEL],
  ].some(value => value !== undefined);
}

function asks(labels: Readonly<Record<string, string>>, pod: Pod): string {
  const namespace = namespaceOf(pod);
  if (labels[NAMESPACE_LABEL] !== undefined) {
    return `Namespace ${namespace} has ${NAMESPACE_LABEL}=${labels[NAMESPACE_LABEL]}`;
  }
  if (labels[REVISION_LABEL] !== undefined) {
    return `Namespace ${namespace} has ${REVISION_LABEL}=${labels[REVISION_LABEL]}`;
  }
  const key =
    pod.metadata.labels[INJECT] !== undefined ? INJECT : REVISION_LABEL;
  return pod.metadata.labels[key] !== undefined
    ? `the pod has ${key}=${pod.metadata.labels[key]}`
    : 'it is asked about every pod of such a namespace';
}

function whyNotCalled(snapshot: MeshSnapshot, pod: Pod): Reason {
  const name = namespaceOf(pod);
  const labels = namespaceLabels(snapshot, pod);
  if (pod.metadata.labels[INJECT] === 'false') {
    return podReason(
      snapshot,
      pod,
      RULE,
      `The pod has the label ${INJECT}=false`,
      `metadata.labels`,
    );
  }
  const revision =
    labels[NAMESPACE_LABEL] === undefined
      ? labels[REVISION_LABEL] ?? pod.metadata.labels[REVISION_LABEL]
      : undefined;
  const text = revision
    ? `No injector serves the revision or tag ${revision} that ${REVISION_LABEL} asks for`
    : `Namespace ${name} has ${
        labels[NAMESPACE_LABEL] === undefined
          ? `neither ${NAMESPACE_LABEL}=enabled nor ${REVISION_LABEL}`
          : `${NAMESPACE_LABEL}=${labels[NAMESPACE_LABEL]}, and no injector is asked about its pods`
      }`;
  const namespace = namespaceObject(snapshot, pod);
  return because(
    RULE,
    text,
    namespace && {
      snapshot,
      kind: 'Namespace',
      object: namespace,
      field: 'metadata.labels',
    },
  );
}

/** Why the injector leaves the pod alone, or that this is not known; undefined where it injects. */
function injectorRefusal(
  snapshot: MeshSnapshot,
  pod: Pod,
  revision: string,
): Reason[] | Answer<'unknown'> | undefined {
  const refusing = (text: string, field: string) => [
    podReason(snapshot, pod, RULE, text, field),
  ];
  if (pod.spec.hostNetwork) {
    return refusing(
      'The pod uses the network of its node, so it gets no sidecar',
      'spec.hostNetwork',
    );
  }
  if (IGNORED_NAMESPACES.has(namespaceOf(pod))) {
    return [
      {
        rule: RULE,
        text: `The injector leaves pods of ${namespaceOf(pod)} alone`,
      },
    ];
  }
  const { labels, annotations } = pod.metadata;
  const asked = labels[INJECT] ?? annotations[INJECT];
  if (asked === 'true') {
    return undefined;
  }
  if (asked === 'false') {
    return refusing(
      `The pod has ${INJECT}=false`,
      INJECT in labels ? 'metadata.labels' : 'metadata.annotations',
    );
  }
  const read = injectorConfig(snapshot, revision);
  if (read.state === 'unknown') {
    return read.answer;
  }
  const { neverInject, alwaysInject, policy, configMap } = read.config;
  const settings = (text: string) => [
    because(
      RULE,
      text,
      configMap && {
        snapshot,
        kind: 'ConfigMap',
        object: configMap,
        field: 'data.config',
      },
    ),
  ];
  const selected = (selectors: readonly LabelSelector[]) =>
    selectors.some(
      selector => !isEmpty(selector) && matchesSelector(labels, selector),
    );
  if (selected(neverInject)) {
    return settings('neverInjectSelector of the injector selects the pod');
  }
  return selected(alwaysInject) || policy === 'enabled'
    ? undefined
    : settings(`The policy of the injector is ${policy}`);
}

/** The injector takes no notice of selectors that select everything. */
function isEmpty({ matchLabels, matchExpressions }: LabelSelector): boolean {
  return (
    Object.keys(matchLabels ?? {}).length === 0 &&
    (matchExpressions ?? []).length === 0
  );
}

/** How a sidecar would run cannot be told from objects (it depends on the nodes); as it runs, if it does. */
function isNative(pod: Pod): boolean {
  const asked = pod.metadata.annotations['sidecar.istio.io/nativeSidecar'];
  return asked === undefined
    ? proxyOf(pod)?.native === true
    : asked !== 'false';
}

function namespaceObject(
  snapshot: MeshSnapshot,
  pod: Pod,
): Namespace | undefined {
  return snapshot.get('Namespace', undefined, namespaceOf(pod));
}

/** The labels of the pod's namespace, with the one that every namespace has. */
export function namespaceLabels(
  snapshot: MeshSnapshot,
  pod: Pod,
): Readonly<Record<string, string>> {
  return {
    'kubernetes.io/metadata.name': namespaceOf(pod),
    ...namespaceObject(snapshot, pod)?.metadata.labels,
  };
}
