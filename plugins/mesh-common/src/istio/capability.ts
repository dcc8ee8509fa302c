import { Answer, Reason } from '../contract/common';
import { Sends } from '../contract/mtls';
import { Pod } from '../kubernetes/core';
import { isMachine } from '../mesh/machineKinds';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { isCapableEntry } from './cluster/workloadEntries';
import { redirection, wantsAmbient } from './ambientEnrolment';
import { injection } from './injection';
import { proxyOf, TLS_MODE_LABEL } from './pods';

/*
 * What clients may take a pod for. A pod that stands for those that a template would make has neither
 * labels of the injector nor a status; what it would get counts.
 */

/** Whether the traffic of the pod is tunnelled to its node's ztunnel, or would be if it were made now. */
export function isTunnelled(snapshot: MeshSnapshot, pod: Pod): boolean {
  if (proxyOf(pod) || isMachine(pod)) {
    return false;
  }
  return (
    redirection(pod) === 'enabled' ||
    (isImagined(pod) &&
      injection(snapshot, pod).answer.value === 'none' &&
      wantsAmbient(snapshot, pod) !== undefined)
  );
}

/** A pod that stands for those that a template would make has no status. */
export function isImagined({ status }: Pod): boolean {
  return status === undefined;
}

/** Whether clients take a pod for one with a sidecar: its label says so; a pod that is yet to be made would get it. */
export function isCapable(snapshot: MeshSnapshot, pod: Pod): boolean {
  if (isMachine(pod)) {
    return isCapableEntry(pod.metadata.labels, pod.spec.serviceAccountName);
  }
  const label = pod.metadata.labels[TLS_MODE_LABEL];
  if (label !== undefined) {
    return label === 'istio';
  }
  return (
    isImagined(pod) &&
    ['sidecar', 'native-sidecar'].includes(
      injection(snapshot, pod).answer.value,
    )
  );
}

/** An answer about what is sent. */
export function sent(value: Sends, reasons: Reason[]): Answer<Sends> {
  return { value, reasons };
}
