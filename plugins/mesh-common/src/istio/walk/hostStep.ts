import { WalkStep } from '../../contract/walk';
import { namespaceOf } from '../../kubernetes/objects';
import { because } from '../../mesh/answers';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { clusterDomain } from '../injectorConfig';
import { NamedPlace } from './names';
import { step } from './way';

const RULE = 'istio/walk/host';

/** What the host of the request means to the client, as its resolver and the cluster's objects say. */
export function hostStep(snapshot: MeshSnapshot, place: NamedPlace): WalkStep {
  switch (place.is) {
    case 'service': {
      const { service, host } = place;
      const name = `Service ${namespaceOf(service)}/${service.metadata.name}`;
      return step('host', 'ok', `${host} (${name})`, [
        because(RULE, `The host is that of ${name}`, {
          snapshot,
          kind: 'Service',
          object: service,
          field: 'metadata.name',
        }),
      ]);
    }
    case 'entry': {
      const { entry, host } = place.found;
      return step(
        'host',
        'ok',
        entry
          ? `${host} (ServiceEntry ${namespaceOf(entry)}/${
              entry.metadata.name
            })`
          : host,
        [
          because(
            RULE,
            'A ServiceEntry has the host',
            entry && {
              snapshot,
              kind: 'networking.istio.io/ServiceEntry',
              object: entry,
              field: 'spec.hosts',
            },
          ),
        ],
      );
    }
    case 'pod': {
      const name = `Pod ${namespaceOf(place.pod)}/${place.pod.metadata.name}`;
      return step('host', 'ok', `${place.host} (${name})`, [
        because(RULE, `The host is that of ${name}`, {
          snapshot,
          kind: 'Pod',
          object: place.pod,
          field: 'status.podIP',
        }),
      ]);
    }
    default:
      return isNobody(snapshot, place.host)
        ? step('host', 'ends', `${place.host} is no name in the cluster`, [
            {
              rule: RULE,
              text: 'There is no Service or ServiceEntry of this name, so that the client cannot look it up',
            },
          ])
        : step('host', 'ok', `${place.host}, outside the cluster`, [
            {
              rule: RULE,
              text: 'No Service, ServiceEntry or pod has this host',
            },
          ]);
  }
}

/** A name that only the cluster could know. */
function isNobody(snapshot: MeshSnapshot, host: string): boolean {
  return (
    !/[.:]/.test(host) ||
    host.endsWith(`.svc.${clusterDomain(snapshot)}`) ||
    host.endsWith('.svc')
  );
}
