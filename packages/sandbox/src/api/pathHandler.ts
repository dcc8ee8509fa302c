import type { ApiAnswer, RawAnswer } from './answer';
import type { ApiContext } from './context';
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
import { openApiV2Protobuf } from './openapi/protobuf';
import type { ApiRequest } from './requestInfo';
import { methodNotAllowed } from './status';

const TEXT = 'text/plain; charset=utf-8';

/** What nobody serves is no matter of the API: the answer is no Status, but that of a web server. */
export const pageNotFound: RawAnswer = {
  type: 'raw',
  code: 404,
  contentType: TEXT,
  body: '404 page not found\n',
};

const HEALTH = ['healthz', 'livez', 'readyz'];

/** Answers for the paths that name no resource: health, version, discovery, OpenAPI. */
export function handlePath(
  context: ApiContext,
  request: ApiRequest,
): ApiAnswer {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    throw methodNotAllowed();
  }
  const [root, ...rest] = request.info.path.split('/').filter(Boolean);
  if (HEALTH.includes(root) && rest.length === 0) {
    return { type: 'raw', code: 200, contentType: TEXT, body: 'ok' };
  }
  if ((root === 'api' || root === 'apis') && rest.length === 0) {
    const { as } = negotiate(request.headers.accept, isAggregated);
    if (as) {
      return aggregatedAnswer(context.store, root === 'api');
    }
  }
  const isV2 = root === 'openapi' && rest.join('/') === 'v2';
  if (isV2 && request.headers.accept?.includes('+protobuf')) {
    return openApiV2Protobuf();
  }
  const body = documentAt(context, request, root, rest);
  return body === undefined
    ? pageNotFound
    : { type: 'document', code: 200, body };
}

function documentAt(
  { store }: ApiContext,
  { headers }: ApiRequest,
  root: string,
  rest: readonly string[],
): unknown {
  const [first, second, third, fourth] = rest;
  switch (`${root}/${rest.length}`) {
    case 'version/0':
      return versionDocument();
    case 'api/0':
      return coreVersionsDocument(headers.host ?? '');
    case 'api/1':
      return resourceListDocument(store, '', first);
    case 'apis/0':
      return groupListDocument(store);
    case 'apis/1':
      return groupDocument(store, first);
    case 'apis/2':
      return resourceListDocument(store, first, second);
    case 'openapi/1':
      return openApiRoot(store, first);
    case 'openapi/3':
      return first === 'v3' && second === 'api'
        ? openApiV3(store, '', third)
        : undefined;
    case 'openapi/4':
      return first === 'v3' && second === 'apis'
        ? openApiV3(store, third, fourth)
        : undefined;
    default:
      return undefined;
  }
}

function openApiRoot(store: ApiContext['store'], version: string): unknown {
  switch (version) {
    case 'v2':
      return openApiV2(store);
    case 'v3':
      return openApiIndex(store);
    default:
      return undefined;
  }
}
