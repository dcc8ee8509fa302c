import { LoggerService } from '@backstage/backend-plugin-api';
import {
  KindId,
  KINDS,
  parseObject,
  SnapshotChange,
} from 'backstage-plugin-mesh-common';
import { SharedParts } from './SharedParts';

export interface ReflectedObjectsOptions {
  cluster: string;
  kindId: KindId;
  version: string;
  logger: LoggerService;
  onChanges(changes: readonly SnapshotChange[]): void;
}

/** The objects that were seen in one pass through all of them, as `namespace/name`. */
export type Pass = Set<string>;

/** Which objects a reflector has seen; parses what comes and makes changes of it. */
export class ReflectedObjects {
  readonly #options: ReflectedObjectsOptions;
  readonly #parts = new SharedParts();
  readonly #keys = new Set<string>();

  constructor(options: ReflectedObjectsOptions) {
    this.#options = options;
  }

  /** Whether it is there, given as `namespace/name`. */
  has(key: string): boolean {
    return this.#keys.has(key);
  }

  put(items: readonly object[], pass: Pass | undefined): void {
    const changes: SnapshotChange[] = [];
    for (const item of items) {
      const change = this.#parse(item);
      if (change) {
        const { namespace, name } =
          change.type === 'put'
            ? change.parsed.object.metadata
            : change.malformed;
        const key = keyOf(namespace, name);
        this.#keys.add(key);
        pass?.add(key);
        changes.push(change);
      }
    }
    this.#options.onChanges(changes);
  }

  delete(
    namespace: string | undefined,
    name: string,
    pass: Pass | undefined,
  ): void {
    const key = keyOf(namespace, name);
    pass?.delete(key);
    this.#forget([key]);
  }

  /** What was known and has not been seen in a pass through all objects is gone. */
  keepOnly(pass: Pass): void {
    this.#forget([...this.#keys].filter(key => !pass.has(key)));
  }

  clear(): void {
    this.#forget([...this.#keys]);
  }

  #parse(item: object) {
    const { kindId, version, cluster, logger } = this.#options;
    const { group, kind } = KINDS[kindId];
    const apiVersion = group === '' ? version : `${group}/${version}`;
    // The items of a list do not repeat what they are.
    const result = parseObject({ ...item, apiVersion, kind });
    switch (result.status) {
      case 'parsed':
        return {
          type: 'put' as const,
          parsed: this.#parts.share(result.parsed),
        };
      case 'malformed':
        return { type: 'malformed' as const, malformed: result.malformed };
      default:
        logger.warn(
          `Cluster ${cluster} sent something that is no ${kindId}: ${
            'message' in result ? result.message : result.kind
          }`,
        );
        return undefined;
    }
  }

  #forget(keys: readonly string[]): void {
    const { kindId, onChanges } = this.#options;
    for (const key of keys) {
      this.#keys.delete(key);
    }
    onChanges(
      keys.map(key => {
        const slash = key.indexOf('/');
        return {
          type: 'delete' as const,
          kindId,
          namespace: key.slice(0, slash) || undefined,
          name: key.slice(slash + 1),
        };
      }),
    );
  }
}

function keyOf(namespace: string | undefined, name: string): string {
  return `${namespace ?? ''}/${name}`;
}
