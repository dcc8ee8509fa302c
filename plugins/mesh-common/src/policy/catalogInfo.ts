import { PolicyTask } from './manifest';

/**
 * What of the entity the form knows.
 *
 * @public
 */
export interface CatalogInfoOptions {
  owner: string;
  description?: string;
  /** The entities that are declared to depend on it. */
  callers: readonly string[];
}

/** A catalog entity for the service, whose annotations lead to what is generated. */
export function catalogInfo(
  { intent, placement }: PolicyTask,
  { owner, description, callers }: CatalogInfoOptions,
): object {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: intent.name,
      ...(description && { description }),
      annotations: {
        'backstage.io/kubernetes-id': intent.name,
        'backstage.io/kubernetes-namespace': placement.namespace,
        'backstage.io/kubernetes-cluster': placement.cluster,
      },
    },
    spec: {
      type: 'service',
      lifecycle: 'experimental',
      owner,
      ...(callers.length > 0 && { dependencyOf: [...callers].sort() }),
    },
  };
}
