import { ParentReference } from '../../gateway-api/objects';
import { KubernetesObject } from '../../kubernetes/objects';
import { ALL_ROUTE_KINDS } from '../../linkerd/linkerdRoutes';
import { AnyCheck, CheckFinding, defineCheck } from '../check';
import { refOf } from '../naming';

/** The group of each kind that routes of the meshes have as parents, by its name in lower case. */
const GROUPS: ReadonlyMap<string, string> = new Map([
  ['service', ''],
  ['serviceentry', 'networking.istio.io'],
  ['server', 'policy.linkerd.io'],
  ['egressnetwork', 'policy.linkerd.io'],
]);

/** Groups of which it is known which kinds they have. */
const KNOWN_GROUPS: ReadonlySet<string> = new Set([
  ...GROUPS.values(),
  'gateway.networking.k8s.io',
]);

interface WithParents extends KubernetesObject {
  spec?: { parentRefs?: readonly ParentReference[] };
}

function* wrongGroups(
  route: WithParents,
  groupOfRoute: string,
): Iterable<CheckFinding> {
  for (const [index, { group, kind = '', name }] of (
    route.spec?.parentRefs ?? []
  ).entries()) {
    const right = GROUPS.get(kind.toLowerCase());
    const written = group ?? groupOfRoute;
    const taken = written === 'core' ? '' : written;
    if (
      right !== undefined &&
      KNOWN_GROUPS.has(taken.toLowerCase()) &&
      taken.toLowerCase() !== right
    ) {
      yield {
        message: `${refOf(route)} has the parent ${kind} ${name} in the group ${
          taken || 'core'
        }, which has no such kind: write group: ${right || '""'}`,
        field: `spec.parentRefs[${index}]${
          group === undefined ? '' : '.group'
        }`,
      };
    }
  }
}

/** A parent of a route is of a kind that its group does not have, as one without a group is. */
export const parentInWrongGroup: readonly AnyCheck[] = ALL_ROUTE_KINDS.map(
  subject =>
    defineCheck({
      code: 'MESH-0011',
      level: 'error',
      title: 'A parent of a route is in a group that does not have its kind',
      explanation:
        'A parentRef without a group is of the group of the route: gateway.networking.k8s.io for routes of the Gateway API. There is no Service in that group, and so no mesh takes the route: no status tells of it, and requests go as if it were not there. For a Service write group: "".',
      upstream: 'ParentReference (Gateway API)',
      subject,
      needs: [],
      run: (route: WithParents) =>
        wrongGroups(route, subject.slice(0, subject.indexOf('/'))),
    }),
);
