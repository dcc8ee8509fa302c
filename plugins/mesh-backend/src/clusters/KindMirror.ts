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

/** All objects of one kind of one cluster: one reflector for each selector of the kind, or a single one. */
export class KindMirror {
  readonly version: string;
  readonly #reflectors: readonly Reflector[];
  readonly #controller = new AbortController();
  readonly #done: Promise<unknown>;

  static start(options: KindMirrorOptions): KindMirror {
    return new KindMirror(options);
  }

  private constructor(options: KindMirrorOptions) {
    const { signal } = this.#controller;
    this.version = options.version;
    this.#reflectors = selectorsOf(KINDS[options.kindId]).map(selector =>
      Reflector.create({
        ...options,
        ...selector,
        onChanges: changes => {
          if (!signal.aborted) {
            options.onChanges(changes.filter(change => this.#happened(change)));
          }
        },
        onState: () => {
          if (!signal.aborted) {
            options.onState(this.state);
          }
        },
      }),
    );
    this.#done = Promise.all(
      this.#reflectors.map(reflector => reflector.run(signal)),
    );
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
    await this.#done;
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
}: KindDefinition): Pick<
  ReflectorOptions,
  'labelSelector' | 'fieldSelector'
>[] {
  const selectors = [
    ...labelSelectors.map(labelSelector => ({ labelSelector })),
    ...fieldSelectors.map(fieldSelector => ({ fieldSelector })),
  ];
  return selectors.length > 0 ? selectors : [{}];
}

/** The state as rules read it: what has not been tried yet is as unknown as what does not answer. */
export function readStateOf(state: ReflectorState): ReadState {
  return state.state === 'pending'
    ? { state: 'unreachable', message: 'It has not been read yet' }
    : state;
}
