import { RouteStatus } from '../gateway-api/objects';
import {
  conditionOf,
  parentOf,
  Referent,
  samePlace,
} from '../gateway-api/references';
import { KubernetesObject, namespaceOf } from '../kubernetes/objects';

/** A route of the Gateway API, as far as all kinds of them are alike. */
export interface GatewayApiRoute extends KubernetesObject {
  spec?: {
    parentRefs?: readonly Parameters<typeof parentOf>[0][];
    rules?: readonly {
      backendRefs?: readonly {
        group?: string;
        kind?: string;
        name: string;
        namespace?: string;
      }[];
    }[];
  };
  status?: RouteStatus;
}

/** Whether Istio's controller says of a route and one of its parents (or any) that something is wrong, which IST0171 tells. */
export function isToldByStatus(
  route: GatewayApiRoute,
  type: 'Accepted' | 'ResolvedRefs',
  parent?: Referent,
): boolean {
  return (route.status?.parents ?? []).some(
    status =>
      (status.controllerName ?? 'istio.io/').startsWith('istio.io/') &&
      conditionOf(status, type)?.status === 'False' &&
      (!parent ||
        samePlace(parentOf(status.parentRef, namespaceOf(route)), parent)),
  );
}
