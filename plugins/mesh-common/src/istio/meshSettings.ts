import { z } from 'zod';
import { LabelSelector } from '../kubernetes/objects';
import { labelSelectorSchema } from '../kubernetes/schemas/objects';
import {
  ConnectionPoolSettings,
  LocalityLbSetting,
  OutlierDetectionSettings,
} from './objectParts';
import {
  connectionPoolSchema,
  localityLbSettingSchema,
  outlierDetectionSchema,
} from './schemas';

/** Where Istio is installed unless told otherwise. */
export const DEFAULT_ROOT_NAMESPACE = 'istio-system';

const exportTo = z.array(z.string()).default(['*']);

/** What rules read of the mesh's settings, with Istio's defaults for what is not written. */
export const settingsSchema = z.object({
  rootNamespace: z.string().min(1).default(DEFAULT_ROOT_NAMESPACE),
  trustDomain: z.string().min(1).default('cluster.local'),
  trustDomainAliases: z.array(z.string()).default([]),
  enableAutoMtls: z.boolean().default(true),
  defaultServiceExportTo: exportTo,
  defaultVirtualServiceExportTo: exportTo,
  defaultDestinationRuleExportTo: exportTo,
  outboundTrafficPolicy: z
    .object({ mode: z.string().default('ALLOW_ANY') })
    .default({ mode: 'ALLOW_ANY' }),
  connectTimeout: z.string().default('10s'),
  /** `UPGRADE` makes requests to HTTP ports HTTP/2. */
  h2UpgradePolicy: z.string().optional(),
  /** What counts where no DestinationRule has these blocks; from 1.31. */
  defaultTrafficPolicy: z
    .object({
      connectionPool: connectionPoolSchema.optional(),
      outlierDetection: outlierDetectionSchema.optional(),
    })
    .optional(),
  localityLbSetting: localityLbSettingSchema.optional(),
  extensionProviders: z
    .array(
      z.object({
        name: z.string(),
        envoyExtAuthzHttp: z.unknown().optional(),
        envoyExtAuthzGrpc: z.unknown().optional(),
        lightstep: z.unknown().optional(),
      }),
    )
    .default([]),
  defaultProviders: z
    .object({ accessLogging: z.array(z.string()).default([]) })
    .default({ accessLogging: [] }),
  /** Of all proxies; a ProxyConfig or an annotation overrides it. */
  defaultConfig: z
    .object({
      meshId: z.string().optional(),
      proxyMetadata: z.record(z.string(), z.coerce.string()).default({}),
      image: z.object({ imageType: z.string().default('') }).optional(),
      gatewayTopology: z
        .object({ numTrustedProxies: z.number().optional() })
        .optional(),
    })
    .default({ proxyMetadata: {} }),
  /** What proxies do to paths before they look at them. */
  pathNormalization: z
    .object({ normalization: z.string().default('DEFAULT') })
    .default({ normalization: 'DEFAULT' }),
  /** Of the namespaces that the control plane watches; none: all. */
  discoverySelectors: z.array(labelSelectorSchema).default([]),
  /** What hosts of the mesh are each cluster's own. */
  serviceSettings: z
    .array(
      z.object({
        settings: z.object({ clusterLocal: z.boolean().optional() }).optional(),
        hosts: z.array(z.string()).default([]),
      }),
    )
    .optional(),
  defaultHttpRetryPolicy: z
    .object({
      attempts: z.number().optional(),
      perTryTimeout: z.string().optional(),
      retryOn: z.string().optional(),
    })
    .optional(),
});

/**
 * The settings of a mesh that rules read, as Istio names them.
 *
 * @public
 */
export interface Settings {
  rootNamespace: string;
  trustDomain: string;
  trustDomainAliases: string[];
  enableAutoMtls: boolean;
  defaultServiceExportTo: string[];
  defaultVirtualServiceExportTo: string[];
  defaultDestinationRuleExportTo: string[];
  outboundTrafficPolicy: {
    mode: string;
  };
  connectTimeout: string;
  /** `UPGRADE` makes requests to HTTP ports HTTP/2. */
  h2UpgradePolicy?: string;
  /** What counts where no DestinationRule has these blocks; from 1.31. */
  defaultTrafficPolicy?: {
    connectionPool?: ConnectionPoolSettings;
    outlierDetection?: OutlierDetectionSettings;
  };
  localityLbSetting?: LocalityLbSetting;
  extensionProviders: {
    name: string;
    envoyExtAuthzHttp?: unknown;
    envoyExtAuthzGrpc?: unknown;
    lightstep?: unknown;
  }[];
  defaultProviders: {
    accessLogging: string[];
  };
  /** Of all proxies; a ProxyConfig or an annotation overrides it. */
  defaultConfig: {
    meshId?: string;
    proxyMetadata: Record<string, string>;
    image?: {
      imageType: string;
    };
    gatewayTopology?: {
      /** In front of a gateway. */
      numTrustedProxies?: number;
    };
  };
  /** What proxies do to paths before they look at them. */
  pathNormalization: {
    normalization: string;
  };
  /** Of the namespaces that the control plane watches; none: all. */
  discoverySelectors: LabelSelector[];
  /** What hosts of the mesh are each cluster's own. */
  serviceSettings?: {
    settings?: {
      clusterLocal?: boolean;
    };
    hosts: string[];
  }[];
  defaultHttpRetryPolicy?: {
    attempts?: number;
    perTryTimeout?: string;
    retryOn?: string;
  };
}

export type SettingName = keyof Settings;
