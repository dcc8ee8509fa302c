import { parse } from 'yaml';
import { z } from 'zod';
import { Answer } from '../contract/common';
import { ConfigMap } from '../kubernetes/core';
import { labelSelectorSchema } from '../kubernetes/schemas/objects';
import { because, unknown } from '../mesh/answers';
import { defineIndex } from '../snapshot/defineIndex';
import { defineQuestion } from '../snapshot/defineQuestion';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';

import { DEFAULT_ROOT_NAMESPACE } from './meshSettings';

const RULE = 'istio/injector-config';
const NAME = 'istio-sidecar-injector';
const DEFAULT_CLUSTER_DOMAIN = 'cluster.local';

const configSchema = z.object({
  policy: z.string().default('enabled'),
  neverInjectSelector: z.array(labelSelectorSchema).nullish(),
  alwaysInjectSelector: z.array(labelSelectorSchema).nullish(),
});

/** A tag such as 1.30 is a number in YAML. */
const textSchema = z.union([z.string(), z.number()]).transform(String);

const valuesSchema = z.object({
  global: z
    .object({
      hub: textSchema.optional(),
      tag: textSchema.optional(),
      network: z.string().optional(),
      proxy: z
        .object({
          image: z.string().optional(),
          clusterDomain: z.string().min(1).optional(),
          includeInboundPorts: z.string().optional(),
          excludeInboundPorts: z.string().optional(),
          includeOutboundPorts: z.string().optional(),
          excludeOutboundPorts: z.string().optional(),
          includeIPRanges: z.string().optional(),
          excludeIPRanges: z.string().optional(),
        })
        .default({}),
    })
    .prefault({}),
  sidecarInjectorWebhook: z
    .object({ enableNamespacesByDefault: z.boolean().default(false) })
    .prefault({}),
});

type Config = z.infer<typeof configSchema>;

/** The settings of the webhook that injects sidecars. */
export interface InjectorConfig {
  /** Whether pods are injected that say nothing themselves. */
  policy: string;
  neverInject: NonNullable<Config['neverInjectSelector']>;
  alwaysInject: NonNullable<Config['alwaysInjectSelector']>;
  clusterDomain: string;
  /** Whether namespaces are injected that say nothing themselves. */
  enableNamespacesByDefault: boolean;
  /** The image of the proxies that are injected; absent where the settings do not tell. */
  proxyImage?: string;
  includeInboundPorts?: string;
  excludeInboundPorts?: string;
  includeOutboundPorts?: string;
  excludeOutboundPorts?: string;
  /** Of outbound connections. */
  includeIPRanges?: string;
  excludeIPRanges?: string;
  /** The network of the proxies that are injected, where the settings name one. */
  network?: string;
  /** Absent where there is none: Istio's defaults are then assumed. */
  configMap?: ConfigMap;
}

export type InjectorConfigRead =
  | { state: 'read'; config: InjectorConfig }
  | { state: 'unknown'; answer: Answer<'unknown'> };

const DEFAULTS: InjectorConfig = {
  policy: 'enabled',
  neverInject: [],
  alwaysInject: [],
  clusterDomain: DEFAULT_CLUSTER_DOMAIN,
  enableNamespacesByDefault: false,
};

/**
 * The settings of the injector: the YAML under `config` and `values` of the ConfigMap
 * `istio-sidecar-injector`, or `istio-sidecar-injector-REVISION`. Where there is none Istio's defaults are
 * assumed: the webhooks' own selectors, which decide first, are in their configurations.
 *
 * Upstream: pkg/kube/inject/inject.go, `Config`; manifests/charts/istio-control/istio-discovery/templates/istiod-injector-configmap.yaml.
 */
export function injectorConfig(
  snapshot: MeshSnapshot,
  revision = 'default',
): InjectorConfigRead {
  const read = snapshot.read('ConfigMap');
  if (read.state !== 'read') {
    return {
      state: 'unknown',
      answer: unknown(read.state, RULE, read.message),
    };
  }
  const name = revision === 'default' ? NAME : `${NAME}-${revision}`;
  for (const namespace of snapshot.namespacesOf('ConfigMap').sort()) {
    const configMap = snapshot.get('ConfigMap', namespace, name);
    if (configMap) {
      return configOf(snapshot, configMap);
    }
  }
  return { state: 'read', config: DEFAULTS };
}

/** What istiod of a namespace is told of the domain. */
const istiodDomain = defineIndex(['apps/Deployment'], ({ objects }) =>
  objects('apps/Deployment')
    .filter(({ metadata: { labels } }) => labels.app === 'istiod')
    .flatMap(({ spec }) => spec.template.spec.containers)
    .flatMap(({ args = [] }) => args)
    .map(arg => arg.slice(arg.indexOf('=') + 1))
    .find(domain => domain !== ''),
);

const askForDomain = defineQuestion(
  snapshot => {
    const read = injectorConfig(snapshot);
    const config = read.state === 'read' ? read.config : DEFAULTS;
    const namespace =
      config.configMap?.metadata.namespace ?? DEFAULT_ROOT_NAMESPACE;
    return istiodDomain(snapshot, namespace) ?? config.clusterDomain;
  },
  (a, b) => a === b,
);

/**
 * The DNS domain of the cluster, by which Services have their full names. Kubernetes does not tell it; istiod's
 * argument `--domain` does, and the injector's settings, where it is another than the usual one.
 *
 * Upstream: pilot/cmd/pilot-discovery/app/cmd.go, `--domain`.
 */
export function clusterDomain(snapshot: MeshSnapshot): string {
  return askForDomain(snapshot, '');
}

const parsed = new WeakMap<ConfigMap, InjectorConfig | { problem: string }>();

function configOf(
  snapshot: MeshSnapshot,
  configMap: ConfigMap,
): InjectorConfigRead {
  const known = parsed.get(configMap) ?? parseConfig(configMap);
  parsed.set(configMap, known);
  if (!('problem' in known)) {
    return { state: 'read', config: known };
  }
  const { namespace, name } = configMap.metadata;
  return {
    state: 'unknown',
    answer: {
      value: 'unknown',
      cause: 'malformed',
      reasons: [
        because(
          RULE,
          `The settings in ConfigMap ${namespace}/${name} cannot be read: ${known.problem}`,
          { snapshot, kind: 'ConfigMap', object: configMap, field: 'data' },
        ),
      ],
    },
  };
}

function parseConfig(
  configMap: ConfigMap,
): InjectorConfig | { problem: string } {
  try {
    const config = configSchema.parse(
      parse(configMap.data?.config ?? '') ?? {},
    );
    const { global, sidecarInjectorWebhook } = valuesSchema.parse(
      parse(configMap.data?.values ?? '') ?? {},
    );
    const { clusterDomain: domain, image, ...ports } = global.proxy;
    return {
      policy: config.policy,
      neverInject: config.neverInjectSelector ?? [],
      alwaysInject: config.alwaysInjectSelector ?? [],
      clusterDomain: domain ?? DEFAULT_CLUSTER_DOMAIN,
      enableNamespacesByDefault:
        sidecarInjectorWebhook.enableNamespacesByDefault,
      ...(image && { proxyImage: imageOf(image, global) }),
      ...(global.network && { network: global.network }),
      ...ports,
      configMap,
    };
  } catch (error) {
    return {
      problem:
        error instanceof z.ZodError
          ? `${error.issues[0].path.join('.')}: ${error.issues[0].message}`
          : String(error).split('\n')[0],
    };
  }
}

/** As the template of the sidecar has it: an image with a path is taken whole. */
function imageOf(
  image: string,
  { hub = '', tag = '' }: { hub?: string; tag?: string },
): string {
  return image.includes('/') ? image : `${hub}/${image}:${tag}`;
}
