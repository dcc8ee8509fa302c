import { Reason } from '../../contract/common';
import { GatewayApiGateway } from '../../gateway-api/objects';
import { Service } from '../../kubernetes/core';
import { Found } from '../../mesh/walk/compose';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
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

/** Of the waypoint in front of a Service. */
export function waypointMayDiffer(
  snapshot: MeshSnapshot,
  subject: { gateway: GatewayApiGateway; service: Service },
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
