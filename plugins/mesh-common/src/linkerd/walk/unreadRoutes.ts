import { namespaceOf } from '../../kubernetes/objects';
import { unreadInput } from '../../mesh/answers';
import { ALL_ROUTE_KINDS } from '../linkerdRoutes';
import type { Place } from './place';
import { Way } from './way';

const RULE = 'linkerd/walk';

/** What routes depend on and could not be read. */
export function unreadRoutes(
  { snapshot, client: { namespace = '' } }: Way,
  place: Place,
): ReturnType<typeof unreadInput> {
  const own = place.is === 'service' ? [namespaceOf(place.service)] : [];
  return place.is === 'pod' || place.is === 'external'
    ? undefined
    : unreadInput(snapshot, RULE, {
        optional: [
          ...ALL_ROUTE_KINDS,
          'linkerd.io/ServiceProfile',
          ...(place.is === 'elsewhere'
            ? (['policy.linkerd.io/EgressNetwork'] as const)
            : []),
        ],
        namespaces: [...new Set([...own, namespace])],
      });
}
