import { Answer } from '../../contract/common';
import { WalkStep } from '../../contract/walk';
import { namespaceOf } from '../../kubernetes/objects';
import { because } from '../../mesh/answers';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { clusterDomain } from '../injectorConfig';
import { MeshService } from '../meshServices';
import { unreadMembers } from './meshNames';
import { NamedPlace } from './names';
import { step } from '../../mesh/walk/steps';

const RULE = 'istio/walk/host';

/** Whether the client can look up names of other clusters of the mesh. */
type MeshNames = () => Answer<'yes' | 'no' | 'unknown'>;

/** What the host of the request means to the client, as its resolver and the cluster's objects say. */
export function hostStep(
  snapshot: MeshSnapshot,
  place: NamedPlace,
  meshNames: MeshNames,
): WalkStep {
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
      const { entry, host, cluster } = place.found;
      if (cluster !== undefined) {
        return ofOtherCluster(snapshot, place.found, cluster, meshNames());
      }
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
        ? nobody(snapshot, place.host, meshNames)
        : step('host', 'ok', `${place.host}, outside the cluster`, [
            {
              rule: RULE,
              text: 'No Service, ServiceEntry or pod has this host',
            },
          ]);
  }
}

/** The own cluster has no Service of the name. */
function ofOtherCluster(
  snapshot: MeshSnapshot,
  { host, service, namespace }: MeshService,
  cluster: string,
  { value, reasons }: ReturnType<MeshNames>,
): WalkStep {
  const name = `Service ${namespace}/${service?.metadata.name}`;
  const all = [
    because(
      RULE,
      `The host is that of ${name}, which only the cluster ${cluster} has`,
      service && {
        snapshot,
        cluster,
        kind: 'Service',
        object: service,
        field: 'metadata.name',
      },
    ),
    ...reasons,
  ];
  switch (value) {
    case 'yes':
      return step(
        'host',
        'ok',
        `${host} (${name} of the cluster ${cluster})`,
        all,
      );
    case 'no':
      return step(
        'host',
        'ends',
        `${host} is no name in the client's cluster: only the cluster ${cluster} has ${name}`,
        all,
      );
    default:
      return step(
        'host',
        'unknown',
        `Whether the client can look up ${host}, whose Service only the cluster ${cluster} has, is not known`,
        all,
      );
  }
}

/** A member of the mesh that is away might have it, for clients that could look it up there. */
function nobody(
  snapshot: MeshSnapshot,
  host: string,
  meshNames: MeshNames,
): WalkStep {
  const away = unreadMembers(snapshot);
  const asked = away.length > 0 ? meshNames() : undefined;
  if (asked && asked.value !== 'no') {
    return step(
      'host',
      'unknown',
      `${host} is no name in the client's cluster; whether ${away.join(
        ', ',
      )} has it, which is or may be of the same mesh, is not known`,
      asked.reasons,
    );
  }
  return step('host', 'ends', `${host} is no name in the cluster`, [
    {
      rule: RULE,
      text: 'There is no Service or ServiceEntry of this name, so that the client cannot look it up',
    },
  ]);
}

/** A name that only the cluster could know. */
function isNobody(snapshot: MeshSnapshot, host: string): boolean {
  return (
    !/[.:]/.test(host) ||
    host.endsWith(`.svc.${clusterDomain(snapshot)}`) ||
    host.endsWith('.svc')
  );
}
