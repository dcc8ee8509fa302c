import { Pod } from '../kubernetes/core';
import { PodEnrolment } from '../mesh/MeshAdapter';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { isCapable, isImagined } from './capability';
import { podReason } from './pods';

const RULE = 'istio/enrolment/machine';
const CONNECTED = 'istio.io/connectedAt';

/**
 * How a machine outside Kubernetes takes part. Nobody sees from the cluster what runs there, but istiod writes into the
 * WorkloadEntry when the machine's proxy connects, and that it left. Of an entry that no proxy wrote itself into, only what
 * clients take it for is known: with a service account, or the label for mutual TLS, for one with a sidecar.
 *
 * Upstream: pilot/pkg/autoregistration/controller.go, `changeWorkloadEntryStateToConnected`;
 * pilot/pkg/serviceregistry/serviceentry/conversion.go, `getTLSModeFromWorkloadEntry`.
 */
export function machineEnrolment(
  snapshot: MeshSnapshot,
  pod: Pod,
): PodEnrolment {
  const why = (text: string, field?: string) => [
    podReason(snapshot, pod, RULE, text, field),
  ];
  if (!isImagined(pod) && pod.metadata.annotations[CONNECTED]) {
    const connected = {
      value: 'sidecar' as const,
      reasons: why(
        `The proxy of the machine is connected to istiod, as ${CONNECTED} says`,
        'metadata.annotations',
      ),
    };
    return { mode: connected, expected: connected };
  }
  if (isImagined(pod)) {
    const joins = {
      value: 'sidecar' as const,
      predicted: true,
      reasons: why(
        'The machines of a WorkloadGroup join with a proxy, which registers them',
        'spec.template',
      ),
    };
    return { mode: joins, expected: joins };
  }
  if (!isCapable(snapshot, pod)) {
    const none = {
      value: 'none' as const,
      reasons: why(
        'The entry has neither a service account nor the label for mutual TLS: the mesh takes the machine for one without a proxy',
        'spec.serviceAccount',
      ),
    };
    return { mode: none, expected: none };
  }
  const expected = {
    value: 'sidecar' as const,
    predicted: true,
    reasons: why(
      'By its service account or its label, the mesh takes the machine for one with a sidecar',
      'spec.serviceAccount',
    ),
  };
  return {
    mode:
      snapshot.origin === 'files'
        ? expected
        : {
            value: 'unknown',
            cause: 'not-modelled',
            reasons: why(
              `Whether a proxy runs on the machine cannot be seen from the cluster: no proxy has registered it (${CONNECTED})`,
              'metadata.annotations',
            ),
          },
    expected,
  };
}
