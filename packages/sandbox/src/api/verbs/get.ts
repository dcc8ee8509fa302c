import type { StoredObject } from '../../store/types';
import type { ObjectAnswer } from '../answer';
import { inVersion, type ApiContext, type Target } from '../context';
import { notFound } from '../status';

/** The object that the path names; 404 where there is none. */
export function readTarget(context: ApiContext, target: Target): StoredObject {
  const { resource, namespace, name, apiVersion } = target;
  const object = context.store.get(resource, namespace, name);
  if (!object) {
    throw notFound(resource, name);
  }
  return inVersion(apiVersion, object);
}

export function get(context: ApiContext, target: Target): ObjectAnswer {
  return answerWith(target, readTarget(context, target));
}

export function answerWith(
  { resource, version, apiVersion }: Target,
  object: StoredObject,
  code: number = 200,
  warnings: readonly string[] = [],
): ObjectAnswer {
  return {
    type: 'object',
    code,
    resource,
    version,
    object: inVersion(apiVersion, object),
    warnings,
  };
}
