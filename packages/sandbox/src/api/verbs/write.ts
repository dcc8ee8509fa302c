import { timestamp } from '../../store/timestamp';
import { trackUpdate, type Writer } from '../fieldManagement/track';
import type { StoredObject } from '../../store/types';
import type { ApiContext, Target } from '../context';
import type { RequestWriteOptions } from '../writeOptions';

/** Who writes in a request, for the record of who owns which field. */
export function writerOf(
  { now }: ApiContext,
  { apiVersion, subresource, resource }: Target,
  { fieldManager }: RequestWriteOptions,
): Writer {
  return {
    name: fieldManager,
    apiVersion,
    subresource,
    statusSubresource: resource.statusSubresource,
    ...(subresource !== 'scale' && { time: timestamp(now()) }),
  };
}

/** Stores the next state of an object, through the subresource that the path names. */
export function storeNext(
  context: ApiContext,
  target: Target,
  live: StoredObject,
  next: StoredObject,
  options: RequestWriteOptions,
): StoredObject {
  const { store } = context;
  const tracked = trackUpdate(
    store.schemaOf(target.resource, target.version),
    live,
    withReachable(target, live, next),
    writerOf(context, target, options),
  );
  return storeTracked(context, target, tracked, options);
}

export function storeTracked(
  { store }: ApiContext,
  { subresource }: Target,
  next: StoredObject,
  { dryRun }: RequestWriteOptions,
): StoredObject {
  return subresource === 'status'
    ? store.updateStatus(next, { dryRun })
    : store.update(next, { dryRun });
}

/** The next state as far as the path reaches it: the status alone, or all but the status. */
export function withReachable(
  { subresource, resource }: Target,
  live: StoredObject,
  next: StoredObject,
): StoredObject {
  if (subresource === 'status') {
    const { status: _status, ...rest } = live;
    const { managedFields, resourceVersion, uid } = next.metadata;
    return {
      ...rest,
      ...(next.status !== undefined && { status: next.status }),
      metadata: {
        ...live.metadata,
        managedFields,
        resourceVersion,
        ...(uid && { uid }),
      },
    };
  }
  if (!resource.statusSubresource) {
    return next;
  }
  const { status: _status, ...rest } = next;
  return {
    ...rest,
    ...(live.status !== undefined && { status: live.status }),
  };
}
