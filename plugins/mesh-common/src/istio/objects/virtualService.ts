import { KubernetesObject } from '../../kubernetes/objects';
import {
  Destination,
  HeaderChanges,
  IstioStatus,
  L4Match,
  Percent,
  RouteDestination,
} from '../objectParts';

/**
 * A VirtualService of Istio.
 *
 * @public
 */
export interface VirtualService extends KubernetesObject {
  spec?: {
    hosts?: string[];
    gateways?: string[];
    exportTo?: string[];
    http?: HttpRoute[];
    tls?: {
      match?: (L4Match & { sniHosts?: string[] })[];
      route?: RouteDestination[];
    }[];
    tcp?: {
      match?: L4Match[];
      route?: RouteDestination[];
    }[];
  };
  status?: IstioStatus;
}

/**
 * A rule for HTTP of a VirtualService.
 *
 * @public
 */
export interface HttpRoute {
  name?: string;
  match?: HttpMatch[];
  route?: (RouteDestination & { headers?: HeaderChanges })[];
  redirect?: {
    uri?: string;
    authority?: string;
    scheme?: string;
    port?: number;
    /** `FROM_REQUEST_PORT`, or `FROM_PROTOCOL_DEFAULT`. */
    derivePort?: string;
    /** Replaces the prefix that was matched; beside `uri`, which replaces the path. */
    prefixRewrite?: string;
    redirectCode?: number;
  };
  directResponse?: {
    status: number;
    body?: {
      string?: string;
      bytes?: string;
    };
  };
  delegate?: {
    name: string;
    namespace?: string;
  };
  rewrite?: {
    uri?: string;
    authority?: string;
    uriRegexRewrite?: {
      match: string;
      rewrite: string;
    };
  };
  timeout?: string;
  retries?: {
    attempts?: number;
    perTryTimeout?: string;
    retryOn?: string;
    retryRemoteLocalities?: boolean;
    /** Whether endpoints that were tried are left out; they are unless it says false. */
    retryIgnorePreviousHosts?: boolean;
    backoff?: string;
  };
  fault?: {
    delay?: {
      fixedDelay?: string;
      percent?: number;
      percentage?: Percent;
    };
    abort?: {
      httpStatus?: number;
      grpcStatus?: string;
      http2Error?: string;
      percentage?: Percent;
    };
  };
  mirror?: Destination;
  mirrorPercentage?: Percent;
  mirrorPercent?: number;
  mirrors?: {
    destination: Destination;
    percentage?: Percent;
  }[];
  corsPolicy?: {
    allowOrigin?: string[];
    allowOrigins?: StringMatch[];
    allowMethods?: string[];
    allowHeaders?: string[];
    exposeHeaders?: string[];
    maxAge?: string;
    allowCredentials?: boolean;
    unmatchedPreflights?: string;
  };
  headers?: HeaderChanges;
}

/**
 * A match of such a rule.
 *
 * @public
 */
export interface HttpMatch {
  name?: string;
  uri?: StringMatch;
  scheme?: StringMatch;
  method?: StringMatch;
  authority?: StringMatch;
  headers?: Record<string, StringMatch>;
  withoutHeaders?: Record<string, StringMatch>;
  queryParams?: Record<string, StringMatch>;
  ignoreUriCase?: boolean;
  port?: number;
  sourceLabels?: Record<string, string>;
  sourceNamespace?: string;
  gateways?: string[];
}

/**
 * How Istio matches a text.
 *
 * @public
 */
export interface StringMatch {
  exact?: string;
  prefix?: string;
  regex?: string;
}
