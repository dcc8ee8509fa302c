import {
  Config,
  ConfigReader,
  readDurationFromConfig,
} from '@backstage/config';
import { InputError, stringifyError } from '@backstage/errors';
import { durationToMilliseconds, JsonValue } from '@backstage/types';
import {
  AnyCheck,
  fieldPath,
  OPTIONAL_CODES,
  optionalChecks,
  parseSuppression,
  Suppression,
} from 'backstage-plugin-mesh-common';
import { z } from 'zod';
import {
  ClustersConfig,
  clustersConfigSchema,
} from './clusters/clustersConfig';
import { EntityScope, entityScopeSchema } from './catalog/entityScope';
import { MirrorOptions } from './clusters/Mirror';

/** How the objects of the clusters are read; all times in milliseconds. */
export interface MirrorConfig {
  watchTimeoutMs: number;
  probeIntervalMs: number;
  clusterListIntervalMs: number;
  recheckIntervalMs: number;
}

/** A metrics store; all times in milliseconds. */
export interface PrometheusConfig {
  name: string;
  url: string;
  clusters?: readonly string[];
  clusterLabel?: string;
  headers: Readonly<Record<string, string>>;
  scrapeIntervalMs: number;
  timeoutMs: number;
}

/** A trace store; all times in milliseconds. */
export interface TraceStoreConfig {
  name: string;
  type: 'jaeger';
  url: string;
  /** Where people reach its pages. */
  publicUrl?: string;
  clusters?: readonly string[];
  /** The attribute of spans that names the cluster; absent: the spans are of one cluster. */
  clusterLabel?: string;
  headers: Readonly<Record<string, string>>;
  timeoutMs: number;
}

export interface MeshConfig {
  clusters: ClustersConfig;
  mirror: MirrorConfig;
  catalogIntervalMs: number;
  /** How often the metrics stores are asked for what the checklist says of traffic, in milliseconds. */
  checklistTrafficIntervalMs: number;
  prometheus: readonly PrometheusConfig[];
  traces: readonly TraceStoreConfig[];
  entityScope: EntityScope;
  analysis: AnalysisConfig;
}

/** Which findings of the clusters are reported. */
export interface AnalysisConfig {
  suppressions: readonly Suppression[];
  /** Checks that run besides those that always do. */
  optionalChecks: readonly AnyCheck[];
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** The longest watch: proxies on the way keep the upstream side of an aborted one open until it ends. */
const MAX_WATCH_TIMEOUT = 5 * MINUTE;

const LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

function duration(defaultMs: number, limits: { min: number; max?: number }) {
  return z
    .union([z.string(), z.record(z.string(), z.number())], {
      error: 'expected a duration such as "30s" or { seconds: 30 }',
    })
    .transform((value, context) => {
      const ms = millisecondsOf(value, context);
      const { min, max = Number.POSITIVE_INFINITY } = limits;
      if (ms < min || ms > max) {
        context.addIssue({
          code: 'custom',
          message: `expected ${
            max === Number.POSITIVE_INFINITY
              ? `at least ${min / SECOND} s`
              : `between ${min / SECOND} and ${max / SECOND} s`
          }, got ${ms / SECOND} s`,
        });
      }
      return ms;
    })
    .default(defaultMs);
}

function millisecondsOf(value: JsonValue, context: z.RefinementCtx): number {
  try {
    return durationToMilliseconds(
      readDurationFromConfig(new ConfigReader({ value }), { key: 'value' }),
    );
  } catch (error) {
    context.addIssue({
      code: 'custom',
      message: `expected a duration such as "30s" or { seconds: 30 } (${stringifyError(
        error,
      )})`,
    });
    return z.NEVER;
  }
}

const urlSchema = z
  .url({
    protocol: /^https?$/,
    error: issue =>
      typeof issue.input === 'string'
        ? 'expected an http or https URL'
        : undefined,
  })
  .transform(url => url.replace(/\/+$/, ''));

const prometheusSchema = z
  .strictObject({
    name: z.string().min(1),
    url: urlSchema,
    clusters: z.array(z.string().min(1)).min(1).optional(),
    clusterLabel: z
      .string()
      .regex(LABEL_NAME, 'expected the name of a Prometheus label')
      .optional(),
    headers: z.record(z.string(), z.string()).default({}),
    scrapeInterval: duration(15 * SECOND, { min: SECOND }),
    timeout: duration(10 * SECOND, { min: 100 }),
  })
  .transform(({ scrapeInterval, timeout, ...rest }) => ({
    ...rest,
    scrapeIntervalMs: scrapeInterval,
    timeoutMs: timeout,
  }));

const traceStoreSchema = z
  .strictObject({
    name: z.string().min(1),
    type: z.literal('jaeger', { error: 'expected jaeger' }),
    url: urlSchema,
    publicUrl: urlSchema.optional(),
    clusters: z.array(z.string().min(1)).min(1).optional(),
    clusterLabel: z.string().min(1).optional(),
    headers: z.record(z.string(), z.string()).default({}),
    timeout: duration(10 * SECOND, { min: 100 }),
  })
  .refine(
    ({ clusters = [], clusterLabel }) => clusters.length < 2 || clusterLabel,
    {
      path: ['clusterLabel'],
      error:
        'expected the attribute that names the cluster: namespaces of the same name on several clusters cannot be told apart without it',
    },
  )
  .transform(({ timeout, ...rest }) => ({ ...rest, timeoutMs: timeout }));

const suppressionSchema = z.string().transform((text, context) => {
  const suppression = parseSuppression(text);
  if (!suppression) {
    context.addIssue({
      code: 'custom',
      message: `expected CODE=Kind name.namespace, such as "IST0102=Namespace default", got "${text}"`,
    });
    return z.NEVER;
  }
  return suppression;
});

const analysisSchema = z
  .strictObject({
    suppress: z.array(suppressionSchema).default([]),
    optionalChecks: z
      .array(
        z
          .string()
          .refine(code => code === 'all' || optionalChecks([code]).length > 0, {
            error: `expected all, ${OPTIONAL_CODES.join(', ')}`,
          }),
      )
      .default([]),
  })
  .transform(({ suppress, optionalChecks: codes }) => ({
    suppressions: suppress,
    optionalChecks: optionalChecks(codes),
  }));

// Other packages of the suite may have keys of their own below `mesh`.
const meshSchema = z.looseObject({
  clusters: clustersConfigSchema,
  mirror: z
    .strictObject({
      watchTimeout: duration(MAX_WATCH_TIMEOUT, {
        min: SECOND,
        max: MAX_WATCH_TIMEOUT,
      }),
      probeInterval: duration(30 * SECOND, { min: SECOND }),
      clusterListInterval: duration(MINUTE, { min: SECOND }),
      recheckInterval: duration(MINUTE, { min: SECOND }),
    })
    .prefault({}),
  catalogInterval: duration(MINUTE, { min: SECOND }),
  checklist: z
    .strictObject({ trafficInterval: duration(MINUTE, { min: SECOND }) })
    .prefault({}),
  prometheus: z.array(prometheusSchema).default([]),
  traces: z.array(traceStoreSchema).default([]),
  entityScope: entityScopeSchema,
  analysis: analysisSchema.prefault({}),
});

/** Reads `mesh` of app-config. Throws an error that names the key and what is wrong with its value. */
export function readMeshConfig(config: Config): MeshConfig {
  const result = meshSchema.safeParse(config.getOptional('mesh') ?? {});
  if (!result.success) {
    throw new InputError(
      `Invalid configuration: ${result.error.issues
        .map(describeIssue)
        .join('; ')}`,
    );
  }
  const { clusters, mirror, catalogInterval, checklist, prometheus, traces } =
    result.data;
  refuseAmbiguousStores('prometheus', prometheus);
  refuseAmbiguousStores('traces', traces);
  return {
    clusters,
    mirror: {
      watchTimeoutMs: mirror.watchTimeout,
      probeIntervalMs: mirror.probeInterval,
      clusterListIntervalMs: mirror.clusterListInterval,
      recheckIntervalMs: mirror.recheckInterval,
    },
    catalogIntervalMs: catalogInterval,
    checklistTrafficIntervalMs: checklist.trafficInterval,
    prometheus,
    traces,
    entityScope: result.data.entityScope,
    analysis: result.data.analysis,
  };
}

/** How the mirror paces itself. */
export function mirrorTiming(config: MirrorConfig): MirrorOptions['timing'] {
  return {
    ...config,
    backoffInitialMs: SECOND,
    backoffMaxMs: MINUTE,
    batchMs: 200,
    startJitterMs: SECOND,
  };
}

function describeIssue(issue: z.core.$ZodIssue): string {
  return `${fieldPath(['mesh', ...issue.path])}: ${issue.message.replace(
    /^Invalid input: /,
    '',
  )}`;
}

/** Two stores for one cluster would give two answers. */
function refuseAmbiguousStores(
  key: 'prometheus' | 'traces',
  stores: readonly { name: string; clusters?: readonly string[] }[],
): void {
  const owners = new Map<string, number>();
  const names = new Set<string>();
  stores.forEach(({ name, clusters = ['any other cluster'] }, index) => {
    if (names.has(name)) {
      throw new InputError(
        `Invalid configuration: mesh.${key}[${index}].name: ${name} is the name of another store`,
      );
    }
    names.add(name);
    for (const cluster of clusters) {
      const owner = owners.get(cluster);
      if (owner !== undefined) {
        throw new InputError(
          `Invalid configuration: mesh.${key}[${index}].clusters: ${cluster} is in mesh.${key}[${owner}] already`,
        );
      }
      owners.set(cluster, index);
    }
  });
}
