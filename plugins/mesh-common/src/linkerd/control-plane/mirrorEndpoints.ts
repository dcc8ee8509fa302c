import { ControlPlaneFact } from '../../contract/controlPlane';
import { namespaceOf } from '../../kubernetes/objects';
import {
  About,
  fact,
  judged,
  unreadKind,
} from '../../mesh/control-plane/facts';
import { listed } from '../../mesh/listed';
import { defineIndex } from '../../snapshot/defineIndex';
import { defineQuestion, sameItems } from '../../snapshot/defineQuestion';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { hasWrittenEndpoints } from '../multicluster/mirror';

const mirrorIndex = defineIndex(['Service'], ({ objects }) =>
  objects('Service').filter(hasWrittenEndpoints),
);

const emptyMirrors = defineQuestion<readonly string[]>(
  (snapshot, namespace) =>
    mirrorIndex(snapshot, namespace)
      .filter(service =>
        hasNoEndpoints(snapshot, namespaceOf(service), service.metadata.name),
      )
      .map(({ metadata }) => metadata.name),
  sameItems,
);

/** Whether nobody has written an address for a mirror. */
export function hasNoEndpoints(
  snapshot: MeshSnapshot,
  namespace: string,
  name: string,
): boolean {
  const { subsets = [] } = snapshot.get('Endpoints', namespace, name) ?? {};
  return subsets.length === 0;
}

/**
 * Whether the Services that stand for ones of other clusters, and those that stand for the gateways there, have addresses:
 * the controllers write them.
 *
 * Upstream: multicluster/cmd/check.go, "all mirror services have endpoints", "probe services able to communicate with all
 * gateway mirrors" (l5d-multicluster-services-endpoints, l5d-multicluster-gateways-endpoints).
 */
export function mirrorEndpointsFacts(about: About): ControlPlaneFact[] {
  const { snapshot } = about;
  const namespaces = snapshot
    .namespacesOf('Service')
    .filter(namespace => mirrorIndex(snapshot, namespace).length > 0)
    .sort();
  if (namespaces.length === 0) {
    return [];
  }
  const id = 'mirror-endpoints';
  const title = 'Endpoints of mirrors';
  const unread = unreadKind(about, id, 'Endpoints');
  if (unread) {
    return [fact(id, title, unread)];
  }
  const empty = namespaces.flatMap(namespace =>
    emptyMirrors(snapshot, namespace).map(name => `${namespace}/${name}`),
  );
  return [
    fact(
      id,
      title,
      empty.length === 0
        ? judged(about, id, 'good', 'Each mirror has an address')
        : judged(
            about,
            id,
            'bad',
            `${listed(empty)} ${
              empty.length === 1 ? 'has no endpoints' : 'have no endpoints'
            }: requests to them fail. Is the gateway of the other cluster exposed, and does the controller of the Link reach its API?`,
          ),
    ),
  ];
}
