import type { ObjectStore } from '../../store/types';
import type { Request } from '../request';
import type { Endpoint } from '../endpoints';
import { isAllowed, policiesForPod } from './authorization';
import { dataPlaneOf } from './enrolment';
import type { Outcome } from './flow';
import { mtlsModeOf } from './peerAuthentication';

/**
 * What the server's side makes of a connection: a sidecar resets what its mode does not take and then asks the
 * AuthorizationPolicies; a ztunnel refuses plaintext under STRICT and knows layer 4 only; a pod without a proxy
 * takes plaintext. Undefined: the application answers.
 */
export function refusal(
  store: ObjectStore,
  { pod, port }: Endpoint,
  wire: 'mtls' | 'plaintext',
  principal: string | undefined,
  request: Request,
): Outcome | undefined {
  const plane = dataPlaneOf(pod);
  if (plane === 'none') {
    return wire === 'mtls' ? { by: 'reset' } : undefined;
  }
  const mode = mtlsModeOf(store, pod, port);
  const attempt = {
    ...(wire === 'mtls' && principal && { principal }),
    port,
    method: request.method,
    path: request.path,
    http: plane === 'sidecar' && request.protocol !== 'tcp',
  };
  if (plane === 'sidecar') {
    if (
      (wire === 'plaintext' && mode === 'STRICT') ||
      (wire === 'mtls' && mode === 'DISABLE')
    ) {
      return { by: 'reset' };
    }
  } else if (wire === 'plaintext' && mode === 'STRICT') {
    return { by: 'server policy' };
  }
  return isAllowed(policiesForPod(store, pod), attempt)
    ? undefined
    : { by: 'server policy' };
}
