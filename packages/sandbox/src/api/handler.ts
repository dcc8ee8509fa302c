import type { ApiAnswer } from './answer';
import { targetOf, type ApiContext, type Target } from './context';
import {
  aggregatedAnswer,
  coreVersionsDocument,
  groupDocument,
  groupListDocument,
  isAggregated,
  resourceListDocument,
  versionDocument,
} from './discovery';
import { negotiate } from './negotiation';
import { openApiIndex, openApiV2, openApiV3 } from './openapi/documents';
import type { ApiRequest, ResourceRequest } from './requestInfo';
import { review, reviewKindAt } from './reviews';
import { ApiError, forbidden, unknownResource } from './status';
import { create } from './verbs/create';
import { deleteCollection, deleteOne } from './verbs/delete';
import { get } from './verbs/get';
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
  const { group, version, plural, namespace } = asked;
  const resource = context.store.resourceAt(group, version, plural);
  if (!resource || (namespace !== undefined && !isInScope(resource, asked))) {
    throw unknownResource();
  }
  const target = targetOf(request, resource, asked);
  return target.subresource
    ? handleSubresource(context, target)
    : handleObject(context, target);
}

/** A cluster-scoped resource is in no namespace; only a namespace is in itself. */
function isInScope(
  resource: { namespaced: boolean; plural: string; group: string },
  { plural, group }: ResourceRequest,
): boolean {
  return resource.namespaced || (plural === 'namespaces' && group === '');
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
      return needsName(target, update(context, target));
    case 'patch':
      return needsName(target, patch(context, target));
    case 'delete':
      return deleteOne(context, target);
    case 'deletecollection':
      return deleteCollection(context, target);
    default:
      throw methodNotAllowed();
  }
}

function needsName(
  { name }: Target,
  answer: Promise<ApiAnswer>,
): Promise<ApiAnswer> {
  if (!name) {
    throw methodNotAllowed();
  }
  return answer;
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
  throw unknownResource();
}

function methodNotAllowed(): ApiError {
  return new ApiError(
    405,
    'MethodNotAllowed',
    'the server does not allow this method on the requested resource',
    {},
  );
}

const HEALTH = ['healthz', 'livez', 'readyz'];

function handlePath(context: ApiContext, request: ApiRequest): ApiAnswer {
  const { store } = context;
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    throw methodNotAllowed();
  }
  const [root, ...rest] = request.info.path.split('/').filter(Boolean);
  const [first, second, third] = rest;
  const depth = rest.length;
  if (HEALTH.includes(root) && depth === 0) {
    return { type: 'text', body: 'ok' };
  }
  if (root === 'version' && depth === 0) {
    return document(versionDocument());
  }
  if ((root === 'api' || root === 'apis') && depth === 0) {
    const { as } = negotiate(request.headers.accept, isAggregated);
    if (as) {
      return aggregatedAnswer(store, root === 'api');
    }
    return document(
      root === 'api'
        ? coreVersionsDocument(request.headers.host ?? '')
        : groupListDocument(store),
    );
  }
  if (root === 'api' && depth === 1) {
    return document(resourceListDocument(store, '', first));
  }
  if (root === 'apis' && depth === 1) {
    return document(groupDocument(store, first));
  }
  if (root === 'apis' && depth === 2) {
    return document(resourceListDocument(store, first, second));
  }
  if (root === 'openapi' && first === 'v2' && depth === 1) {
    return document(openApiV2(store));
  }
  if (root === 'openapi' && first === 'v3') {
    if (depth === 1) {
      return document(openApiIndex(store));
    }
    if (second === 'api' && depth === 3) {
      return document(openApiV3(store, '', third));
    }
    if (second === 'apis' && depth === 4) {
      return document(openApiV3(store, third, rest[3]));
    }
  }
  throw unknownResource();
}

function document(body: unknown): ApiAnswer {
  return { type: 'document', code: 200, body };
}
