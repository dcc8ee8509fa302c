import type { ObjectAnswer } from '../answer';
import { readObject } from '../body';
import type { ApiContext, Target } from '../context';
import { invalid } from '../status';
import { writeOptions } from '../writeOptions';
import { answerWith, readTarget } from './get';
import { storeNext } from './write';

export async function update(
  context: ApiContext,
  target: Target,
): Promise<ObjectAnswer> {
  const options = writeOptions(target.request, 'UpdateOptions');
  const { object, warnings } = await readObject(context, target, options);
  const live = readTarget(context, target);
  if (target.resource.custom && !object.metadata.resourceVersion) {
    const { group, plural } = target.resource;
    throw invalid({ group, kind: plural }, target.name, [
      {
        reason: 'FieldValueInvalid',
        message: 'Invalid value: 0: must be specified for an update',
        field: 'metadata.resourceVersion',
      },
    ]);
  }
  const updated = storeNext(context, target, live, object, options);
  return answerWith(target, updated, 200, warnings);
}
