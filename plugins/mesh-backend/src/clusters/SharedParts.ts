import { hash } from 'node:crypto';
import { KINDS, ParsedObject } from 'backstage-plugin-mesh-common';
import { LRUCache } from 'lru-cache';

/** Parts that were not met for so many others are forgotten. */
const MAX_PARTS = 50_000;

/**
 * Lets objects of one kind share the parts that are equal, such as the containers and labels of the
 * pods of one Deployment: tens of thousands of pods then take a fraction of the memory.
 */
export class SharedParts {
  /** Made for the first object: the cache takes the memory for all its entries at once, and most kinds share nothing. */
  #parts: LRUCache<string, object> | undefined;

  /** The same object with shared parts; objects that are kept whole differ too much for that. */
  share(parsed: ParsedObject): ParsedObject {
    if (KINDS[parsed.kindId].keep === 'whole') {
      return parsed;
    }
    const object: object = parsed.object;
    // Members are replaced by equal ones, so that it still is what it was parsed as.
    return {
      kindId: parsed.kindId,
      object: mapMembers(object, section =>
        Array.isArray(section)
          ? this.#shared(section)
          : mapMembers(section, part => this.#shared(part)),
      ),
    } as ParsedObject;
  }

  #shared(part: object): object {
    // A hash, since the texts together would take more than they save.
    const key = hash('sha1', JSON.stringify(part), 'base64');
    this.#parts ??= new LRUCache({ max: MAX_PARTS });
    const known = this.#parts.get(key);
    if (known) {
      return known;
    }
    this.#parts.set(key, part);
    return part;
  }
}

/** A copy of an object whose members that are objects are replaced. */
function mapMembers(
  object: object,
  replace: (member: object) => object,
): object {
  const copy: Record<string, unknown> = { ...object };
  for (const [name, member] of Object.entries(object)) {
    if (member !== null && typeof member === 'object') {
      copy[name] = replace(member);
    }
  }
  return copy;
}
