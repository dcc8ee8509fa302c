import {
  CLUSTER_KIND_IDS,
  KindDefinition,
  KindId,
  KINDS,
  neededKinds,
} from 'backstage-plugin-mesh-common';
import { z } from 'zod';
import { UsageError } from '../usageError';
import { ClusterApi } from './ClusterApi';

const versionSchema = z.object({ gitVersion: z.string() });

const resourceListSchema = z.object({
  kind: z.literal('APIResourceList'),
  resources: z.array(z.object({ name: z.string() })),
});

/** The kinds of the table that the cluster serves and that are of use there, each with the path of its list in the version that rules prefer. */
export async function servedKinds(
  api: ClusterApi,
  context: string,
): Promise<ReadonlyMap<KindId, string>> {
  const version = await api.get('/version');
  if (!versionSchema.safeParse(version.body).success) {
    throw new UsageError(
      `what answers for context ${context} is no API of Kubernetes: ${version.message}`,
    );
  }
  const groups = new Map<string, Promise<ReadonlySet<string>>>();
  const resourcesAt = (path: string) => {
    const known = groups.get(path) ?? resourcesOf(api, path, context);
    groups.set(path, known);
    return known;
  };
  const served = new Map<KindId, string>();
  for (const kindId of CLUSTER_KIND_IDS) {
    const { versions, group, plural }: KindDefinition = KINDS[kindId];
    for (const candidate of versions) {
      const path = group ? `/apis/${group}/${candidate}` : `/api/${candidate}`;
      if ((await resourcesAt(path)).has(plural)) {
        served.set(kindId, `${path}/${plural}`);
        break;
      }
    }
  }
  return neededKinds(served);
}

async function resourcesOf(
  api: ClusterApi,
  path: string,
  context: string,
): Promise<ReadonlySet<string>> {
  const { status, body, message } = await api.get(path);
  if (status === 404) {
    return new Set();
  }
  const list = resourceListSchema.safeParse(body);
  if (status !== 200 || !list.success) {
    throw new UsageError(
      `what the cluster of context ${context} serves cannot be read: ${path}: ${message}`,
    );
  }
  return new Set(list.data.resources.map(({ name }) => name));
}
