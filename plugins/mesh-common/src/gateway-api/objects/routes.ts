import { Condition, KubernetesObject } from '../../kubernetes/objects';
import { BackendRef, RouteFilter, RouteValueMatch } from './routeParts';

/**
 * What a route of the Gateway API attaches to.
 *
 * @public
 */
export interface ParentReference {
  group?: string;
  kind?: string;
  namespace?: string;
  name: string;
  sectionName?: string;
  port?: number;
}

/**
 * An HTTPRoute of the Gateway API, or of Linkerd.
 *
 * @public
 */
export interface HTTPRoute extends KubernetesObject {
  spec?: {
    parentRefs?: ParentReference[];
    hostnames?: string[];
    rules?: {
      name?: string;
      matches?: {
        path?: {
          type?: 'Exact' | 'PathPrefix' | 'RegularExpression';
          value?: string;
        };
        headers?: RouteValueMatch[];
        queryParams?: RouteValueMatch[];
        method?: string;
      }[];
      filters?: RouteFilter[];
      backendRefs?: BackendRef[];
      timeouts?: {
        request?: string;
        backendRequest?: string;
      };
      retry?: {
        codes?: number[];
        attempts?: number;
        backoff?: string;
      };
    }[];
  };
  status?: RouteStatus;
}

/**
 * A rule of an HTTPRoute.
 *
 * @public
 */
export type HTTPRouteRule = NonNullable<
  NonNullable<HTTPRoute['spec']>['rules']
>[number];

/**
 * A GRPCRoute of the Gateway API.
 *
 * @public
 */
export interface GRPCRoute extends KubernetesObject {
  spec?: {
    parentRefs?: ParentReference[];
    hostnames?: string[];
    rules?: {
      name?: string;
      matches?: {
        method?: {
          type?: 'Exact' | 'RegularExpression';
          service?: string;
          method?: string;
        };
        headers?: RouteValueMatch[];
      }[];
      filters?: RouteFilter[];
      backendRefs?: BackendRef[];
    }[];
  };
  status?: RouteStatus;
}

/**
 * TLSRoute and TCPRoute; the latter has no hosts.
 *
 * @public
 */
export interface ConnectionRoute extends KubernetesObject {
  spec?: {
    parentRefs?: ParentReference[];
    hostnames?: string[];
    rules?: {
      name?: string;
      backendRefs?: BackendRef[];
    }[];
  };
  status?: RouteStatus;
}

/**
 * What controllers say of a route.
 *
 * @public
 */
export type RouteStatus =
  | {
      parents?: {
        parentRef: ParentReference;
        controllerName?: string;
        conditions?: Condition[];
      }[];
    }
  | undefined;

/**
 * A ReferenceGrant of the Gateway API.
 *
 * @public
 */
export interface ReferenceGrant extends KubernetesObject {
  spec?: {
    from?: {
      /** Required, but files leave it out: of the kinds that refer to others all are of the Gateway API. */
      group?: string;
      kind: string;
      namespace: string;
    }[];
    to?: {
      group?: string;
      kind: string;
      name?: string;
    }[];
  };
}
