import { Reason } from '../../contract/common';
import { WalkBranch, WalkRequest } from '../../contract/walk';
import { step } from './steps';

/** The request leaves what the mesh knows. */
export function away(
  request: WalkRequest,
  host: string,
  reasons: readonly Reason[],
): WalkBranch {
  return {
    percent: 100,
    host,
    port: request.port,
    workloads: [],
    sends: request.protocol === 'tls' ? 'tls' : 'plaintext',
    outcome: 'unmeshed',
    steps: [
      step(
        'destination',
        'ok',
        `${host}:${request.port}, past the mesh, which says nothing of what comes of it`,
        reasons,
      ),
    ],
  };
}
