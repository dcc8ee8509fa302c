import { Reason } from '../contract/common';
import {
  MutatingWebhookConfiguration,
  Namespace,
  Pod,
} from '../kubernetes/core';
import { LabelSelector, namespaceOf } from '../kubernetes/objects';
import { matchesSelector } from '../kubernetes/selectors';
import { because } from '../mesh/answers';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';

const RULE = 'linkerd/injection';
const KIND = 'admissionregistration.k8s.io/MutatingWebhookConfiguration';
const CONFIGURATION = 'linkerd-proxy-injector-webhook-config';
const SWITCH = 'config.linkerd.io/admission-webhooks';

/** Namespaces that the chart keeps from the injector unless told otherwise. */
const LEFT_OUT: ReadonlySet<string> = new Set(['kube-system', 'cert-manager']);

type Webhook = MutatingWebhookConfiguration['webhooks'][number];

/**
 * Why the API server does not ask the injector about a pod, whatever its annotations say: the namespace is without
 * webhooks of Linkerd, or the selectors of the injector's webhook leave the namespace or the pod out. By the chart they leave
 * out kube-system and cert-manager, also where the webhook cannot be read. No event tells of it.
 *
 * Upstream: charts/linkerd-control-plane/templates/proxy-injector-rbac.yaml and values.yaml,
 * `proxyInjector.namespaceSelector`, `objectSelector`.
 */
export function injectorObstacle(
  snapshot: MeshSnapshot,
  pod: Pod,
): Reason | undefined {
  const name = namespaceOf(pod);
  const namespace = snapshot.get('Namespace', undefined, name);
  if (namespace?.metadata.labels[SWITCH] === 'disabled') {
    return because(
      RULE,
      `Linkerd's webhooks do not see the pods of namespace ${name}: its label ${SWITCH} is disabled`,
      {
        snapshot,
        kind: 'Namespace',
        object: namespace,
        field: `metadata.labels.${SWITCH}`,
      },
    );
  }
  const configuration = snapshot.get(KIND, undefined, CONFIGURATION);
  return configuration
    ? leftOutBy(snapshot, configuration, namespace, pod)
    : leftOutByChart(snapshot, namespace);
}

function leftOutBy(
  snapshot: MeshSnapshot,
  configuration: MutatingWebhookConfiguration,
  namespace: Namespace | undefined,
  pod: Pod,
): Reason | undefined {
  const name = namespaceOf(pod);
  const ofNamespace = {
    'kubernetes.io/metadata.name': name,
    ...namespace?.metadata.labels,
  };
  const left = configuration.webhooks.map(webhook =>
    leavesOut(webhook, ofNamespace, pod),
  );
  const [selector] = left;
  return selector && left.every(one => one !== undefined)
    ? because(
        RULE,
        `The API server does not ask the injector about ${
          selector === 'namespaceSelector'
            ? `pods of namespace ${name}`
            : 'the pod'
        }: the ${selector} of its webhook leaves ${
          selector === 'namespaceSelector' ? 'them' : 'it'
        } out`,
        {
          snapshot,
          kind: KIND,
          object: configuration,
          field: `webhooks[0].${selector}`,
        },
      )
    : undefined;
}

function leavesOut(
  { namespaceSelector, objectSelector }: Webhook,
  ofNamespace: Readonly<Record<string, string>>,
  pod: Pod,
): 'namespaceSelector' | 'objectSelector' | undefined {
  // An absent selector of a webhook selects everything.
  const selects = (
    labels: Readonly<Record<string, string>>,
    selector: LabelSelector = {},
  ) => matchesSelector(labels, selector);
  if (!selects(ofNamespace, namespaceSelector)) {
    return 'namespaceSelector';
  }
  return selects(pod.metadata.labels, objectSelector)
    ? undefined
    : 'objectSelector';
}

function leftOutByChart(
  snapshot: MeshSnapshot,
  namespace: Namespace | undefined,
): Reason | undefined {
  return namespace && LEFT_OUT.has(namespace.metadata.name)
    ? because(
        RULE,
        `By the chart of the control plane the injector is not asked about pods of namespace ${namespace.metadata.name} (proxyInjector.namespaceSelector)`,
        {
          snapshot,
          kind: 'Namespace',
          object: namespace,
          field: 'metadata.name',
        },
      )
    : undefined;
}
