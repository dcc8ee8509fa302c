import { KindId, ReadState } from 'backstage-plugin-mesh-common';

/** pending: it has not been tried yet. */
export type ReflectorState = { state: 'pending' } | ReadState;

/** One failure in passing, after which all goes on, is not worth telling. */
const FAILURES_OF_STALE = 2;

/** How well the objects of one kind can be read, and since when not. */
export class ReflectorStatus {
  readonly #kindId: KindId;
  readonly #onState: (state: ReflectorState) => void;
  #state: ReflectorState = { state: 'pending' };
  #everRead = false;
  #lastContact = new Date();
  #failures = 0;

  constructor(kindId: KindId, onState: (state: ReflectorState) => void) {
    this.#kindId = kindId;
    this.#onState = onState;
  }

  get state(): ReflectorState {
    return this.#state;
  }

  /** Something came: what is known is as old as that. */
  contact(): void {
    this.#lastContact = new Date();
  }

  /** All objects are known. */
  read(): void {
    this.contact();
    this.#everRead = true;
    this.#failures = 0;
    if (this.#state.state !== 'read') {
      this.#report({ state: 'read' });
    }
  }

  /** The cluster says that there is nothing to read, or not for the portal. */
  refused(state: 'forbidden' | 'absent', message: string): void {
    this.#everRead = false;
    this.#report({ state, message });
  }

  /** The cluster did not answer, or not as it should. */
  failed(message: string): void {
    this.#failures += 1;
    if (this.#state.state === 'read' && this.#failures < FAILURES_OF_STALE) {
      return;
    }
    const state = this.#everRead ? 'stale' : 'unreachable';
    const known = this.#state;
    this.#report({
      state,
      message: `${this.#kindId} cannot be read: ${message}`,
      since:
        'since' in known && known.state === state
          ? known.since
          : (this.#everRead ? this.#lastContact : new Date()).toISOString(),
    });
  }

  #report(state: ReflectorState): void {
    const isKnown =
      this.#state.state === state.state &&
      messageOf(this.#state) === messageOf(state);
    if (!isKnown) {
      this.#state = state;
      this.#onState(state);
    }
  }
}

function messageOf(state: ReflectorState): string | undefined {
  return 'message' in state ? state.message : undefined;
}
