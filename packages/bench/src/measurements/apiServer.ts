import { createServer, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  CLUSTER_KIND_IDS,
  KindId,
  kindIdOf,
  KINDS,
} from 'backstage-plugin-mesh-common';

interface RawObject {
  apiVersion: string;
  kind: string;
  metadata: { name: string; resourceVersion?: string };
  [field: string]: unknown;
}

/** How many objects change in a second; every 25th is a policy. */
const CHANGES_PER_SECOND = 50;
const ONE_POLICY_IN = 25;

/** What becomes of a policy, by its kind: every other time it is the one thing, and then the other. */
const POLICY_CHANGES: Partial<Record<KindId, (isEven: boolean) => object>> = {
  'security.istio.io/PeerAuthentication': isEven => ({
    mtls: { mode: isEven ? 'STRICT' : 'PERMISSIVE' },
  }),
  'policy.linkerd.io/Server': isEven => ({
    accessPolicy: isEven ? 'audit' : 'deny',
  }),
};

/** As much of the Kubernetes API as the mirror asks for, over the files of a fleet, whose objects change all the time. */
export function serveFleet(folder: string): void {
  const objects = readObjects(folder);
  const watches = new Map<KindId, Set<ServerResponse>>();
  let version = 1_000_000;
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const [, root, ...rest] = url.pathname.split('/');
    const [group, served, plural] = root === 'api' ? ['', ...rest] : rest;
    const kindId = CLUSTER_KIND_IDS.find(
      id => KINDS[id].group === group && KINDS[id].plural === plural,
    );
    if (url.pathname === '/version') {
      sendJson(response, { gitVersion: 'v1.34.1' });
    } else if (!plural) {
      sendJson(response, served ? resourcesOf(group) : groupsOf(root));
    } else if (!kindId) {
      response.writeHead(404).end();
    } else if (url.searchParams.get('sendInitialEvents')) {
      response.writeHead(422).end('{}');
    } else if (url.searchParams.get('watch')) {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.flushHeaders();
      const open = watches.get(kindId) ?? new Set();
      watches.set(kindId, open.add(response));
      response.on('close', () => open.delete(response));
    } else {
      const all = objects.get(kindId) ?? [];
      const start = Number(url.searchParams.get('continue') ?? 0);
      const end = start + Number(url.searchParams.get('limit') ?? all.length);
      sendJson(response, {
        kind: `${KINDS[kindId].kind}List`,
        metadata: {
          resourceVersion: String(version),
          ...(end < all.length && { continue: String(end) }),
        },
        items: all.slice(start, end),
      });
    }
  });
  const policyKind = CLUSTER_KIND_IDS.find(
    id => POLICY_CHANGES[id] && objects.has(id),
  );
  if (!policyKind) {
    throw new TypeError(`The fleet in ${folder} has no policies to change`);
  }
  let count = 0;
  setInterval(() => {
    count += 1;
    const kindId = count % ONE_POLICY_IN === 0 ? policyKind : 'Pod';
    version += 1;
    const line = `${JSON.stringify({
      type: 'MODIFIED',
      object: changed(kindId, objects.get(kindId) ?? [], count, version),
    })}\n`;
    watches.get(kindId)?.forEach(response => response.write(line));
  }, 1_000 / CHANGES_PER_SECOND);
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    process.stdout.write(`http://127.0.0.1:${port}\n`);
  });
}

function readObjects(folder: string): Map<KindId, RawObject[]> {
  const objects = new Map<KindId, RawObject[]>();
  for (const name of readdirSync(folder).sort()) {
    const list: { items: RawObject[] } = JSON.parse(
      readFileSync(path.join(folder, name), 'utf8'),
    );
    for (const object of list.items) {
      const { apiVersion, kind } = object;
      const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
      const kindId = kindIdOf(group, kind);
      if (kindId) {
        const known = objects.get(kindId) ?? [];
        objects.set(kindId, known);
        known.push(object);
      }
    }
  }
  return objects;
}

/** The next object of a list, of which something else is true now. */
function changed(
  kindId: KindId,
  objects: readonly RawObject[],
  count: number,
  version: number,
): RawObject {
  const object = objects[(count * 7_919) % objects.length];
  object.metadata.resourceVersion = String(version);
  if (kindId === 'Pod') {
    const { status } = structuredClone(object);
    const { conditions = [] } = Object(status);
    for (const condition of conditions) {
      if (condition.type === 'Ready') {
        condition.status = count % 2 === 0 ? 'True' : 'False';
      }
    }
    object.status = status;
  } else {
    object.spec = {
      ...Object(object.spec),
      ...POLICY_CHANGES[kindId]?.(count % 2 === 0),
    };
  }
  return object;
}

function resourcesOf(group: string): object {
  return {
    kind: 'APIResourceList',
    resources: CLUSTER_KIND_IDS.map(id => KINDS[id])
      .filter(kind => kind.group === group)
      .map(({ plural }) => ({ name: plural })),
  };
}

function groupsOf(root: string): object {
  if (root === 'api') {
    return { kind: 'APIVersions', versions: ['v1'] };
  }
  const groups = new Set(CLUSTER_KIND_IDS.map(id => KINDS[id].group));
  groups.delete('');
  return {
    kind: 'APIGroupList',
    groups: [...groups].map(name => ({
      name,
      versions: [
        ...new Set(
          CLUSTER_KIND_IDS.filter(id => KINDS[id].group === name).flatMap(id =>
            [...KINDS[id].versions].slice(0, 1),
          ),
        ),
      ].map(version => ({ version })),
    })),
  };
}

function sendJson(response: ServerResponse, body: object): void {
  response
    .writeHead(200, { 'content-type': 'application/json' })
    .end(JSON.stringify(body));
}
