import { KubernetesObject } from '../../kubernetes/objects';
import {
  ConnectionPoolSettings,
  IstioStatus,
  LocalityLbSetting,
  OutlierDetectionSettings,
  PolicySelector,
} from '../objectParts';

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
