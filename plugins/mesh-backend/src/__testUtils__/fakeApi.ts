import { ServerResponse } from 'node:http';
import {
  KindId,
  kindIdOf,
  KINDS,
  matchesSelector,
  parseSelector,
} from 'backstage-plugin-mesh-common';

/** An object as tests write it. */
export interface RawObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    labels?: Record<string, string>;
    [field: string]: unknown;
  };
  [field: string]: unknown;
}

/** The kinds that are served, with their versions. */
export type Served = ReadonlyMap<KindId, readonly string[]>;

function groupsOf(served: Served, root: string) {
  const groups = new Map<string, Map<string, string[]>>();
  for (const [kindId, versions] of served) {
    const { group, plural } = KINDS[kindId];
    if ((group === '') === (root === 'api')) {
      const known = groups.get(group) ?? new Map<string, string[]>();
      groups.set(group, known);
      for (const version of versions) {
        known.set(version, [...(known.get(version) ?? []), plural]);
      }
    }
  }
  return groups;
}

export function aggregatedDiscovery(served: Served, root: string): object {
  return {
    kind: 'APIGroupDiscoveryList',
    items: [...groupsOf(served, root)].map(([name, versions]) => ({
      metadata: name ? { name } : {},
      versions: [...versions].map(([version, plurals]) => ({
        version,
        resources: plurals.map(resource => ({ resource })),
      })),
    })),
  };
}

export function plainDiscovery(served: Served, root: string): object {
  return root === 'api'
    ? { kind: 'APIVersions', versions: ['v1'] }
    : {
        kind: 'APIGroupList',
        groups: [...groupsOf(served, root)].map(([name, versions]) => ({
          name,
          versions: [...versions.keys()].map(version => ({ version })),
        })),
      };
}

export function resourceList(
  served: Served,
  group: string,
  version: string,
): object {
  return {
    kind: 'APIResourceList',
    resources: [...served]
      .filter(
        ([id, versions]) =>
          KINDS[id].group === group && versions.includes(version),
      )
      .map(([id]) => ({ name: KINDS[id].plural })),
  };
}

/** The line of a bookmark, as the server sends it. */
export function bookmark(
  kindId: KindId,
  version: number,
  initialEventsEnd = false,
): string {
  return eventLine('BOOKMARK', {
    apiVersion: 'v1',
    kind: KINDS[kindId].kind,
    metadata: {
      name: '',
      resourceVersion: String(version),
      ...(initialEventsEnd && {
        annotations: { 'k8s.io/initial-events-end': 'true' },
      }),
    },
  });
}

export function eventLine(type: string, object: RawObject): string {
  return `${JSON.stringify({ type, object })}\n`;
}

/** Whether an object is among those that a list or watch asks for. */
export function selects(
  query: URLSearchParams,
  { metadata }: RawObject,
): boolean {
  const { name, namespace } = metadata;
  const fields = new Map([
    ['metadata.name', name],
    ['metadata.namespace', namespace],
  ]);
  return (
    matchesSelector(
      metadata.labels ?? {},
      parseSelector(query.get('labelSelector') ?? ''),
    ) &&
    (query.get('fieldSelector') ?? '')
      .split(',')
      .filter(term => term !== '')
      .every(term => {
        const [field, value] = term.split('=');
        return fields.get(field) === value;
      })
  );
}

export function idOf({ apiVersion, kind }: RawObject): KindId {
  const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
  const kindId = kindIdOf(group, kind);
  if (!kindId) {
    throw new Error(`${apiVersion} ${kind} is not in the table of kinds`);
  }
  return kindId;
}

export function keyOf(namespace: string | undefined, name: string): string {
  return `${namespace ?? ''}/${name}`;
}

export function sendJson(response: ServerResponse, body: unknown): void {
  response
    .writeHead(200, { 'content-type': 'application/json' })
    .end(JSON.stringify(body));
}

export function sendStatus(
  response: ServerResponse,
  code: number,
  message: string,
): void {
  response
    .writeHead(code, { 'content-type': 'application/json' })
    .end(JSON.stringify({ kind: 'Status', status: 'Failure', message, code }));
}
