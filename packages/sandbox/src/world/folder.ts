import { watch, type FSWatcher } from 'chokidar';
import path from 'node:path';
import { splitGroupVersion } from '../store/groupVersion';
import type { ObjectStore, StoredObject } from '../store/types';
import type { WorldClock } from './clock';
import { isPast, isYaml, readManifest, yamlFiles } from './files';
import { inOrder, stripped, timeline } from './timeline';
import type { ManifestObject } from './yaml';

export interface ManifestFolderOptions {
  folder: string;
  store: ObjectStore;
  clock: WorldClock;
  /** Lets the controllers act on what was applied. */
  settle(): void;
  /** Tells what could not be applied, in one line. */
  report(message: string): void;
}

/**
 * The manifests of a cluster: applied once in the order of their ages, and again file by file when one is saved.
 * A file that cannot be read keeps what it had applied before. Nothing is written back.
 */
export class ManifestFolder {
  readonly #options: ManifestFolderOptions;
  /** Per file, the objects that it holds now. */
  readonly #files = new Map<string, StoredObject[]>();
  #watcher: FSWatcher | undefined;
  #queue: Promise<void> = Promise.resolve();

  static async create(options: ManifestFolderOptions): Promise<ManifestFolder> {
    const folder = new ManifestFolder(options);
    await folder.#load();
    return folder;
  }

  private constructor(options: ManifestFolderOptions) {
    this.#options = options;
  }

  /** Watches the folder; resolves when saved files will be noticed. */
  async watch(): Promise<void> {
    const watcher = watch(this.#options.folder, {
      ignoreInitial: true,
      ignored: (file, stats) => Boolean(stats?.isFile()) && !isYaml(file),
      awaitWriteFinish: { stabilityThreshold: 100, pollInterval: 20 },
    });
    this.#watcher = watcher;
    watcher.on('all', (event, file) => {
      if (event === 'add' || event === 'change' || event === 'unlink') {
        const relative = path.relative(this.#options.folder, file);
        this.#queue = this.#queue.then(() =>
          event === 'unlink'
            ? this.#replace(relative, [])
            : this.reload(relative),
        );
      }
    });
    watcher.on('error', error =>
      this.#options.report(
        `cannot watch ${this.#options.folder}: ${messageOf(error)}`,
      ),
    );
    await new Promise<void>(resolve => watcher.once('ready', () => resolve()));
  }

  /** Applies a file (a path relative to the folder) as it is now. */
  async reload(file: string): Promise<void> {
    if (isPast(file)) {
      this.#options.report(
        `${this.#label(
          file,
        )}: the past is applied when the sandbox starts; restart it to see the change`,
      );
      return;
    }
    const objects = await this.#read(file);
    if (objects) {
      this.#replace(file, objects);
    }
  }

  async close(): Promise<void> {
    await this.#watcher?.close();
    await this.#queue;
  }

  async #load(): Promise<void> {
    const { folder, clock, settle } = this.#options;
    const past: ManifestObject[] = [];
    const present: ManifestObject[] = [];
    for (const file of await yamlFiles(folder)) {
      const objects = (await this.#read(file)) ?? [];
      if (isPast(file)) {
        past.push(...objects);
      } else {
        present.push(...objects);
        this.#files.set(
          file,
          objects.map(item => stripped(item).object),
        );
      }
    }
    const start = clock.now();
    for (const { age, objects } of timeline(past, present)) {
      // Seconds apart, since "the oldest wins" where two objects claim the same.
      objects.forEach((item, index) =>
        clock.at(start - age + index * 1_000, () => this.#apply(item)),
      );
      clock.at(start - age + objects.length * 1_000, settle);
    }
  }

  async #read(file: string): Promise<ManifestObject[] | undefined> {
    try {
      return await readManifest(this.#options.folder, file, this.#label(file));
    } catch (error) {
      this.#options.report(messageOf(error));
      return undefined;
    }
  }

  /**
   * Applies what the file holds now and deletes what it no longer holds. While a part of it cannot be applied
   * nothing is deleted: what is missing may be that part, with a mistake in its kind or name.
   */
  #replace(file: string, items: readonly ManifestObject[]): void {
    const objects = inOrder(items).map(stripped);
    const keys = new Set(objects.map(({ object }) => keyOf(object)));
    const refused = objects.filter(item => !this.#apply(item));
    const gone = (this.#files.get(file) ?? []).filter(
      object => !keys.has(keyOf(object)) && !this.#heldElsewhere(file, object),
    );
    const kept = refused.length > 0 ? gone : [];
    if (refused.length === 0) {
      gone.forEach(object => this.#delete(object));
    } else if (gone.length > 0) {
      this.#options.report(
        `${this.#label(
          file,
        )}: nothing is deleted until all of it can be applied`,
      );
    }
    this.#files.set(file, [...objects.map(({ object }) => object), ...kept]);
    this.#options.settle();
  }

  /** An object that was moved to another file stays. */
  #heldElsewhere(file: string, object: StoredObject): boolean {
    return [...this.#files].some(
      ([other, objects]) =>
        other !== file && objects.some(held => keyOf(held) === keyOf(object)),
    );
  }

  #apply({ object, place }: ManifestObject): boolean {
    try {
      this.#options.store.put(object);
      return true;
    } catch (error) {
      this.#options.report(`${place}: ${messageOf(error)}`);
      return false;
    }
  }

  #delete({ apiVersion, kind, metadata }: StoredObject): void {
    const { store } = this.#options;
    const resource = store.resourceOf(
      splitGroupVersion(apiVersion).group,
      kind,
    );
    if (resource && store.get(resource, metadata.namespace, metadata.name)) {
      store.delete(resource, metadata.namespace, metadata.name);
    }
  }

  #label(file: string): string {
    return path.join(path.basename(this.#options.folder), file);
  }
}

function keyOf({ apiVersion, kind, metadata }: StoredObject): string {
  const { group } = splitGroupVersion(apiVersion);
  return JSON.stringify([group, kind, metadata.namespace ?? '', metadata.name]);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
