import {
  Condition,
  KubernetesObject,
  LabelSelector,
} from '../../kubernetes/objects';
import { ParentReference } from './routes';

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
