import {
  KindDefinition,
  KINDS,
  ReadState,
  SnapshotChange,
} from 'backstage-plugin-mesh-common';
import { ClusterUnreachableError } from './ClusterTransport';
import { Reflector, ReflectorOptions } from './Reflector';
import { ReflectorState } from './ReflectorStatus';

/** From the worst: what is said of a kind whose selectors fare differently. */
const FROM_WORST: readonly ReflectorState['state'][] = [
  'forbidden',
  'unreachable',
  'stale',
  'absent',
  'pending',
  'read',
];

type KindMirrorOptions = Omit<
  ReflectorOptions,
  'labelSelector' | 'fieldSelector'
>;

type Selector = Pick<ReflectorOptions, 'labelSelector' | 'fieldSelector'>;

/** Whoever may write an object beside which another one is read must not have any number of namespaces watched. */
const MAX_COMPANIONS = 20;

/** All objects of one kind of one cluster: one reflector for each selector of the kind, or a single one. Each companion has
 * one of its own from when on something is there that it is beside. */
export class KindMirror {
  readonly version: string;
  readonly #options: KindMirrorOptions;
  readonly #reflectors: Reflector[] = [];
  readonly #running: Promise<void>[] = [];
  readonly #companions = new Set<string>();
  readonly #controller = new AbortController();

  static start(options: KindMirrorOptions): KindMirror {
    return new KindMirror(options);
  }

  private constructor(options: KindMirrorOptions) {
    this.version = options.version;
    this.#options = options;
    // All of them are there before the first runs: what they say together is not known before.
    const selectors = selectorsOf(KINDS[options.kindId]);
    const all = selectors.map(selector => this.#reflect(selector));
    all.forEach(reflector => this.#run(reflector));
  }

  get state(): ReflectorState {
    return this.#reflectors
      .map(({ state }) => state)
      .reduce((worst, next) =>
        FROM_WORST.indexOf(next.state) < FROM_WORST.indexOf(worst.state)
          ? next
          : worst,
      );
  }

  interrupt(error: ClusterUnreachableError): void {
    this.#reflectors.forEach(reflector => reflector.interrupt(error));
  }

  retry(): void {
    this.#reflectors.forEach(reflector => reflector.retry());
  }

  async stop(): Promise<void> {
    this.#controller.abort();
    await Promise.all(this.#running);
  }

  #reflect(selector: Selector): Reflector {
    const { signal } = this.#controller;
    const reflector = Reflector.create({
      ...this.#options,
      ...selector,
      onChanges: changes => {
        if (!signal.aborted) {
          this.#followCompanions(selector, changes);
          this.#options.onChanges(
            changes.filter(change => this.#happened(change)),
          );
        }
      },
      onState: () => {
        if (!signal.aborted) {
          this.#options.onState(this.state);
        }
      },
    });
    this.#reflectors.push(reflector);
    return reflector;
  }

  #run(reflector: Reflector): void {
    this.#running.push(reflector.run(this.#controller.signal));
  }

  #followCompanions(
    { labelSelector }: Selector,
    changes: readonly SnapshotChange[],
  ): void {
    const { companions = [] }: KindDefinition = KINDS[this.#options.kindId];
    for (const { beside, name } of companions) {
      const namespaces =
        beside === labelSelector ? changes.flatMap(namespacesOf) : [];
      for (const namespace of namespaces) {
        this.#follow(`metadata.name=${name},metadata.namespace=${namespace}`);
      }
    }
  }

  #follow(fieldSelector: string): void {
    const { fieldSelectors = [] }: KindDefinition = KINDS[this.#options.kindId];
    if (
      fieldSelectors.includes(fieldSelector) ||
      this.#companions.has(fieldSelector)
    ) {
      return;
    }
    if (this.#companions.size < MAX_COMPANIONS) {
      this.#companions.add(fieldSelector);
      this.#run(this.#reflect({ fieldSelector }));
    } else {
      const { logger, cluster, kindId } = this.#options;
      logger.warn(
        `Cluster ${cluster}: the ${kindId} with ${fieldSelector} is not read, since ${MAX_COMPANIONS} such ones are already`,
      );
    }
  }

  /** An object that leaves one selector is there as long as another one still selects it. */
  #happened(change: SnapshotChange): boolean {
    return !(
      change.type === 'delete' &&
      this.#reflectors.some(reflector =>
        reflector.has(`${change.namespace ?? ''}/${change.name}`),
      )
    );
  }
}

function selectorsOf({
  labelSelectors = [],
  fieldSelectors = [],
}: KindDefinition): Selector[] {
  const selectors = [
    ...labelSelectors.map(labelSelector => ({ labelSelector })),
    ...fieldSelectors.map(fieldSelector => ({ fieldSelector })),
  ];
  return selectors.length > 0 ? selectors : [{}];
}

function namespacesOf(change: SnapshotChange): string[] {
  const { namespace } =
    change.type === 'put' ? change.parsed.object.metadata : {};
  return namespace ? [namespace] : [];
}

/** The state as rules read it: what has not been tried yet is as unknown as what does not answer. */
export function readStateOf(state: ReflectorState): ReadState {
  return state.state === 'pending'
    ? { state: 'unreachable', message: 'It has not been read yet' }
    : state;
}
