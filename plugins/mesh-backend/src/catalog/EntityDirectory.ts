import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { stringifyError, toError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  KUBERNETES_ID_ANNOTATION,
  KUBERNETES_LABEL_SELECTOR_ANNOTATION,
} from 'backstage-plugin-mesh-common';
import { Backoff, Pause, Random } from '../clusters/waiting';
import { apiConsumers, MeshEntity, meshEntity } from './meshEntity';

export interface EntityDirectoryOptions {
  catalog: CatalogService;
  auth: AuthService;
  logger: LoggerService;
  intervalMs: number;
  random?: Random;
}

/** What of an entity is read here and nothing else. */
export const ENTITY_FIELDS = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.title',
  'metadata.annotations',
  'relations',
];

/** The entities that an annotation connects with Kubernetes. */
export const ON_KUBERNETES: Record<string, symbol>[] = [
  {
    [`metadata.annotations.${KUBERNETES_ID_ANNOTATION}`]: CATALOG_FILTER_EXISTS,
  },
  {
    [`metadata.annotations.${KUBERNETES_LABEL_SELECTOR_ANNOTATION}`]:
      CATALOG_FILTER_EXISTS,
  },
];

/** After a change and after a failure, the catalog is asked again this part of the interval later. */
const SOON = 1 / 12;

/**
 * The entities of the catalog that run on Kubernetes, whoever may read them: answers need to know whose
 * the workloads are that call. What of them a caller sees is decided where answers are given.
 *
 * Changes come in groups (a portal that starts reads its locations one after the other), so the catalog is
 * asked soon after one, and then ever less often.
 */
export class EntityDirectory {
  readonly #options: EntityDirectoryOptions;
  readonly #controller = new AbortController();
  readonly #pause = new Pause();
  readonly #listeners = new Set<() => void>();
  #entities: ReadonlyMap<string, MeshEntity> = new Map();
  #apiConsumers: ReadonlyMap<string, readonly string[]> = new Map();
  #fingerprint = '';
  #done: Promise<void> = Promise.resolve();
  #read: () => void = () => {};
  /** Resolves when the catalog has been read once. */
  readonly ready: Promise<void>;

  static create(options: EntityDirectoryOptions): EntityDirectory {
    return new EntityDirectory(options);
  }

  private constructor(options: EntityDirectoryOptions) {
    this.#options = options;
    this.ready = new Promise(resolve => {
      this.#read = resolve;
    });
  }

  start(): void {
    this.#done = this.#run();
  }

  async stop(): Promise<void> {
    this.#controller.abort();
    this.#read();
    await this.#done;
  }

  get(ref: string): MeshEntity | undefined {
    return this.#entities.get(ref);
  }

  get all(): Iterable<MeshEntity> {
    return this.#entities.values();
  }

  /** An entity as a caller has read it, with its clients as the directory knows them. */
  describe(entity: Entity): MeshEntity {
    return meshEntity(entity, ref => this.#apiConsumers.get(ref) ?? []);
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async #run(): Promise<void> {
    const { logger, intervalMs, random = Math.random } = this.#options;
    const { signal } = this.#controller;
    const pace = Backoff.create({
      initialMs: intervalMs * SOON,
      maxMs: intervalMs,
      random,
    });
    while (!signal.aborted) {
      try {
        if (await this.#refresh()) {
          pace.reset();
        }
      } catch (error) {
        logger.warn(
          `The entities of the catalog could not be read: ${stringifyError(
            error,
          )}`,
          toError(error),
        );
      }
      await this.#pause.for(pace.next(), signal);
    }
  }

  /** Whether anything has changed. */
  async #refresh(): Promise<boolean> {
    const { catalog, auth } = this.#options;
    const found: Entity[] = [];
    for await (const page of catalog.streamEntities(
      { filter: [...ON_KUBERNETES, { kind: 'api' }], fields: ENTITY_FIELDS },
      { credentials: await auth.getOwnServiceCredentials() },
    )) {
      found.push(...page);
    }
    if (this.#controller.signal.aborted) {
      return false;
    }
    this.#apiConsumers = new Map(
      found
        .filter(({ kind }) => kind.toLocaleLowerCase('en-US') === 'api')
        .map(api => [stringifyEntityRef(api), apiConsumers(api)]),
    );
    const entities = found
      .map(entity => this.describe(entity))
      .filter(({ selection }) => selection)
      .sort((a, b) => a.ref.localeCompare(b.ref));
    this.#entities = new Map(entities.map(entity => [entity.ref, entity]));
    this.#read();
    const fingerprint = JSON.stringify(entities);
    if (fingerprint === this.#fingerprint) {
      return false;
    }
    this.#fingerprint = fingerprint;
    this.#listeners.forEach(listener => listener());
    return true;
  }
}
