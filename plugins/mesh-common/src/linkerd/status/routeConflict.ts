import { ParentReference } from '../../gateway-api/objects';
import { ObjectOf } from '../../kubernetes/kinds';
import { defineClusterIndex } from '../../snapshot/defineClusterIndex';
import { defineQuestion } from '../../snapshot/defineQuestion';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { compare } from '../age';
import {
  ALL_ROUTE_KINDS,
  AnyLinkerdRoute,
  GRPC_ROUTE_KIND,
  HTTP_ROUTE_KINDS,
  parentsOf,
  routeName,
  TCP_ROUTE_KIND,
  TLS_ROUTE_KIND,
} from '../linkerdRoutes';
import { isServer } from '../routeParents';

type RouteKind = (typeof ALL_ROUTE_KINDS)[number];

/** The kinds of routes, those that win first. */
const PRECEDENCE: readonly (readonly RouteKind[])[] = [
  [GRPC_ROUTE_KIND],
  HTTP_ROUTE_KINDS,
  [TLS_ROUTE_KIND],
  [TCP_ROUTE_KIND],
];

/**
 * A reference to a parent with its defaults filled in; the core group is the empty one.
 *
 * @public
 */
export type LinkerdRouteParent = Required<
  Pick<ParentReference, 'group' | 'kind' | 'namespace' | 'name'>
> &
  Pick<ParentReference, 'port'>;

/** What makes two references the same to the controller; of Servers it reads no port, of none a section. */
function parentKey(parent: LinkerdRouteParent): string {
  const { group, kind, namespace, name, port } = parent;
  return [
    group,
    kind,
    namespace,
    name,
    isServer(parent) || port === undefined ? '' : port,
  ].join('/');
}

/** By the key of a parent, the name of the first route of a kind that names it. */
function byParent<K extends RouteKind>(kindId: K) {
  return defineClusterIndex(
    kindId,
    (objects: readonly ObjectOf<K>[]) =>
      objects.flatMap(route => {
        // Of each of these kinds, ObjectOf is the type that AnyLinkerdRoute pairs with it.
        const candidate = { kind: kindId, route } as unknown as AnyLinkerdRoute;
        return parentsOf(candidate).map(({ referent }): [string, string] => [
          parentKey(referent),
          routeName(candidate),
        ]);
      }),
    parts => {
      const names = new Map<string, string>();
      for (const [key, name] of parts.flat()) {
        const known = names.get(key);
        if (known === undefined || compare(name, known) < 0) {
          names.set(key, name);
        }
      }
      return names;
    },
  );
}

const INDEXES: Readonly<
  Record<RouteKind, (snapshot: MeshSnapshot) => ReadonlyMap<string, string>>
> = {
  'policy.linkerd.io/HTTPRoute': byParent('policy.linkerd.io/HTTPRoute'),
  'gateway.networking.k8s.io/HTTPRoute': byParent(
    'gateway.networking.k8s.io/HTTPRoute',
  ),
  [GRPC_ROUTE_KIND]: byParent(GRPC_ROUTE_KIND),
  [TLS_ROUTE_KIND]: byParent(TLS_ROUTE_KIND),
  [TCP_ROUTE_KIND]: byParent(TCP_ROUTE_KIND),
};

const routeWithParent = defineQuestion(
  (snapshot, question) => {
    const kind = ALL_ROUTE_KINDS.find(candidate =>
      question.startsWith(`${candidate} `),
    );
    return kind && INDEXES[kind](snapshot).get(question.slice(kind.length + 1));
  },
  (a, b) => a === b,
);

/**
 * The route because of which a route of this kind is not accepted for a parent: one of a more specific kind (GRPCRoute
 * before HTTPRoute before TLSRoute before TCPRoute) that names the very same parent, port included, wherever it is,
 * and whether it is accepted itself or not. Ages do not count.
 *
 * Upstream: policy-controller/k8s/status/src/index.rs, `parent_has_conflicting_routes`.
 *
 * @public
 */
export function conflictingRoute(
  snapshot: MeshSnapshot,
  kind: AnyLinkerdRoute['kind'],
  parent: LinkerdRouteParent,
): string | undefined {
  const key = parentKey(parent);
  for (const kinds of PRECEDENCE) {
    if (kinds.includes(kind)) {
      return undefined;
    }
    for (const other of kinds) {
      const found = routeWithParent(snapshot, `${other} ${key}`);
      if (found) {
        return found;
      }
    }
  }
  return undefined;
}
