import { brokenAnnotations } from '../../linkerd/outbound/brokenRoute';
import { brokenReference } from '../../linkerd/inboundRoutes';
import { parentsOf } from '../../linkerd/linkerdRoutes';
import { brokenFilters } from '../../linkerd/routeFilters';
import { brokenMatch } from '../../linkerd/routeMatches';
import { isServer } from '../../linkerd/routeParents';
import { defineRouteChecks } from '../linkerdRouteChecks';

export const routeDropped = defineRouteChecks(
  {
    code: 'MESH-L0302',
    level: 'error',
    title: 'A route is dropped, though its status says that it is accepted',
    explanation:
      'The controller cannot use a route with a filter that Linkerd does not have, with a match that cannot be read, with a reference to a Server that names a port, or with an invalid retry or timeout annotation. It drops the whole route and says so only in its log.',
    upstream: 'policy-controller/k8s/index/src/{inbound,outbound} (linkerd2)',
  },
  function* run(candidate, snapshot) {
    const parents = parentsOf(candidate);
    const onServersOnly = parents.every(({ referent }) => isServer(referent));
    const broken =
      brokenReference(snapshot, candidate, parents) ??
      brokenMatch(snapshot, candidate) ??
      brokenFilters(snapshot, candidate) ??
      (onServersOnly ? undefined : brokenAnnotations(snapshot, candidate));
    if (broken) {
      yield { message: broken.text, field: broken.field };
    }
  },
);
