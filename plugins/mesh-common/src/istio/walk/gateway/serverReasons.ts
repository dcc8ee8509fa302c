import { Reason } from '../../../contract/common';
import { MeshSnapshot } from '../../../snapshot/MeshSnapshot';
import { objectReason, titleOf } from '../../routing/source';
import { MergedServers, PortServers } from './mergedServers';

const RULE = 'istio/gateway-server';

/** The servers that listen on a port. */
export function openedBy(
  snapshot: MeshSnapshot,
  merged: readonly MergedServers[],
): Reason[] {
  return merged
    .flatMap(({ servers }) => servers)
    .map(({ written, port, hosts }) =>
      objectReason(
        snapshot,
        written,
        RULE,
        `${titleOf(written)} opens port ${port.number} (${
          port.protocol
        }) for ${hosts.join(', ')}`,
        written.field,
      ),
    );
}

/** The servers that do not, since an earlier one has what they ask for. */
export function leftOut(
  snapshot: MeshSnapshot,
  rejected: PortServers['rejected'],
): Reason[] {
  return rejected.map(({ server: { written }, why }) =>
    objectReason(
      snapshot,
      written,
      RULE,
      `${titleOf(written)} ${written.field.slice(
        'spec.'.length,
      )} is left out: ${why}`,
      written.field,
    ),
  );
}
