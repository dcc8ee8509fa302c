import type { ResourceType } from '../store/types';
import type { ApiAnswer } from './answer';
import { targetOf, type ApiContext, type Target } from './context';
import { handlePath, pageNotFound } from './pathHandler';
import type { ApiRequest, ResourceRequest } from './requestInfo';
import { review, reviewKindAt } from './reviews';
import {
  ApiError,
  forbidden,
  methodNotAllowed,
  notFound,
  unknownResource,
} from './status';
import { create } from './verbs/create';
import { deleteCollection, deleteOne } from './verbs/delete';
import { get, readTarget } from './verbs/get';
import { list } from './verbs/list';
import { patch } from './verbs/patch';
import { getScale, patchScale, updateScale } from './verbs/scale';
import { update } from './verbs/update';
import { watch } from './verbs/watch';

/** Answers a request of a known caller, if they may make it. */
export async function handle(
  context: ApiContext,
  request: ApiRequest,
): Promise<ApiAnswer> {
  authorize(context, request);
  const { resource } = request.info;
  return resource
    ? handleResource(context, request, resource)
    : handlePath(context, request);
}

function authorize({ authorizer, store }: ApiContext, request: ApiRequest) {
  const { info, user } = request;
  const { verb, path, resource } = info;
  if (authorizer.allows({ user, verb, path, ...(resource && { resource }) })) {
    return;
  }
  const who = `User ${JSON.stringify(user.name)} cannot ${verb}`;
  if (!resource) {
    throw new ApiError(
      403,
      'Forbidden',
      `forbidden: ${who} path ${JSON.stringify(path)}`,
      {},
    );
  }
  const { group, plural, subresource, namespace, name = '' } = resource;
  const what = subresource ? `${plural}/${subresource}` : plural;
  const where = namespace
    ? `in the namespace ${JSON.stringify(namespace)}`
    : 'at the cluster scope';
  const known = store.resourceAt(group, resource.version, plural);
  throw forbidden(
    { group, plural, kind: known?.kind ?? '' },
    name,
    `${who} resource ${JSON.stringify(what)} in API group ${JSON.stringify(
      group,
    )} ${where}`,
  );
}

async function handleResource(
  context: ApiContext,
  request: ApiRequest,
  asked: ResourceRequest,
): Promise<ApiAnswer> {
  const reviewKind = reviewKindAt(asked);
  if (reviewKind) {
    if (request.info.verb !== 'create') {
      throw methodNotAllowed();
    }
    return review(context, request, reviewKind);
  }
  const { group, version, plural } = asked;
  const resource = context.store.resourceAt(group, version, plural);
  if (!resource) {
    if (hasBuiltinGroup(context, group)) {
      throw unknownResource();
    }
    return pageNotFound;
  }
  if (!isInScope(resource, asked)) {
    throw unknownResource();
  }
  const target = targetOf(request, resource, asked);
  return target.subresource
    ? handleSubresource(context, target)
    : handleObject(context, target);
}

function hasBuiltinGroup({ store }: ApiContext, group: string): boolean {
  return store
    .resources()
    .some(resource => !resource.custom && resource.group === group);
}

/** A cluster-scoped resource is in no namespace; only a namespace is in itself. */
function isInScope(
  { namespaced }: ResourceType,
  { namespace, name }: ResourceRequest,
): boolean {
  return namespaced || namespace === undefined || namespace === name;
}

function handleObject(
  context: ApiContext,
  target: Target,
): ApiAnswer | Promise<ApiAnswer> {
  const { request, resource, namespace, name } = target;
  const needsNamespace = resource.namespaced && namespace === undefined;
  if (needsNamespace && !['list', 'watch'].includes(request.info.verb)) {
    throw methodNotAllowed();
  }
  switch (request.info.verb) {
    case 'get':
      return get(context, target);
    case 'list':
      return list(context, target);
    case 'watch':
      return watch(context, target);
    case 'create':
      if (name) {
        throw methodNotAllowed();
      }
      return create(context, target);
    case 'update':
      requireName(target);
      return update(context, target);
    case 'patch':
      requireName(target);
      return patch(context, target);
    case 'delete':
      return deleteOne(context, target);
    case 'deletecollection':
      return deleteCollection(context, target);
    default:
      throw methodNotAllowed();
  }
}

function requireName({ name }: Target): void {
  if (!name) {
    throw methodNotAllowed();
  }
}

/** Subresources that need a container that runs. */
const RUNNING = ['attach', 'exec', 'log', 'portforward', 'proxy'];

function handleSubresource(
  context: ApiContext,
  target: Target,
): ApiAnswer | Promise<ApiAnswer> {
  const { request, resource, subresource, name } = target;
  const { verb } = request.info;
  const [first] = subresource.split('/');
  if (resource.group === '' && RUNNING.includes(first)) {
    readTarget(context, target);
    throw new ApiError(
      501,
      'NotImplemented',
      `${resource.plural} "${name}": the sandbox runs no containers, so there is no ${subresource}`,
    );
  }
  if (subresource === 'scale' && resource.scale) {
    switch (verb) {
      case 'get':
        return getScale(context, target);
      case 'update':
        return updateScale(context, target);
      case 'patch':
        return patchScale(context, target);
      default:
        throw methodNotAllowed();
    }
  }
  if (subresource === 'status' && resource.statusSubresource) {
    switch (verb) {
      case 'get':
        return get(context, target);
      case 'update':
        return update(context, target);
      case 'patch':
        return patch(context, target);
      default:
        throw methodNotAllowed();
    }
  }
  throw resource.custom ? notFound(resource, name) : unknownResource();
}
