import { parse } from 'yaml';
import { z } from 'zod';
import { Answer, Reason } from '../contract/common';
import { ConfigMap } from '../kubernetes/core';
import { unknown } from '../mesh/answers';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';

const CONFIG_MAP = 'linkerd-config';

/** What is odd in somebody's settings is nothing to warn of on the terminal. */
const QUIET = { logLevel: 'error' } as const;

/** Where the chart installs the control plane unless told otherwise. */
const DEFAULT_NAMESPACE = 'linkerd';

/** The chart's values that rules read; what is not written has the chart's default. */
const valuesSchema = z.object({
  linkerdVersion: z.string().optional(),
  highAvailability: z.boolean().default(false),
  cniEnabled: z.boolean().default(false),
  disableHeartBeat: z.boolean().default(false),
  clusterDomain: z.string().default('cluster.local'),
  clusterNetworks: z
    .string()
    .default('10.0.0.0/8,100.64.0.0/10,172.16.0.0/12,192.168.0.0/16,fd00::/8'),
  identityTrustDomain: z.string().default(''),
  identity: z
    .object({ serviceAccountTokenProjection: z.boolean().default(true) })
    .prefault({}),
  policyController: z
    .object({ probeNetworks: z.array(z.string()).optional() })
    .default({}),
  egress: z
    .object({
      globalEgressNetworkNamespace: z.string().default('linkerd-egress'),
    })
    .prefault({}),
  proxy: z
    .object({
      defaultInboundPolicy: z.string().default('all-unauthenticated'),
      nativeSidecar: z.boolean().default(false),
      opaquePorts: z
        .union([z.string(), z.number().transform(String)])
        .default('25,587,3306,4444,5432,6379,9300,11211'),
    })
    .prefault({}),
  proxyInit: z
    .object({
      runAsRoot: z.boolean().default(false),
      ignoreInboundPorts: z
        .union([z.string(), z.number().transform(String)])
        .default('4567,4568'),
      ignoreOutboundPorts: z
        .union([z.string(), z.number().transform(String)])
        .default('4567,4568'),
    })
    .prefault({}),
});

/** The settings of a control plane that decide about workloads. */
export interface ControlPlaneConfig {
  /** Namespace of the control plane. */
  namespace: string;
  /** Absent over files that do not have it: the settings are then the chart's defaults. */
  configMap?: ConfigMap;
  version?: string;
  /** Whether several pods of each part are asked for. */
  highAvailability: boolean;
  /** Whether pods are prepared by the CNI plugin instead of an init container. */
  cniEnabled: boolean;
  /** Whether the control plane tells its makers once a day that it runs. */
  heartbeat: boolean;
  /** Whether init containers run as root. */
  initRunsAsRoot: boolean;
  trustDomain: string;
  clusterDomain: string;
  clusterNetworks: readonly string[];
  defaultInboundPolicy: string;
  /** Networks that probes may come from; none: probes are not let in by themselves. */
  probeNetworks: readonly string[];
  /** Namespace whose EgressNetworks are for the clients of all namespaces that have none. */
  globalEgressNamespace: string;
  nativeSidecar: boolean;
  /** Whether proxies get a token of their own. */
  tokenProjection: boolean;
  /** Lists of ports as the chart has them. */
  opaquePorts: string;
  ignoredInboundPorts: string;
  ignoredOutboundPorts: string;
}

function configOf(
  values: z.infer<typeof valuesSchema>,
): Omit<ControlPlaneConfig, 'namespace' | 'configMap'> {
  return {
    version: values.linkerdVersion,
    highAvailability: values.highAvailability,
    cniEnabled: values.cniEnabled,
    heartbeat: !values.disableHeartBeat,
    initRunsAsRoot: values.proxyInit.runAsRoot,
    trustDomain: values.identityTrustDomain || values.clusterDomain,
    clusterDomain: values.clusterDomain,
    clusterNetworks: values.clusterNetworks
      .split(',')
      .map(network => network.trim())
      .filter(network => network !== ''),
    defaultInboundPolicy: values.proxy.defaultInboundPolicy,
    probeNetworks: values.policyController.probeNetworks ?? [
      '0.0.0.0/0',
      '::/0',
    ],
    globalEgressNamespace: values.egress.globalEgressNetworkNamespace,
    nativeSidecar: values.proxy.nativeSidecar,
    tokenProjection: values.identity.serviceAccountTokenProjection,
    opaquePorts: values.proxy.opaquePorts,
    ignoredInboundPorts: values.proxyInit.ignoreInboundPorts,
    ignoredOutboundPorts: values.proxyInit.ignoreOutboundPorts,
  };
}

/** The settings of a control plane that was installed with nothing but defaults. */
const DEFAULTS: ControlPlaneConfig = {
  ...configOf(valuesSchema.parse({})),
  namespace: DEFAULT_NAMESPACE,
};

/** The settings, or that there is no control plane, or why neither is known. */
export type ControlPlaneConfigRead =
  | { state: 'read'; config: ControlPlaneConfig }
  | { state: 'not-installed' }
  | { state: 'unknown'; answer: Answer<'unknown'> };

/**
 * The settings of the control plane: the chart's values, which it keeps in the ConfigMap `linkerd-config`.
 * The policy controller takes its own from the arguments of its container, which the chart writes from the
 * same values. Over files that have no such ConfigMap the chart's defaults are assumed; a cluster without
 * it has no Linkerd.
 *
 * Upstream: pkg/charts/linkerd2/values.go, charts/linkerd-control-plane/values.yaml and templates/config.yaml.
 */
export function controlPlaneConfig(
  snapshot: MeshSnapshot,
): ControlPlaneConfigRead {
  const read = snapshot.read('ConfigMap');
  if (read.state !== 'read') {
    return {
      state: 'unknown',
      answer: unknown(read.state, 'linkerd/control-plane-config', read.message),
    };
  }
  const configMap = configMapOf(snapshot);
  if (configMap) {
    return parsedConfig(configMap);
  }
  const [malformed] = snapshot
    .malformed('ConfigMap')
    .filter(({ name }) => name === CONFIG_MAP);
  if (malformed) {
    return {
      state: 'unknown',
      answer: unknown(
        'malformed',
        'linkerd/control-plane-config',
        `ConfigMap ${malformed.namespace}/${CONFIG_MAP} cannot be read: ${malformed.field}: ${malformed.message}`,
      ),
    };
  }
  return snapshot.origin === 'files'
    ? { state: 'read', config: DEFAULTS }
    : { state: 'not-installed' };
}

/**
 * The settings as far as they are known: where they could not be read, the chart's defaults, and a reason to
 * say that the answer may differ.
 */
export function assumedConfig(snapshot: MeshSnapshot): {
  config: ControlPlaneConfig;
  mayDiffer?: Reason[];
} {
  const read = controlPlaneConfig(snapshot);
  if (read.state === 'read') {
    return { config: read.config };
  }
  const why =
    read.state === 'unknown'
      ? read.answer.reasons[0].text
      : 'there is no ConfigMap linkerd-config';
  return {
    config: DEFAULTS,
    mayDiffer: [
      {
        rule: 'linkerd/control-plane-config',
        text: `The settings of the control plane are not known (${why}); the chart's defaults are assumed`,
      },
    ],
  };
}

function configMapOf(snapshot: MeshSnapshot): ConfigMap | undefined {
  for (const namespace of snapshot.namespacesOf('ConfigMap').sort()) {
    const configMap = snapshot.get('ConfigMap', namespace, CONFIG_MAP);
    if (configMap) {
      return configMap;
    }
  }
  return undefined;
}

const parsed = new WeakMap<ConfigMap, ControlPlaneConfigRead>();

function parsedConfig(configMap: ConfigMap): ControlPlaneConfigRead {
  const known = parsed.get(configMap);
  if (known) {
    return known;
  }
  const read = parseConfig(configMap);
  parsed.set(configMap, read);
  return read;
}

function parseConfig(configMap: ConfigMap): ControlPlaneConfigRead {
  const namespace = configMap.metadata.namespace ?? DEFAULT_NAMESPACE;
  const unreadable = (message: string): ControlPlaneConfigRead => ({
    state: 'unknown',
    answer: unknown(
      'malformed',
      'linkerd/control-plane-config',
      `data.values of ConfigMap ${namespace}/${CONFIG_MAP} cannot be read: ${message}`,
    ),
  });
  let values: unknown;
  try {
    values = parse(configMap.data?.values ?? '', QUIET) ?? {};
  } catch (error) {
    return unreadable(
      error instanceof Error ? error.message.split('\n')[0] : String(error),
    );
  }
  const result = valuesSchema.safeParse(values);
  if (!result.success) {
    const [issue] = result.error.issues;
    return unreadable(`${issue.path.join('.')}: ${issue.message}`);
  }
  return {
    state: 'read',
    config: { ...configOf(result.data), namespace, configMap },
  };
}
