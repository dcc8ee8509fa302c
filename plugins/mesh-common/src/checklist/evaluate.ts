import { MeshAdapter } from '../mesh/MeshAdapter';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { CHECKLIST } from './checklist';
import { combine, Measured } from './combine';
import { ChecklistPart, ChecklistTraffic, Judgement } from './measurement';

/**
 * Judgements by the id of the item.
 *
 * @public
 */
export type Judgements = ReadonlyMap<string, readonly Judgement[]>;

/**
 * What the configuration of an entity on one cluster says about the items.
 *
 * @public
 */
export function judgePart(part: ChecklistPart): Judgements {
  return judgeItems(({ ofPart }) => ofPart?.(part));
}

/**
 * What the control plane of one mesh on one cluster says, for every entity that it carries.
 *
 * @public
 */
export function judgeMesh(
  snapshot: MeshSnapshot,
  mesh: MeshAdapter,
): Judgements {
  return judgeItems(({ ofMesh }) => ofMesh?.(snapshot, mesh));
}

/**
 * What the metrics store of a cluster adds.
 *
 * @public
 */
export function judgeTraffic(traffic: ChecklistTraffic): Judgements {
  return judgeItems(({ ofTraffic }) => ofTraffic?.(traffic));
}

/**
 * What all of it comes to, for each item that is measured.
 *
 * @public
 */
export function measureItems(
  judgements: readonly Judgements[],
): ReadonlyMap<string, Measured> {
  const found = new Map<string, Measured>();
  for (const { id, measurement } of allItems()) {
    if (measurement) {
      found.set(id, combine(judgements.flatMap(each => each.get(id) ?? [])));
    }
  }
  return found;
}

function allItems() {
  return CHECKLIST.flatMap(({ items }) => items);
}

function judgeItems(
  judge: (
    measurement: NonNullable<
      ReturnType<typeof allItems>[number]['measurement']
    >,
  ) => Judgement[] | undefined,
): Judgements {
  const found = new Map<string, readonly Judgement[]>();
  for (const { id, measurement } of allItems()) {
    const judged = measurement && judge(measurement);
    if (judged) {
      found.set(id, judged);
    }
  }
  return found;
}
