import { ServerResponse } from 'node:http';
import { KindId, KINDS } from 'backstage-plugin-mesh-common';
import {
  bookmark,
  eventLine,
  idOf,
  keyOf,
  RawObject,
  selects,
  sendJson,
  sendStatus,
} from './fakeApi';

interface LoggedEvent {
  version: number;
  type: string;
  kindId: KindId;
  object: RawObject;
}

interface OpenWatch {
  kindId: KindId;
  query: URLSearchParams;
  response: ServerResponse;
}

/** The objects of a fake API server, with their versions and who watches them. */
export class FakeObjects {
  readonly #objects = new Map<KindId, Map<string, RawObject>>();
  readonly #events: LoggedEvent[] = [];
  readonly #watches = new Set<OpenWatch>();
  #version = 100;
  #oldest = 0;

  put(object: RawObject): void {
    const kindId = idOf(object);
    const objects = this.#objectsOf(kindId);
    const key = keyOf(object.metadata.namespace, object.metadata.name);
    const type = objects.has(key) ? 'MODIFIED' : 'ADDED';
    const stored = this.#stamped(object);
    objects.set(key, stored);
    this.#log(type, kindId, stored);
  }

  delete(kindId: KindId, namespace: string | undefined, name: string): void {
    const objects = this.#objectsOf(kindId);
    const known = objects.get(keyOf(namespace, name));
    if (!known) {
      throw new Error(`There is no ${kindId} ${namespace}/${name}`);
    }
    objects.delete(keyOf(namespace, name));
    this.#log('DELETED', kindId, this.#stamped(known));
  }

  /** Forgets what has been: who watches or pages from before now is told 410. */
  forgetHistory(): void {
    this.#oldest = ++this.#version;
  }

  /** Sends a line to the watches of a kind, event or not. */
  send(kindId: KindId, line: string): void {
    for (const watch of this.#watches) {
      if (watch.kindId === kindId) {
        watch.response.write(`${line}\n`);
      }
    }
  }

  /** Ends watches in order. */
  endWatches(kindId?: KindId): void {
    for (const watch of [...this.#watches]) {
      if (!kindId || watch.kindId === kindId) {
        watch.response.end();
      }
    }
  }

  deleteAll(kindId: KindId): void {
    for (const { metadata } of [...this.#objectsOf(kindId).values()]) {
      this.delete(kindId, metadata.namespace, metadata.name);
    }
  }

  answerList(
    kindId: KindId,
    query: URLSearchParams,
    response: ServerResponse,
  ): void {
    const limit = Number(query.get('limit') ?? Number.MAX_SAFE_INTEGER);
    const [version, start] = query.get('continue')?.split('.').map(Number) ?? [
      this.#version,
      0,
    ];
    if (version < this.#oldest) {
      sendStatus(response, 410, 'The continue token is too old');
      return;
    }
    const all = [...this.#objectsOf(kindId).values()].filter(object =>
      selects(query, object),
    );
    const end = start + limit;
    sendJson(response, {
      kind: `${KINDS[kindId].kind}List`,
      metadata: {
        resourceVersion: String(version),
        ...(end < all.length && { continue: `${version}.${end}` }),
      },
      items: all
        .slice(start, end)
        .map(({ apiVersion: _, kind: __, ...item }) => item),
    });
  }

  answerWatch(
    kindId: KindId,
    query: URLSearchParams,
    response: ServerResponse,
  ): void {
    const initial = query.get('sendInitialEvents') === 'true';
    response.writeHead(200, { 'content-type': 'application/json' });
    response.flushHeaders();
    const from = Number(query.get('resourceVersion'));
    if (!initial && from < this.#oldest) {
      const status = { kind: 'Status', code: 410, reason: 'Expired' };
      response.end(`${JSON.stringify({ type: 'ERROR', object: status })}\n`);
      return;
    }
    if (initial) {
      for (const object of this.#objectsOf(kindId).values()) {
        if (selects(query, object)) {
          response.write(eventLine('ADDED', object));
        }
      }
      response.write(bookmark(kindId, this.#version, true));
    } else {
      for (const { version, type, object, ...event } of this.#events) {
        if (
          event.kindId === kindId &&
          version > from &&
          selects(query, object)
        ) {
          response.write(eventLine(type, object));
        }
      }
    }
    const watch = { kindId, query, response };
    this.#watches.add(watch);
    const seconds = Number(query.get('timeoutSeconds'));
    const timer = setTimeout(() => response.end(), seconds * 1000);
    response.on('close', () => {
      clearTimeout(timer);
      this.#watches.delete(watch);
    });
  }

  #objectsOf(kindId: KindId): Map<string, RawObject> {
    const objects = this.#objects.get(kindId) ?? new Map<string, RawObject>();
    this.#objects.set(kindId, objects);
    return objects;
  }

  #stamped(object: RawObject): RawObject {
    this.#version += 1;
    return {
      ...object,
      metadata: { ...object.metadata, resourceVersion: String(this.#version) },
    };
  }

  #log(type: string, kindId: KindId, object: RawObject): void {
    const event = { version: this.#version, type, kindId, object };
    this.#events.push(event);
    for (const watch of this.#watches) {
      if (watch.kindId === kindId && selects(watch.query, object)) {
        watch.response.write(eventLine(type, object));
      }
    }
  }
}
