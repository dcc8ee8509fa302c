import {
  Condition,
  KubernetesObject,
  LabelSelector,
} from '../kubernetes/objects';

/*
 * The fields of the Gateway API's kinds that rules read. Linkerd's own policy.linkerd.io HTTPRoute has
 * the same shape. Defaults of the CRD schemas are not written out: a rule that needs one says so.
 */

/**
 * The label by which the pods of a Gateway are found.
 *
 * @public
 */
export const GATEWAY_NAME_LABEL = 'gateway.networking.k8s.io/gateway-name';

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
 * A backend of a rule of the Gateway API.
 *
 * @public
 */
export interface BackendRef {
  group?: string;
  kind?: string;
  name: string;
  namespace?: string;
  port?: number;
  weight?: number;
  filters?: RouteFilter[];
}

/**
 * A filter of a rule of the Gateway API.
 *
 * @public
 */
export interface RouteFilter {
  type: string;
  requestHeaderModifier?: HeaderModifier;
  responseHeaderModifier?: HeaderModifier;
  requestMirror?: {
    backendRef: {
      group?: string;
      kind?: string;
      name: string;
      namespace?: string;
      port?: number;
    };
    percent?: number;
    fraction?: {
      numerator: number;
      denominator?: number;
    };
  };
  requestRedirect?: {
    scheme?: string;
    hostname?: string;
    path?: PathModifier;
    port?: number;
    statusCode?: number;
  };
  urlRewrite?: {
    hostname?: string;
    path?: PathModifier;
  };
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
 * A listener of a Gateway of the Gateway API.
 *
 * @public
 */
export interface GatewayListener {
  name: string;
  hostname?: string;
  port: number;
  protocol: string;
  tls?: {
    mode?: string;
    options?: Record<string, string>;
  };
  allowedRoutes?: {
    kinds?: {
      group?: string;
      kind: string;
    }[];
    namespaces?: {
      from?: string;
      selector?: LabelSelector;
    };
  };
}

/**
 * A Gateway of the Gateway API.
 *
 * @public
 */
export interface GatewayApiGateway extends KubernetesObject {
  spec?: {
    gatewayClassName: string;
    addresses?: {
      type?: string;
      value?: string;
    }[];
    listeners?: GatewayListener[];
    /** Whose ListenerSets may add listeners; absent: nobody's. */
    allowedListeners?: {
      namespaces?: {
        from?: string;
        selector?: LabelSelector;
      };
    };
  };
  status?: {
    addresses?: {
      type?: string;
      value: string;
    }[];
    conditions?: Condition[];
    listeners?: {
      name?: string;
      conditions?: Condition[];
    }[];
  };
}

/**
 * A ListenerSet of the Gateway API, or the experimental XListenerSet of which it came: listeners that are added to a Gateway.
 *
 * @public
 */
export interface ListenerSet extends KubernetesObject {
  spec?: {
    parentRef?: ParentReference;
    listeners?: ListenerEntry[];
  };
  status?: {
    conditions?: Condition[];
  };
}

/**
 * A listener of a ListenerSet. Without a port it listens on that of its protocol.
 *
 * @public
 */
export interface ListenerEntry extends Omit<GatewayListener, 'port'> {
  port?: number;
}

/**
 * A GatewayClass of the Gateway API.
 *
 * @public
 */
export interface GatewayClass extends KubernetesObject {
  spec?: {
    controllerName: string;
  };
}

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

/**
 * A match of a header or of a parameter.
 *
 * @public
 */
export interface RouteValueMatch {
  type?: 'Exact' | 'RegularExpression';
  name: string;
  value: string;
}

/**
 * A header, and its value.
 *
 * @public
 */
export interface HeaderValue {
  name: string;
  value: string;
}

/**
 * What a filter does to headers.
 *
 * @public
 */
export interface HeaderModifier {
  set?: HeaderValue[];
  add?: HeaderValue[];
  remove?: string[];
}

/**
 * What a filter makes of the path.
 *
 * @public
 */
export interface PathModifier {
  type: string;
  replaceFullPath?: string;
  replacePrefixMatch?: string;
}
