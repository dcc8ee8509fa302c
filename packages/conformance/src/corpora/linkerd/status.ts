import {
  AnyLinkerdRoute,
  LinkerdStatusCondition,
  linkerdConflictingRoute,
  linkerdEgressNetworkStatus,
  linkerdRateLimitStatus,
  linkerdRouteStatus,
  MeshSnapshot,
} from 'backstage-plugin-mesh-common';
import { z } from 'zod';

const querySchema = z.object({
  group: z.string(),
  kind: z.string(),
  namespace: z.string(),
  name: z.string(),
});

/** The status that the policy controller writes to an object, in words of cases. */
export function statusAnswer(snapshot: MeshSnapshot, query: unknown): unknown {
  const { group, kind, namespace, name } = querySchema.parse(query);
  switch (kind) {
    case 'HTTPLocalRateLimitPolicy': {
      const policy = snapshot.get(
        'policy.linkerd.io/HTTPLocalRateLimitPolicy',
        namespace,
        name,
      );
      return policy && conditionsOf(linkerdRateLimitStatus(snapshot, policy));
    }
    case 'EgressNetwork': {
      const network = snapshot.get(
        'policy.linkerd.io/EgressNetwork',
        namespace,
        name,
      );
      return (
        network && conditionsOf(linkerdEgressNetworkStatus(snapshot, network))
      );
    }
    default: {
      const candidate = routeOf(snapshot, `${group}/${kind}`, namespace, name);
      return (
        candidate && {
          parents: linkerdRouteStatus(snapshot, candidate).map(
            ({ parentRef, conditions }) => ({
              parentRef,
              conditions: conditions.map(conditionWords),
            }),
          ),
        }
      );
    }
  }
}

const conflictSchema = z.object({
  parent: z.object({
    group: z.string(),
    kind: z.string(),
    namespace: z.string(),
    name: z.string(),
    port: z.number().optional(),
  }),
  candidateKind: z.enum(['GRPCRoute', 'HTTPRoute', 'TLSRoute', 'TCPRoute']),
});

/** Whether a route of a kind finds one on a parent that wins over it. */
export function conflictAnswer(
  snapshot: MeshSnapshot,
  query: unknown,
): unknown {
  const { parent, candidateKind } = conflictSchema.parse(query);
  const rival = linkerdConflictingRoute(
    snapshot,
    `gateway.networking.k8s.io/${candidateKind}`,
    { ...parent, group: parent.group === 'core' ? '' : parent.group },
  );
  return { conflict: rival !== undefined };
}

function conditionsOf(condition: LinkerdStatusCondition | undefined): unknown {
  return { conditions: condition ? [conditionWords(condition)] : [] };
}

/** Without what the product says of it in addition. */
function conditionWords({ why, ...written }: LinkerdStatusCondition): unknown {
  return written;
}

function routeOf(
  snapshot: MeshSnapshot,
  kind: string,
  namespace: string,
  name: string,
): AnyLinkerdRoute | undefined {
  switch (kind) {
    case 'policy.linkerd.io/HTTPRoute':
    case 'gateway.networking.k8s.io/HTTPRoute': {
      const route = snapshot.get(kind, namespace, name);
      return route && { kind, route };
    }
    case 'gateway.networking.k8s.io/GRPCRoute': {
      const route = snapshot.get(kind, namespace, name);
      return route && { kind, route };
    }
    case 'gateway.networking.k8s.io/TLSRoute':
    case 'gateway.networking.k8s.io/TCPRoute': {
      const route = snapshot.get(kind, namespace, name);
      return route && { kind, route };
    }
    default:
      throw new Error(`Linkerd writes no status to a ${kind}`);
  }
}
