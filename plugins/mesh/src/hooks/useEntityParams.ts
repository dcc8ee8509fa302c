import { Entity, getCompoundEntityRef } from '@backstage/catalog-model';
import { useMemo } from 'react';

/** What names an entity in the routes of the backend. */
export interface EntityParams {
  kind: string;
  namespace: string;
  name: string;
}

export function useEntityParams(entity: Entity): EntityParams {
  const { kind, namespace, name } = getCompoundEntityRef(entity);
  return useMemo(
    () => ({ kind: kind.toLocaleLowerCase('en-US'), namespace, name }),
    [kind, namespace, name],
  );
}
