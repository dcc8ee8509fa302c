import { KubernetesObject } from '../../kubernetes/objects';
import {
  IstioStatus,
  MtlsSetting,
  PolicySelector,
  PolicyTargetReference,
} from '../objectParts';

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
      /** Else the proxy takes an accepted token out of the request. */
      forwardOriginalToken?: boolean;
      outputClaimToHeaders?: {
        header?: string;
        claim?: string;
      }[];
    }[];
  };
  status?: IstioStatus;
}
