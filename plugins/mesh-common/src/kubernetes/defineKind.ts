import { z } from 'zod';
import { KindObjects } from './KindObjects';

/**
 * A kind that rules read: how the API names it, and the fields that are read of it.
 *
 * @public
 */
export interface KindDefinition<S extends z.ZodType = z.ZodType> {
  /** Empty for the core group. */
  group: string;
  kind: string;
  plural: string;
  /** Versions that rules understand, preferred first; which of them a cluster serves is discovered. */
  versions: readonly string[];
  namespaced: boolean;
  schema: S;
  /**
   * `whole`: an object is kept as the API gives it (without managed fields), so that it can be shown.
   * `read-fields`: only what rules read is kept, for kinds that are many or that carry what is not ours to show.
   */
  keep: 'whole' | 'read-fields';
  /** Only objects with one of these label selectors (or field selectors) are read; absent reads all. */
  labelSelectors?: readonly string[];
  /** Objects that are read besides, by their fields. */
  fieldSelectors?: readonly string[];
  /** Objects that are read besides: of this name, in each namespace where that one of the label selectors finds any. */
  companions?: readonly { beside: string; name: string }[];
  /** Read of a cluster only where it serves that kind, without which rules need nothing of this one. */
  onlyBeside?: KindId;
  /** Read of files alone, never of a cluster; says why. Rules that need it do not run on a cluster. */
  onlyInFiles?: string;
}

/**
 * A key of the table of kinds, such as `Pod` or `security.istio.io/PeerAuthentication`.
 *
 * @public
 */
export type KindId = keyof KindObjects;

/** Keeps the type of the schema, and the words of `keep`. */
export function defineKind<S extends z.ZodType>(
  definition: KindDefinition<S>,
): KindDefinition<S> {
  return definition;
}
