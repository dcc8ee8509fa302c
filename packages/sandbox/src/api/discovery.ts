import { createHash } from 'node:crypto';
import { compareVersions, groupVersionOf } from '../store/groupVersion';
import { kubernetesVersion } from '../store/schema/registry';
import type { ObjectStore, ResourceType } from '../store/types';
import type { DocumentAnswer } from './answer';
import type { MediaType } from './negotiation';
import { reviewKinds } from './reviews';

const OBJECT_VERBS = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'update',
  'watch',
];
const SUBRESOURCE_VERBS = ['get', 'patch', 'update'];

/** One resource or subresource as discovery describes it. */
interface Described {
  /** With the subresource: `pods/status`. */
  name: string;
  singular: string;
  namespaced: boolean;
  group: string;
  version: string;
  kind: string;
  verbs: readonly string[];
  shortNames: readonly string[];
  categories: readonly string[];
}

export function versionDocument() {
  const [major, minor] = kubernetesVersion.slice(1).split('.');
  return {
    major,
    minor,
    gitVersion: `${kubernetesVersion}+sandbox`,
    gitCommit: '',
    gitTreeState: 'clean',
    buildDate: '1970-01-01T00:00:00Z',
    goVersion: '',
    compiler: 'node',
    platform: `${process.platform}/${process.arch}`,
  };
}

/** The groups that a cluster serves, with their versions, the preferred first. */
export function servedGroups(store: ObjectStore): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  const add = (group: string, version: string) => {
    const versions = groups.get(group) ?? [];
    if (!versions.includes(version)) {
      groups.set(group, [...versions, version].sort(compareVersions));
    }
  };
  store
    .resources()
    .forEach(({ group, versions }) => versions.forEach(v => add(group, v)));
  reviewKinds.forEach(({ group, version }) => add(group, version));
  return groups;
}

export function coreVersionsDocument(address: string) {
  return {
    kind: 'APIVersions',
    versions: ['v1'],
    serverAddressByClientCIDRs: [
      { clientCIDR: '0.0.0.0/0', serverAddress: address },
    ],
  };
}

export function groupListDocument(store: ObjectStore) {
  return {
    kind: 'APIGroupList',
    apiVersion: 'v1',
    groups: [...servedGroups(store)]
      .filter(([group]) => group !== '')
      .map(([group, versions]) => groupOf(group, versions)),
  };
}

export function groupDocument(store: ObjectStore, group: string) {
  const versions = servedGroups(store).get(group);
  return versions && group !== ''
    ? { kind: 'APIGroup', apiVersion: 'v1', ...groupOf(group, versions) }
    : undefined;
}

function groupOf(group: string, versions: readonly string[]) {
  const described = versions.map(version => ({
    groupVersion: groupVersionOf(group, version),
    version,
  }));
  return {
    name: group,
    versions: described,
    preferredVersion: described[0],
  };
}

export function resourceListDocument(
  store: ObjectStore,
  group: string,
  version: string,
) {
  const resources = describedResources(store, group, version);
  if (resources.length === 0) {
    return undefined;
  }
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: groupVersionOf(group, version),
    resources: resources.map(resource => ({
      name: resource.name,
      singularName: resource.singular,
      namespaced: resource.namespaced,
      ...(resource.group !== group && {
        group: resource.group,
        version: resource.version,
      }),
      kind: resource.kind,
      verbs: resource.verbs,
      ...(resource.shortNames.length > 0 && {
        shortNames: resource.shortNames,
      }),
      ...(resource.categories.length > 0 && {
        categories: resource.categories,
      }),
    })),
  };
}

export const AGGREGATED = 'APIGroupDiscoveryList';

/** Whether a media type asks for all groups with their resources in one document. */
export function isAggregated({ as, group, version }: MediaType): boolean {
  return (
    as === AGGREGATED && group === 'apidiscovery.k8s.io' && version === 'v2'
  );
}

export function aggregatedAnswer(
  store: ObjectStore,
  core: boolean,
): DocumentAnswer {
  const body = {
    kind: AGGREGATED,
    apiVersion: 'apidiscovery.k8s.io/v2',
    metadata: {},
    items: [...servedGroups(store)]
      .filter(([group]) => (group === '') === core)
      .map(([group, versions]) => ({
        metadata: { ...(group && { name: group }) },
        versions: versions.map(version => ({
          version,
          resources: aggregatedResources(store, group, version),
          freshness: 'Current',
        })),
      })),
  };
  const hash = createHash('sha256').update(JSON.stringify(body)).digest('hex');
  return {
    type: 'document',
    code: 200,
    body,
    contentType: `application/json;g=apidiscovery.k8s.io;v=v2;as=${AGGREGATED}`,
    headers: { etag: `"${hash.toUpperCase()}"`, vary: 'Accept' },
  };
}

function aggregatedResources(
  store: ObjectStore,
  group: string,
  version: string,
) {
  const all = describedResources(store, group, version);
  return all
    .filter(resource => !resource.name.includes('/'))
    .map(resource => {
      const prefix = `${resource.name}/`;
      const subresources = all.filter(({ name }) => name.startsWith(prefix));
      return {
        resource: resource.name,
        responseKind: responseKind(resource),
        scope: resource.namespaced ? 'Namespaced' : 'Cluster',
        singularResource: resource.singular,
        verbs: resource.verbs,
        ...(resource.shortNames.length > 0 && {
          shortNames: resource.shortNames,
        }),
        ...(resource.categories.length > 0 && {
          categories: resource.categories,
        }),
        ...(subresources.length > 0 && {
          subresources: subresources.map(sub => ({
            subresource: sub.name.slice(prefix.length),
            responseKind: responseKind(sub),
            verbs: sub.verbs,
          })),
        }),
      };
    });
}

function responseKind({ group, version, kind }: Described) {
  return { group, version, kind };
}

function describedResources(
  store: ObjectStore,
  group: string,
  version: string,
): Described[] {
  const stored = store
    .resources()
    .filter(
      resource =>
        resource.group === group && resource.versions.includes(version),
    )
    .flatMap(resource => describe(resource, version));
  const asked = reviewKinds
    .filter(kind => kind.group === group && kind.version === version)
    .map(({ kind, plural }) => ({
      name: plural,
      singular: kind.toLowerCase(),
      namespaced: false,
      group,
      version,
      kind,
      verbs: ['create'],
      shortNames: [],
      categories: [],
    }));
  return [...stored, ...asked].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function describe(resource: ResourceType, version: string): Described[] {
  const { group, kind, plural, namespaced } = resource;
  const described = {
    name: plural,
    singular: resource.singular,
    namespaced,
    group,
    version,
    kind,
    verbs: OBJECT_VERBS,
    shortNames: resource.shortNames,
    categories: resource.categories ?? [],
  };
  const subresource = {
    ...described,
    singular: '',
    verbs: SUBRESOURCE_VERBS,
    shortNames: [],
    categories: [],
  };
  return [
    described,
    ...(resource.scale
      ? [
          {
            ...subresource,
            name: `${plural}/scale`,
            group: 'autoscaling',
            version: 'v1',
            kind: 'Scale',
          },
        ]
      : []),
    ...(resource.statusSubresource
      ? [{ ...subresource, name: `${plural}/status` }]
      : []),
  ];
}
