import { z } from 'zod';
import { MeshEntity } from './meshEntity';

const entityRef = z
  .string()
  .regex(
    /^[^:/\s]+:[^:/\s]+\/[^:/\s]+$/,
    'expected a full entity reference such as component:default/reviews',
  )
  .transform(ref => ref.toLocaleLowerCase('en-US'));

const namespaces = z.array(
  z
    .string()
    .regex(
      /^(\*|[a-z0-9][-a-z0-9]*\*?)$/,
      'expected the name of a Kubernetes namespace, or the beginning of one and *',
    ),
);

const ruleSchema = z
  .strictObject({
    entity: entityRef.optional(),
    owner: entityRef.optional(),
    namespaces,
  })
  .refine(
    ({ entity, owner }) => (entity === undefined) !== (owner === undefined),
    'expected either entity or owner',
  );

/** `mesh.entityScope` of app-config. */
export const entityScopeSchema = z
  .strictObject({
    default: z
      .union([z.literal('any'), namespaces], {
        error: 'expected any, or a list of namespaces',
      })
      .default('any'),
    rules: z.array(ruleSchema).default([]),
  })
  .prefault({});

/** Which namespaces entities may reach by their annotations, which their authors write. */
export type EntityScope = z.output<typeof entityScopeSchema>;

export const ANY_NAMESPACE: EntityScope = { default: 'any', rules: [] };

/** What one entity may reach. */
export interface Reach {
  /** Absent: every namespace. */
  namespaces?: readonly string[];
  includes(namespace: string): boolean;
}

/** The first rule that names the entity or its owner says what it may reach; without one, the default does. */
export function reachOf(
  { ref, owner }: Pick<MeshEntity, 'ref' | 'owner'>,
  scope: EntityScope,
): Reach {
  const rule = scope.rules.find(
    ({ entity, owner: owns }) =>
      entity === ref || (owns !== undefined && owns === owner),
  );
  const reached = rule?.namespaces ?? scope.default;
  if (reached === 'any' || reached.includes('*')) {
    return { includes: () => true };
  }
  return {
    namespaces: reached,
    includes: namespace =>
      reached.some(pattern =>
        pattern.endsWith('*')
          ? namespace.startsWith(pattern.slice(0, -1))
          : namespace === pattern,
      ),
  };
}

/**
 * What is said of an entity that may not reach everything: whether its annotation asks for more, or its
 * workloads are looked for in some namespaces only. Undefined where nothing is kept from it.
 */
export function scopeLimit(
  { ref, selection }: Pick<MeshEntity, 'ref' | 'selection'>,
  { namespaces: reached, includes }: Reach,
): string | undefined {
  if (!selection || reached === undefined) {
    return undefined;
  }
  const may =
    reached.length === 0
      ? 'no namespace at all'
      : `the namespaces ${reached.join(', ')} only`;
  if (selection.namespace === undefined) {
    return `mesh.entityScope lets ${ref} reach ${may}: its workloads are not looked for in others`;
  }
  return includes(selection.namespace)
    ? undefined
    : `The annotation backstage.io/kubernetes-namespace of ${ref} names ${selection.namespace}, but mesh.entityScope lets it reach ${may}`;
}
