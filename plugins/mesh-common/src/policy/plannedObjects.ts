import { PlannedObject, PlannedObjectState } from '../contract/policy';
import { KindDefinition, KINDS, kindIdOf } from '../kubernetes/kinds';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';

/**
 * Whether an object of this kind and name is in the namespace already: applying a manifest of the same name
 * would replace it. It is absent only where all objects of its kind are known; else it is not known.
 *
 * @public
 */
export function plannedObjectIn(
  snapshot: MeshSnapshot,
  namespace: string,
  planned: PlannedObject,
): PlannedObjectState {
  const unknown = (why: string): PlannedObjectState => ({
    ...planned,
    state: 'unknown',
    why,
  });
  const kindId = kindIdOf(planned.group, planned.kind);
  if (!kindId) {
    return unknown(`The portal does not read ${planned.kind} objects`);
  }
  const isThere =
    snapshot.get(kindId, namespace, planned.name) ??
    snapshot
      .malformed(kindId, namespace)
      .find(({ name }) => name === planned.name);
  if (isThere) {
    return { ...planned, state: 'exists' };
  }
  const definition: KindDefinition = KINDS[kindId];
  const onlySome = definition.onlyInFiles ?? definition.labelSelectors;
  if (onlySome) {
    return unknown(`Not all ${planned.kind} objects are read of a cluster`);
  }
  const read = snapshot.read(kindId);
  return read.state === 'read' || read.state === 'absent'
    ? { ...planned, state: 'absent' }
    : unknown(read.message);
}
