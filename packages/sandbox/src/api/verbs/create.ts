import type { ObjectAnswer } from '../answer';
import { readObject } from '../body';
import type { ApiContext, Target } from '../context';
import { trackUpdate } from '../fieldManagement/track';
import { writeOptions } from '../writeOptions';
import { answerWith } from './get';
import { writerOf } from './write';

export async function create(
  context: ApiContext,
  target: Target,
): Promise<ObjectAnswer> {
  const options = writeOptions(target.request, 'CreateOptions');
  const { object, warnings } = await readObject(context, target, options);
  const { resource, version } = target;
  const { status: _status, ...withoutStatus } = object;
  const tracked = trackUpdate(
    context.store.schemaOf(resource, version),
    undefined,
    resource.statusSubresource ? withoutStatus : object,
    writerOf(context, target, options),
  );
  const created = context.store.create(tracked, { dryRun: options.dryRun });
  return answerWith(target, created, 201, warnings);
}
