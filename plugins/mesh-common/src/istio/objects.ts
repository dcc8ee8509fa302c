import {
  Condition,
  KubernetesObject,
  LabelSelector,
} from '../kubernetes/objects';

/**
 * A PeerAuthentication of Istio.
 *
 * @public
 */
export interface PeerAuthentication extends KubernetesObject {
  spec?: {
    selector?: {
      matchLabels?: Record<string, string>;
    };
    mtls?: {
      mode?: 'UNSET' | 'DISABLE' | 'PERMISSIVE' | 'STRICT';
    };
    /** Keyed by workload port. */
    portLevelMtls?: Record<
      string,
      {
        mode?: 'UNSET' | 'DISABLE' | 'PERMISSIVE' | 'STRICT';
      }
    >;
  };
  status?: {
    conditions?: Condition[];
    validationMessages?: unknown[];
  };
}

/**
 * An AuthorizationPolicy of Istio.
 *
 * @public
 */
export interface AuthorizationPolicy extends KubernetesObject {
  spec?: {
    selector?: {
      matchLabels?: Record<string, string>;
    };
    targetRef?: {
      group?: string;
      kind: string;
      name: string;
      namespace?: string;
    };
    targetRefs?: {
      group?: string;
      kind: string;
      name: string;
      namespace?: string;
    }[];
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
  status?: {
    conditions?: Condition[];
    validationMessages?: unknown[];
  };
}

/**
 * A RequestAuthentication of Istio.
 *
 * @public
 */
export interface RequestAuthentication extends KubernetesObject {
  spec?: {
    selector?: {
      matchLabels?: Record<string, string>;
    };
    targetRef?: {
      group?: string;
      kind: string;
      name: string;
      namespace?: string;
    };
    targetRefs?: {
      group?: string;
      kind: string;
      name: string;
      namespace?: string;
    }[];
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
  status?: {
    conditions?: Condition[];
    validationMessages?: unknown[];
  };
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
      match?: {
        destinationSubnets?: string[];
        port?: number;
        sourceLabels?: Record<string, string>;
        sourceNamespace?: string;
        gateways?: string[];
        sniHosts?: string[];
      }[];
      route?: {
        destination: {
          host: string;
          subset?: string;
          port?: {
            number?: number;
          };
        };
        weight?: number;
      }[];
    }[];
    tcp?: {
      match?: {
        destinationSubnets?: string[];
        port?: number;
        sourceLabels?: Record<string, string>;
        sourceNamespace?: string;
        gateways?: string[];
      }[];
      route?: {
        destination: {
          host: string;
          subset?: string;
          port?: {
            number?: number;
          };
        };
        weight?: number;
      }[];
    }[];
  };
  status?: {
    conditions?: Condition[];
    validationMessages?: unknown[];
  };
}

/**
 * A rule for HTTP of a VirtualService.
 *
 * @public
 */
export interface HttpRoute {
  name?: string;
  match?: HttpMatch[];
  route?: {
    destination: {
      host: string;
      subset?: string;
      port?: {
        number?: number;
      };
    };
    weight?: number;
    headers?: {
      request?: {
        set?: Record<string, string>;
        add?: Record<string, string>;
        remove?: string[];
      };
      response?: {
        set?: Record<string, string>;
        add?: Record<string, string>;
        remove?: string[];
      };
    };
  }[];
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
      percentage?: {
        value?: number;
      };
    };
    abort?: {
      httpStatus?: number;
      grpcStatus?: string;
      http2Error?: string;
      percentage?: {
        value?: number;
      };
    };
  };
  mirror?: {
    host: string;
    subset?: string;
    port?: {
      number?: number;
    };
  };
  mirrorPercentage?: {
    value?: number;
  };
  mirrorPercent?: number;
  mirrors?: {
    destination: {
      host: string;
      subset?: string;
      port?: {
        number?: number;
      };
    };
    percentage?: {
      value?: number;
    };
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
  headers?: {
    request?: {
      set?: Record<string, string>;
      add?: Record<string, string>;
      remove?: string[];
    };
    response?: {
      set?: Record<string, string>;
      add?: Record<string, string>;
      remove?: string[];
    };
  };
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
 * Upstream: networking/v1alpha3/destination_rule.proto, `LocalityLoadBalancerSetting`.
 *
 * @public
 */
export interface LocalityLbSetting {
  enabled?: boolean;
  distribute?: {
    from?: string;
    to?: Record<string, number>;
  }[];
  failover?: {
    from?: string;
    to?: string;
  }[];
  failoverPriority?: string[];
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
    workloadSelector?: {
      matchLabels?: Record<string, string>;
    };
    trafficPolicy?: TrafficPolicy;
    subsets?: {
      name: string;
      labels?: Record<string, string>;
      trafficPolicy?: TrafficPolicy;
    }[];
  };
  status?: {
    conditions?: Condition[];
    validationMessages?: unknown[];
  };
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
  connectionPool?: {
    tcp?: {
      maxConnections?: number;
      connectTimeout?: string;
      idleTimeout?: string;
      maxConnectionDuration?: string;
    };
    http?: {
      http1MaxPendingRequests?: number;
      http2MaxRequests?: number;
      maxRequestsPerConnection?: number;
      maxRetries?: number;
      idleTimeout?: string;
      h2UpgradePolicy?: string;
      useClientProtocol?: boolean;
      maxConcurrentStreams?: number;
    };
  };
  outlierDetection?: {
    splitExternalLocalOriginErrors?: boolean;
    consecutiveLocalOriginFailures?: number;
    consecutiveGatewayErrors?: number;
    consecutive5xxErrors?: number;
    consecutiveErrors?: number;
    interval?: string;
    baseEjectionTime?: string;
    maxEjectionPercent?: number;
    minHealthPercent?: number;
  };
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
  status?: {
    conditions?: Condition[];
    validationMessages?: unknown[];
  };
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
    endpoints?: {
      address?: string;
      /** By the name of the ServiceEntry's port. */
      ports?: Record<string, number>;
      labels?: Record<string, string>;
      weight?: number;
      serviceAccount?: string;
    }[];
    subjectAltNames?: string[];
    exportTo?: string[];
    workloadSelector?: {
      labels?: Record<string, string>;
    };
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
    workloadSelector?: {
      labels?: Record<string, string>;
    };
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
      egressProxy?: unknown;
    };
  };
  status?: {
    conditions?: Condition[];
    validationMessages?: unknown[];
  };
}

/**
 * Raw changes of a proxy's configuration. What they do is not modelled, but how they are applied is checked.
 *
 * @public
 */
export interface EnvoyFilter extends KubernetesObject {
  spec?: {
    workloadSelector?: {
      labels?: Record<string, string>;
    };
    targetRefs?: {
      group?: string;
      kind: string;
      name: string;
      namespace?: string;
    }[];
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
  status?: {
    conditions?: Condition[];
    validationMessages?: unknown[];
  };
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
    selector?: {
      matchLabels?: Record<string, string>;
    };
    targetRef?: {
      group?: string;
      kind: string;
      name: string;
      namespace?: string;
    };
    targetRefs?: {
      group?: string;
      kind: string;
      name: string;
      namespace?: string;
    }[];
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
  status?: {
    conditions?: Condition[];
    validationMessages?: unknown[];
  };
}

/**
 * A ProxyConfig of Istio.
 *
 * @public
 */
export interface ProxyConfig extends KubernetesObject {
  spec?: {
    selector?: {
      matchLabels?: Record<string, string>;
    };
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
  spec?: {
    address?: string;
    /** By the name of the ServiceEntry's port. */
    ports?: Record<string, number>;
    labels?: Record<string, string>;
    weight?: number;
    serviceAccount?: string;
  };
  status?: {
    conditions?: Condition[];
    validationMessages?: unknown[];
  };
}

/**
 * Machines outside the cluster that are alike: the labels and the account with which they join.
 *
 * @public
 */
export interface WorkloadGroup extends KubernetesObject {
  spec?: {
    metadata?: {
      labels?: Record<string, string>;
    };
    template?: {
      serviceAccount?: string;
    };
  };
}

/**
 * WasmPlugin and TrafficExtension are not modelled; what they select may differ from an answer.
 *
 * @public
 */
export interface ProxyExtension extends KubernetesObject {
  spec?: {
    workloadSelector?: {
      labels?: Record<string, string>;
    };
    selector?: LabelSelector;
    targetRef?: {
      group?: string;
      kind: string;
      name: string;
      namespace?: string;
    };
    targetRefs?: {
      group?: string;
      kind: string;
      name: string;
      namespace?: string;
    }[];
  };
  status?: {
    conditions?: Condition[];
    validationMessages?: unknown[];
  };
}

/**
 * The modes of mutual TLS of a PeerAuthentication.
 *
 * @public
 */
export type MtlsMode = 'UNSET' | 'DISABLE' | 'PERMISSIVE' | 'STRICT';
