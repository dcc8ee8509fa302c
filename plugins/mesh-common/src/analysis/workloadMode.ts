import { redirection } from '../istio/ambientEnrolment';
import { isGateway, isWaypoint, proxyOf } from '../istio/pods';
import { Pod, WorkloadController } from '../kubernetes/core';
import { namespaceOf } from '../kubernetes/objects';
import { hasLabels } from '../kubernetes/selectors';
import { defineQuestion } from '../snapshot/defineQuestion';
import { defineTally } from '../snapshot/defineTally';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { podsSelected, podsWithLabels } from '../snapshot/podsByLabel';

const MODE = 'istio.io/dataplane-mode';
const INJECT = 'sidecar.istio.io/inject';
const INJECTION = 'istio-injection';
const REVISION = 'istio.io/rev';

/** Values of the label that ask for no sidecar; whoever writes anything else means to have one. */
const NO: readonly string[] = ['false', 'n', 'no', 'off', 'none', 'disabled'];

/** The labels that a workload's pods are made with. */
export function templateLabels({
  spec,
}: WorkloadController): Readonly<Record<string, string>> {
  return spec.template.metadata.labels;
}

/** Whether the workload itself, not its namespace, asks for ambient mode. */
export function asksForAmbientItself(workload: WorkloadController): boolean {
  return templateLabels(workload)[MODE] === 'ambient';
}

/** Whether a workload is to be in ambient mode, as its labels or those of its namespace say. */
export function asksForAmbient(
  snapshot: MeshSnapshot,
  workload: WorkloadController,
): boolean {
  return (
    asksForAmbientItself(workload) ||
    (templateLabels(workload)[MODE] !== 'none' &&
      labelsOfNamespace(snapshot, workload)[MODE] === 'ambient')
  );
}

/** Whether the workload itself, not its namespace, asks for a sidecar. */
export function asksForSidecarItself(workload: WorkloadController): boolean {
  const labels = templateLabels(workload);
  return isYes(labels[INJECT]) || Boolean(labels[REVISION]);
}

/** Whether a workload is to have a sidecar, as its labels or those of its namespace say. */
export function asksForSidecar(
  snapshot: MeshSnapshot,
  workload: WorkloadController,
): boolean {
  const own = templateLabels(workload)[INJECT];
  if (own !== undefined) {
    return isYes(own);
  }
  const labels = labelsOfNamespace(snapshot, workload);
  return (
    labels[INJECTION] !== 'disabled' &&
    (labels[INJECTION] === 'enabled' ||
      Boolean(labels[REVISION]) ||
      asksForSidecarItself(workload))
  );
}

/** Whether a workload asks for both by a label of its own. */
export function asksForBoth(
  snapshot: MeshSnapshot,
  workload: WorkloadController,
): boolean {
  return (
    (asksForAmbientItself(workload) || asksForSidecarItself(workload)) &&
    asksForAmbient(snapshot, workload) &&
    asksForSidecar(snapshot, workload)
  );
}

/** The pods of a workload. */
export function podsOfWorkload(
  snapshot: MeshSnapshot,
  workload: WorkloadController,
): readonly Pod[] {
  const namespace = namespaceOf(workload);
  const { selector } = workload.spec;
  return selector
    ? podsSelected(snapshot, namespace, selector)
    : podsWithLabels(snapshot, namespace, templateLabels(workload));
}

/** Whether a pod runs with a sidecar. */
export function hasSidecar(pod: Pod): boolean {
  return proxyOf(pod) !== undefined && !isGateway(pod);
}

/** Whether a pod's traffic goes through ztunnel. */
export function isRedirected(pod: Pod): boolean {
  return redirection(pod) === 'enabled';
}

/** Whether a workload is a gateway or a waypoint. */
export function isProxyAlone(
  snapshot: MeshSnapshot,
  workload: WorkloadController,
): boolean {
  const [pod] = podsOfWorkload(snapshot, workload);
  const { metadata, spec } = workload.spec.template;
  const one = pod ?? {
    metadata: { ...metadata, name: workload.metadata.name },
    spec,
  };
  return isGateway(one) || isWaypoint(one);
}

const redirectedPods = defineTally('Pod', pod =>
  isRedirected(pod) ? 'redirected' : undefined,
);

const askForRedirectedPods = defineQuestion(
  (snapshot, namespace) =>
    redirectedPods.inNamespace(snapshot, namespace).size > 0,
  Object.is,
);

/** Whether any pod of a namespace is in ambient mode; where none is, no workload's pods need be looked at. */
export function hasRedirectedPods(
  snapshot: MeshSnapshot,
  namespace: string,
): boolean {
  return askForRedirectedPods(snapshot, namespace);
}

/** Whether a workload is in ambient mode, or is to be: pods may be older than the labels. */
export function isAmbient(
  snapshot: MeshSnapshot,
  workload: WorkloadController,
): boolean {
  return (
    asksForAmbient(snapshot, workload) ||
    (templateLabels(workload)[MODE] !== 'none' &&
      hasRedirectedPods(snapshot, namespaceOf(workload)) &&
      podsOfWorkload(snapshot, workload).some(isRedirected))
  );
}

/** Whether a Service's selector is met. */
export function isSelectedBy(
  workload: WorkloadController,
  selector: Readonly<Record<string, string>> = {},
): boolean {
  return (
    Object.keys(selector).length > 0 &&
    hasLabels(templateLabels(workload), selector)
  );
}

function labelsOfNamespace(
  snapshot: MeshSnapshot,
  workload: WorkloadController,
) {
  return (
    snapshot.get('Namespace', undefined, namespaceOf(workload))?.metadata
      .labels ?? {}
  );
}

function isYes(value: string | undefined): boolean {
  return value !== undefined && !NO.includes(value.toLowerCase());
}
