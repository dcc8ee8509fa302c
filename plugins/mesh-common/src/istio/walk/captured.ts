import { Service } from '../../kubernetes/core';
import { namespaceOf } from '../../kubernetes/objects';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { podsWithLabels } from '../../snapshot/podsByLabel';
import { dialledAddresses } from '../dialled';
import { OutboundCapture, outboundCapture } from '../outboundCapture';
import { isAddress, NamedPlace } from './names';
import { Way } from './way';

/** Whether the sidecar of the client takes the connection that it opens to a place. */
export function captured(
  { snapshot, client, request }: Way,
  place: NamedPlace,
): OutboundCapture {
  return client.pod
    ? outboundCapture(snapshot, client.pod, {
        port: request.port,
        addresses: isAddress(request.host)
          ? [request.host.replace(/^\[|\]$/g, '')]
          : addressesOf(snapshot, place),
      })
    : {};
}

function addressesOf(
  snapshot: MeshSnapshot,
  place: NamedPlace,
): readonly string[] | undefined {
  switch (place.is) {
    case 'service':
      return dialledAddresses({ service: place.service }, () =>
        podsBehind(snapshot, place.service),
      );
    case 'entry':
      return dialledAddresses(place.found, () => undefined);
    case 'pod':
      return place.pod.status?.podIP ? [place.pod.status.podIP] : undefined;
    default:
      return undefined;
  }
}

function podsBehind(snapshot: MeshSnapshot, service: Service) {
  const { selector } = service.spec;
  return selector && Object.keys(selector).length > 0
    ? podsWithLabels(snapshot, namespaceOf(service), selector)
    : undefined;
}
