import {
  Condition,
  KubernetesObject,
  LabelSelector,
} from '../kubernetes/objects';
import {
  ConnectionPoolSettings,
  Destination,
  HeaderChanges,
  IstioStatus,
  L4Match,
  LocalityLbSetting,
  MtlsSetting,
  OutlierDetectionSettings,
  Percent,
  PolicySelector,
  PolicyTargetReference,
  RouteDestination,
  WorkloadEntrySpec,
  WorkloadSelector,
} from './objectParts';

/**
 * A PeerAuthentication of Istio.
 *
 * @public
 */
export interface PeerAuthentication extends KubernetesObject {
  spec?: {
    selector?: PolicySelector;
    mtls?: MtlsSetting;
    /** Keyed by workload port. */
    portLevelMtls?: Record<string, MtlsSetting>;
  };
  status?: IstioStatus;
}

/**
 * An AuthorizationPolicy of Istio.
 *
 * @public
 */
export interface AuthorizationPolicy extends KubernetesObject {
  spec?: {
    selector?: PolicySelector;
    targetRef?: PolicyTargetReference;
    targetRefs?: PolicyTargetReference[];
    action?: 'ALLOW' | 'DENY' | 'AUDIT' | 'CUSTOM';
    provider?: {
      name?: string;
    };
    rules?: {
      from?: {
        source?: {
          principals?: string[];
          notPrincipals?: string[];
          requestPrincipals?: string[];
          notRequestPrincipals?: string[];
          namespaces?: string[];
          notNamespaces?: string[];
          serviceAccounts?: string[];
          notServiceAccounts?: string[];
          trustDomains?: string[];
          notTrustDomains?: string[];
          ipBlocks?: string[];
          notIpBlocks?: string[];
          remoteIpBlocks?: string[];
          notRemoteIpBlocks?: string[];
        };
      }[];
      to?: {
        operation?: {
          hosts?: string[];
          notHosts?: string[];
          ports?: string[];
          notPorts?: string[];
          methods?: string[];
          notMethods?: string[];
          paths?: string[];
          notPaths?: string[];
        };
      }[];
      when?: {
        key: string;
        values?: string[];
        notValues?: string[];
      }[];
    }[];
  };
  status?: IstioStatus;
}

/**
 * A RequestAuthentication of Istio.
 *
 * @public
 */
export interface RequestAuthentication extends KubernetesObject {
  spec?: {
    selector?: PolicySelector;
    targetRef?: PolicyTargetReference;
    targetRefs?: PolicyTargetReference[];
    jwtRules?: {
      issuer?: string;
      audiences?: string[];
      /** Nothing listed here and in the next two: `Authorization: Bearer`, or `access_token`. */
      fromHeaders?: {
        name: string;
        prefix?: string;
      }[];
      fromParams?: string[];
      fromCookies?: string[];
      /** Beside `scope` and `permission`. */
      spaceDelimitedClaims?: string[];
    }[];
  };
  status?: IstioStatus;
}

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

/**
 * A DestinationRule of Istio.
 *
 * @public
 */
export interface DestinationRule extends KubernetesObject {
  spec?: {
    host?: string;
    exportTo?: string[];
    workloadSelector?: PolicySelector;
    trafficPolicy?: TrafficPolicy;
    subsets?: {
      name: string;
      labels?: Record<string, string>;
      trafficPolicy?: TrafficPolicy;
    }[];
  };
  status?: IstioStatus;
}

/**
 * How a DestinationRule treats the connections to its host or to a subset.
 *
 * @public
 */
export interface TrafficPolicy extends PortTrafficPolicy {
  portLevelSettings?: (PortTrafficPolicy & {
    port?: {
      number?: number;
    };
  })[];
}

/**
 * The part of a traffic policy that can be given by port.
 *
 * @public
 */
export interface PortTrafficPolicy {
  connectionPool?: ConnectionPoolSettings;
  outlierDetection?: OutlierDetectionSettings;
  loadBalancer?: {
    simple?: string;
    consistentHash?: {
      httpHeaderName?: string;
      httpCookie?: {
        name: string;
      };
      useSourceIp?: boolean;
      httpQueryParameterName?: string;
      ringHash?: unknown;
      maglev?: unknown;
    };
    localityLbSetting?: LocalityLbSetting;
  };
  tls?: ClientTls;
}

/**
 * The TLS with which clients call, of a DestinationRule.
 *
 * @public
 */
export interface ClientTls {
  mode?: 'DISABLE' | 'SIMPLE' | 'MUTUAL' | 'ISTIO_MUTUAL';
  clientCertificate?: string;
  privateKey?: string;
  caCertificates?: string;
  credentialName?: string;
  subjectAltNames?: string[];
  sni?: string;
  insecureSkipVerify?: boolean;
}

/**
 * A Gateway of Istio.
 *
 * @public
 */
export interface Gateway extends KubernetesObject {
  spec?: {
    selector?: Record<string, string>;
    servers?: {
      name?: string;
      port?: {
        number: number;
        name?: string;
        protocol?: string;
      };
      hosts?: string[];
      bind?: string;
      tls?: {
        mode?: string;
        httpsRedirect?: boolean;
        credentialName?: string;
        serverCertificate?: string;
        privateKey?: string;
      };
    }[];
  };
  status?: IstioStatus;
}

/**
 * A ServiceEntry of Istio.
 *
 * @public
 */
export interface ServiceEntry extends KubernetesObject {
  spec?: {
    hosts?: string[];
    addresses?: string[];
    ports?: {
      number: number;
      name?: string;
      protocol?: string;
      targetPort?: number;
    }[];
    location?: string;
    resolution?: string;
    endpoints?: WorkloadEntrySpec[];
    subjectAltNames?: string[];
    exportTo?: string[];
    workloadSelector?: WorkloadSelector;
  };
  status?: {
    conditions?: Condition[];
    /** That istiod gave it, for clients that look its hosts up. */
    addresses?: {
      host?: string;
      value?: string;
    }[];
  };
}

/**
 * A Sidecar of Istio.
 *
 * @public
 */
export interface Sidecar extends KubernetesObject {
  spec?: {
    workloadSelector?: WorkloadSelector;
    /** Where it lists any, these ports count instead of those of Services. */
    ingress?: {
      port?: {
        number?: number;
        protocol?: string;
      };
      tls?: {
        mode?: string;
      };
    }[];
    egress?: {
      hosts?: string[];
      port?: {
        number?: number;
        protocol?: string;
      };
      bind?: string;
      captureMode?: string;
    }[];
    outboundTrafficPolicy?: {
      mode?: string;
      egressProxy?: Destination;
    };
  };
  status?: IstioStatus;
}

/**
 * Raw changes of a proxy's configuration. What they do is not modelled, but how they are applied is checked.
 *
 * @public
 */
export interface EnvoyFilter extends KubernetesObject {
  spec?: {
    workloadSelector?: WorkloadSelector;
    targetRefs?: PolicyTargetReference[];
    priority?: number;
    configPatches?: {
      applyTo?: string;
      match?: {
        proxy?: {
          proxyVersion?: string;
        };
        listener?: {
          filterChain?: {
            filter?: {
              name?: string;
            };
          };
        };
      };
      patch?: {
        operation?: string;
        value?: Record<string, unknown>;
      };
    }[];
  };
  status?: IstioStatus;
}

/**
 * The input of `istioctl install`; nothing in a cluster reads it since Istio 1.24.
 *
 * @public
 */
export interface IstioOperator extends KubernetesObject {
  spec?: {
    profile?: string;
    values?: {
      [key: string]: unknown;
    };
  };
}

/**
 * A Telemetry of Istio.
 *
 * @public
 */
export interface Telemetry extends KubernetesObject {
  spec?: {
    selector?: PolicySelector;
    targetRef?: PolicyTargetReference;
    targetRefs?: PolicyTargetReference[];
    accessLogging?: {
      disabled?: boolean;
      providers?: {
        name?: string;
      }[];
    }[];
    tracing?: {
      providers?: {
        name?: string;
      }[];
    }[];
    metrics?: {
      overrides?: unknown[];
    }[];
  };
  status?: IstioStatus;
}

/**
 * A ProxyConfig of Istio.
 *
 * @public
 */
export interface ProxyConfig extends KubernetesObject {
  spec?: {
    selector?: PolicySelector;
    image?: {
      imageType?: string;
    };
  };
}

/**
 * A WorkloadEntry of Istio.
 *
 * @public
 */
export interface WorkloadEntry extends KubernetesObject {
  spec?: WorkloadEntrySpec;
  status?: IstioStatus;
}

/**
 * Machines outside the cluster that are alike: what the entries of those that join are made of.
 *
 * @public
 */
export interface WorkloadGroup extends KubernetesObject {
  spec?: {
    metadata?: {
      labels?: Record<string, string>;
      annotations?: Record<string, string>;
    };
    template?: WorkloadEntrySpec;
  };
}

/**
 * WasmPlugin and TrafficExtension are not modelled; what they select may differ from an answer.
 *
 * @public
 */
export interface ProxyExtension extends KubernetesObject {
  spec?: {
    workloadSelector?: WorkloadSelector;
    selector?: LabelSelector;
    targetRef?: PolicyTargetReference;
    targetRefs?: PolicyTargetReference[];
  };
  status?: IstioStatus;
}
