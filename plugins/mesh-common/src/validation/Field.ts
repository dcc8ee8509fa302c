import { isJsonObject, own } from '../kubernetes/jsonValues';

/**
 * A value of an object with the path that leads to it. Reading never fails: a member that is not there, or is of
 * another type than the one that is asked for, is undefined or empty; that its type is wrong is told by the schema.
 */
export class Field {
  readonly path: string;
  readonly value: unknown;

  constructor(path: string, value: unknown) {
    this.path = path;
    this.value = value;
  }

  /** A member; null counts as absent. */
  get(name: string): Field {
    const member = isJsonObject(this.value) ? own(this.value, name) : undefined;
    return new Field(`${this.path}.${name}`, member ?? undefined);
  }

  get exists(): boolean {
    return this.value !== undefined;
  }

  get text(): string {
    return typeof this.value === 'string' ? this.value : '';
  }

  get number(): number {
    return typeof this.value === 'number' ? this.value : 0;
  }

  get isTrue(): boolean {
    return this.value === true;
  }

  /** The items of a list. */
  get items(): Field[] {
    return Array.isArray(this.value)
      ? this.value.map(
          (item: unknown, index) =>
            new Field(`${this.path}[${index}]`, item ?? undefined),
        )
      : [];
  }

  /** Whether there is a list or an object with something in it. */
  get isFilled(): boolean {
    return this.items.length > 0 || this.members.length > 0;
  }

  /** The members of an object, by their names. */
  get members(): [string, Field][] {
    return isJsonObject(this.value)
      ? Object.keys(this.value).map(name => [name, this.get(name)])
      : [];
  }
}
