import { asObject } from '../../store/schema/envelope';
import type { ScalePaths, StoredObject } from '../../store/types';
import { cloneJson, isRecord, recordOf } from '../../store/values';
import type { DocumentAnswer } from '../answer';
import { contentType, readValue } from '../body';
import type { ApiContext, Target } from '../context';
import { readPath } from '../jsonPath';
import { formatLabelSelector } from '../labelSelector';
import { badRequest, invalid, unknownResource } from '../status';
import { writeOptions } from '../writeOptions';
import { readTarget } from './get';
import { patchedValue, refuseOtherTypes } from './patch';
import { storeNext } from './write';

/** The scale of a workload: a view of its replicas that is the same for all kinds. */
export function getScale(context: ApiContext, target: Target): DocumentAnswer {
  return answer(scaleOf(readTarget(context, target), pathsOf(target)));
}

export async function updateScale(
  context: ApiContext,
  target: Target,
): Promise<DocumentAnswer> {
  const value = await readValue(target.request);
  return storeScale(context, target, value);
}

export async function patchScale(
  context: ApiContext,
  target: Target,
): Promise<DocumentAnswer> {
  const type = contentType(target.request);
  refuseOtherTypes(type, target.resource.custom);
  if (type === 'application/apply-patch+yaml') {
    throw badRequest(
      'server-side apply of a scale is not served: apply the object itself',
    );
  }
  const live = scaleOf(readTarget(context, target), pathsOf(target));
  const value = await readValue(target.request);
  return storeScale(
    context,
    target,
    patchedValue(context, target, type, live, value),
  );
}

function storeScale(
  context: ApiContext,
  target: Target,
  value: unknown,
): DocumentAnswer {
  const options = writeOptions(target.request, 'UpdateOptions');
  const paths = pathsOf(target);
  const live = readTarget(context, target);
  if (!isRecord(value) || (value.kind ?? 'Scale') !== 'Scale') {
    throw badRequest('the body is not a Scale');
  }
  const { resourceVersion } = recordOf(value.metadata);
  const replicas = recordOf(value.spec).replicas ?? 0;
  if (typeof replicas !== 'number' || !Number.isInteger(replicas)) {
    throw badRequest('Scale: spec.replicas is not an integer');
  }
  if (replicas < 0) {
    throw invalid({ group: 'autoscaling', kind: 'Scale' }, target.name, [
      {
        reason: 'FieldValueInvalid',
        message: `Invalid value: ${replicas}: must be greater than or equal to 0`,
        field: 'spec.replicas',
      },
    ]);
  }
  const next = withValue(live, paths.specReplicas, replicas);
  const checked = {
    ...next,
    metadata: {
      ...next.metadata,
      ...(typeof resourceVersion === 'string' && { resourceVersion }),
    },
  };
  const stored = storeNext(context, target, live, checked, options);
  return answer(scaleOf(stored, paths));
}

function answer(scale: unknown): DocumentAnswer {
  return { type: 'document', code: 200, body: scale };
}

function pathsOf({ resource }: Target): ScalePaths {
  if (!resource.scale) {
    throw unknownResource();
  }
  return resource.scale;
}

function scaleOf(object: StoredObject, paths: ScalePaths) {
  const { name, namespace, uid, resourceVersion, creationTimestamp } =
    object.metadata;
  const selector = paths.selector && readPath(object, paths.selector);
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: { replicas: readPath(object, paths.specReplicas) ?? 0 },
    status: {
      replicas: readPath(object, paths.statusReplicas) ?? 0,
      ...(selector !== undefined && {
        selector: formatLabelSelector(selector),
      }),
    },
  };
}

/** The object with a value at a path of members. */
function withValue(
  object: StoredObject,
  path: string,
  value: unknown,
): StoredObject {
  const copy = cloneJson(object);
  const names = path.split('.').filter(Boolean);
  const last = names.pop();
  if (last === undefined) {
    throw new Error(`the path of a scale is empty: ${JSON.stringify(path)}`);
  }
  let place: Record<string, unknown> = copy;
  for (const name of names) {
    const member = recordOf(place[name]);
    place[name] = member;
    place = member;
  }
  place[last] = value;
  return asObject(copy);
}
