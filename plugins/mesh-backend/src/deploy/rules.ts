import { CLUSTER_KIND_IDS, KindId, KINDS } from 'backstage-plugin-mesh-common';

/** One rule of a ClusterRole. */
export interface PolicyRule {
  apiGroups: string[];
  resources: string[];
  verbs: string[];
}

const VERBS = ['get', 'list', 'watch'];

/** What the portal's account must be allowed, to read one kind. */
export function ruleFor(kindId: KindId): PolicyRule {
  const { group, plural } = KINDS[kindId];
  return { apiGroups: [group], resources: [plural], verbs: [...VERBS] };
}

/** That rule as one line, as messages show it. */
export function ruleTextFor(kindId: KindId): string {
  return JSON.stringify(ruleFor(kindId));
}

/** The rules for the whole table of kinds, one a group. */
export function rules(): PolicyRule[] {
  const byGroup = new Map<string, string[]>();
  for (const kindId of CLUSTER_KIND_IDS) {
    const { group, plural } = KINDS[kindId];
    byGroup.set(group, [...(byGroup.get(group) ?? []), plural]);
  }
  return [...byGroup].map(([group, resources]) => ({
    apiGroups: [group],
    resources: [...resources].sort(),
    verbs: [...VERBS],
  }));
}
