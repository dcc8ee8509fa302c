import type { StoredObject } from '../store/types';
import { isRecord, listOf, recordOf } from '../store/values';
import type { ParentRef } from '../world/gatewayKinds';
import { withTransitions, type Condition } from './conditions';
import type { World } from './manager';
import { writeStatus } from './writes';

/** What one controller says of one parent of a route. */
export interface ParentDecision {
  parentRef: ParentRef;
  conditions: Condition[];
}

/**
 * Writes a controller's part of `status.parents`; what other controllers wrote stays. A parent that the route no longer
 * names is removed.
 */
export function writeParents(
  { store, now }: World,
  route: StoredObject,
  controllerName: string,
  decisions: readonly ParentDecision[],
): void {
  const previous = listOf(recordOf(route.status).parents).filter(isRecord);
  const written = decisions.map(({ parentRef, conditions }) => {
    const before = previous.find(
      parent =>
        parent.controllerName === controllerName &&
        sameReference(parent.parentRef, parentRef),
    );
    return {
      parentRef,
      controllerName,
      conditions: withTransitions(
        before?.conditions,
        conditions,
        now,
        route.metadata.generation,
      ),
    };
  });
  const parents = [
    ...previous.filter(parent => parent.controllerName !== controllerName),
    ...written,
  ];
  if (parents.length === 0 && previous.length === 0) {
    return;
  }
  writeStatus(store, route, { ...recordOf(route.status), parents });
}

const REFERENCE_FIELDS = ['kind', 'namespace', 'name', 'sectionName', 'port'];

function sameReference(a: unknown, b: ParentRef): boolean {
  const left = recordOf(a);
  return REFERENCE_FIELDS.every(field => left[field] === b[field]);
}
