import {
  CLUSTER_KIND_IDS,
  KindDefinition,
  KindId,
  KINDS,
  neededKinds,
} from 'backstage-plugin-mesh-common';
import { z } from 'zod';
import { ApiError, jsonOrUndefined, refusalOf } from './apiErrors';
import { ApiPath } from './ApiPath';
import { ClusterTransport } from './ClusterTransport';
import { bodyText } from './lines';

/** The kinds of the table that a cluster serves and that are of use there, with the version to read them in. */
export type ServedKinds = ReadonlyMap<KindId, string>;

interface Source {
  transport: ClusterTransport;
  cluster: string;
  signal: AbortSignal;
}

const IDLE_TIMEOUT_MS = 20_000;

/** Aggregated discovery: everything in one answer. Servers before 1.27 do not know it and answer as ever. */
const AGGREGATED = [
  'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList',
  'application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList',
  'application/json',
].join(',');

const aggregatedSchema = z.object({
  kind: z.literal('APIGroupDiscoveryList'),
  items: z.array(
    z.object({
      metadata: z
        .object({ name: z.string().default('') })
        .default({ name: '' }),
      versions: z
        .array(
          z.object({
            version: z.string(),
            resources: z.array(z.object({ resource: z.string() })).default([]),
          }),
        )
        .default([]),
    }),
  ),
});

const coreVersionsSchema = z.object({
  kind: z.literal('APIVersions'),
  versions: z.array(z.string()),
});

const groupListSchema = z.object({
  kind: z.literal('APIGroupList'),
  groups: z.array(
    z.object({
      name: z.string(),
      versions: z.array(z.object({ version: z.string() })),
    }),
  ),
});

const resourceListSchema = z.object({
  resources: z.array(z.object({ name: z.string() })),
});

/** Plurals by `group/version`. */
type Resources = Map<string, Set<string>>;

/** Asks the cluster which kinds of the table it serves, and chooses the version that rules prefer. */
export async function discoverKinds(source: Source): Promise<ServedKinds> {
  const resources: Resources = new Map();
  await Promise.all(
    (['api', 'apis'] as const).map(root => readRoot(source, root, resources)),
  );
  const served = new Map<KindId, string>();
  for (const kindId of CLUSTER_KIND_IDS) {
    const { group, versions, plural }: KindDefinition = KINDS[kindId];
    const version = versions.find(candidate =>
      resources.get(`${group}/${candidate}`)?.has(plural),
    );
    if (version) {
      served.set(kindId, version);
    }
  }
  return neededKinds(served);
}

async function readRoot(
  source: Source,
  root: 'api' | 'apis',
  resources: Resources,
): Promise<void> {
  const body = await getJson(source, ApiPath.discovery(root), AGGREGATED);
  const aggregated = aggregatedSchema.safeParse(body);
  if (aggregated.success) {
    for (const { metadata, versions } of aggregated.data.items) {
      for (const { version, resources: list } of versions) {
        resources.set(
          `${metadata.name}/${version}`,
          new Set(list.map(({ resource }) => resource)),
        );
      }
    }
    return;
  }
  const groupVersions = groupVersionsOf(root, body);
  // One kind of each group and version stands for the path of that version's resources.
  const wanted = new Map<string, [KindId, string]>();
  for (const kindId of CLUSTER_KIND_IDS) {
    const { group, versions }: KindDefinition = KINDS[kindId];
    for (const version of versions) {
      if (groupVersions.has(`${group}/${version}`)) {
        wanted.set(`${group}/${version}`, [kindId, version]);
      }
    }
  }
  await Promise.all(
    [...wanted].map(async ([groupVersion, [kindId, version]]) => {
      const list = resourceListSchema.safeParse(
        await getJson(source, ApiPath.resources(kindId, version)),
      );
      if (!list.success) {
        throw unreadable(ApiPath.resources(kindId, version));
      }
      resources.set(
        groupVersion,
        new Set(list.data.resources.map(({ name }) => name)),
      );
    }),
  );
}

function groupVersionsOf(root: 'api' | 'apis', body: unknown): Set<string> {
  if (root === 'api') {
    const core = coreVersionsSchema.safeParse(body);
    if (core.success) {
      return new Set(core.data.versions.map(version => `/${version}`));
    }
  } else {
    const list = groupListSchema.safeParse(body);
    if (list.success) {
      return new Set(
        list.data.groups.flatMap(({ name, versions }) =>
          versions.map(({ version }) => `${name}/${version}`),
        ),
      );
    }
  }
  throw unreadable(ApiPath.discovery(root));
}

function unreadable(path: ApiPath): ApiError {
  return new ApiError(
    'failed',
    `the answer to ${path} is none that a Kubernetes API gives`,
  );
}

const versionSchema = z.object({ gitVersion: z.string() });

/** The version of the cluster; that it is given at all shows that the cluster answers. */
export async function clusterVersion(source: Source): Promise<string> {
  const version = versionSchema.safeParse(
    await getJson(source, ApiPath.version()),
  );
  if (!version.success) {
    throw unreadable(ApiPath.version());
  }
  return version.data.gitVersion;
}

async function getJson(
  { transport, cluster, signal }: Source,
  path: ApiPath,
  accept?: string,
): Promise<unknown> {
  const response = await transport.get({
    cluster,
    path,
    accept,
    idleTimeoutMs: IDLE_TIMEOUT_MS,
    signal,
  });
  if (response.status !== 200) {
    throw await refusalOf(response);
  }
  return jsonOrUndefined(await bodyText(response.body));
}
