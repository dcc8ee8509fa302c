import type { IncomingHttpHeaders } from 'node:http';

/** What a request is about, as Kubernetes reads it from the method and the path. */
export interface RequestInfo {
  path: string;
  /** get, list, watch, create, update, patch, delete, deletecollection; the method for other paths. */
  verb: string;
  /** Absent where the path names no resource: discovery, health, OpenAPI. */
  resource?: ResourceRequest;
}

export interface ResourceRequest {
  group: string;
  version: string;
  namespace?: string;
  /** The plural. */
  plural: string;
  name?: string;
  subresource?: string;
}

/** A request whose caller is known. */
export interface ApiRequest {
  method: string;
  info: RequestInfo;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  user: UserInfo;
  /** Refuses with 413 what is larger than the server takes. */
  body(): Promise<Buffer>;
}

export interface UserInfo {
  name: string;
  uid?: string;
  groups: readonly string[];
}

const NAMED_VERBS = new Map([
  ['GET', 'get'],
  ['HEAD', 'get'],
  ['POST', 'create'],
  ['PUT', 'update'],
  ['PATCH', 'patch'],
  ['DELETE', 'delete'],
]);

export function requestInfo(
  method: string,
  path: string,
  query: URLSearchParams,
): RequestInfo {
  const resource = resourceRequest(path);
  if (!resource) {
    return { path, verb: method.toLowerCase() };
  }
  const verb = NAMED_VERBS.get(method) ?? method.toLowerCase();
  if (resource.name !== undefined) {
    return { path, verb, resource };
  }
  if (verb === 'get') {
    // A list of one name is authorized as a request for that name.
    const name = nameInFieldSelector(query.get('fieldSelector'));
    return {
      path,
      verb: isWatch(query) ? 'watch' : 'list',
      resource: { ...resource, ...(name && { name }) },
    };
  }
  return {
    path,
    verb: verb === 'delete' ? 'deletecollection' : verb,
    resource,
  };
}

export function isWatch(query: URLSearchParams): boolean {
  const value = query.get('watch');
  return value === '' || value === '1' || value?.toLowerCase() === 'true';
}

function nameInFieldSelector(selector: string | null): string | undefined {
  return selector?.split(',').reduce<string | undefined>((found, term) => {
    const match = /^metadata\.name==?([^=]+)$/.exec(term);
    return found ?? match?.[1];
  }, undefined);
}

/** Subresources of a namespace, which the path does not tell from the resources in it. */
const NAMESPACE_SUBRESOURCES = ['status', 'finalize'];

function resourceRequest(path: string): ResourceRequest | undefined {
  const [prefix, ...rest] = path.split('/').filter(Boolean);
  const segments = rest.map(decodeSegment);
  let group = '';
  if (prefix === 'apis') {
    group = segments.shift() ?? '';
  } else if (prefix !== 'api') {
    return undefined;
  }
  const version = segments.shift();
  if (version === undefined || segments.length === 0) {
    return undefined;
  }
  let namespace: string | undefined;
  if (
    segments[0] === 'namespaces' &&
    segments.length > 2 &&
    !NAMESPACE_SUBRESOURCES.includes(segments[2])
  ) {
    namespace = segments[1];
    segments.splice(0, 2);
  }
  const [plural, name, ...subresource] = segments;
  if (plural === 'namespaces' && group === '' && namespace === undefined) {
    // A namespace is in itself: whoever has a right in it may have the right to it.
    namespace = name;
  }
  return {
    group,
    version,
    plural,
    ...(namespace !== undefined && { namespace }),
    ...(name !== undefined && { name }),
    ...(subresource.length > 0 && { subresource: subresource.join('/') }),
  };
}

/** A path that is not well encoded names nothing. */
function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
