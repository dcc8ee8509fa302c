import { Reason } from '../../contract/common';
import { Found } from '../../mesh/walk/compose';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { WaypointSubject } from '../authorization/attachment';
import { extensionsOf, waypointExtensions } from '../extensions';
import { meshConfig } from '../meshConfig';
import { injectedRevision } from '../pods';
import { WalkClient } from './client';

/* What changes the proxy that routes a request, in ways that are not modelled. */

/** Of the sidecar of a client, or of a gateway. */
export function proxyMayDiffer(
  snapshot: MeshSnapshot,
  { namespace, labels, pod }: WalkClient,
): Pick<Found, 'mayDiffer'> {
  return differing(
    extensionsOf(
      snapshot,
      { namespace, labels },
      meshConfig(snapshot, pod && injectedRevision(pod)),
    ),
  );
}

/** Of a waypoint, as far as it stands in front of this. */
export function waypointMayDiffer(
  snapshot: MeshSnapshot,
  subject: WaypointSubject,
): Pick<Found, 'mayDiffer'> {
  const mesh = meshConfig(snapshot);
  return mesh.state === 'read'
    ? differing(
        waypointExtensions(snapshot, subject, mesh.config.rootNamespace),
      )
    : {};
}

function differing(mayDiffer: Reason[]): Pick<Found, 'mayDiffer'> {
  return mayDiffer.length > 0 ? { mayDiffer } : {};
}
