import { stringify } from 'yaml';
import { groupVersionOf } from '../store/groupVersion';
import type { ResourceType, StoredObject } from '../store/types';
import type {
  ApiAnswer,
  ListAnswer,
  ObjectAnswer,
  WatchAnswer,
  WatchEvent,
} from './answer';
import type { ApiContext } from './context';
import { negotiate, type MediaType } from './negotiation';
import type { ApiRequest } from './requestInfo';
import { ApiError } from './status';
import { columnsOf, partialMetadata, toTable } from './table/table';

/** An answer as it goes over the wire. */
export interface WireAnswer {
  code: number;
  contentType: string;
  headers: Record<string, string>;
  body: string | Uint8Array;
}

type Caller = Pick<ApiRequest, 'query' | 'headers'>;

const TRANSFORMATIONS = [
  'Table',
  'PartialObjectMetadata',
  'PartialObjectMetadataList',
];

function servesTransformation({ as, group, version }: MediaType): boolean {
  return (
    TRANSFORMATIONS.includes(as ?? '') &&
    group === 'meta.k8s.io' &&
    version === 'v1'
  );
}

export function render(
  context: ApiContext,
  caller: Caller,
  answer: Exclude<ApiAnswer, WatchAnswer>,
): WireAnswer {
  if (answer.type === 'raw') {
    return { ...answer, headers: {} };
  }
  if (answer.type === 'document' && answer.contentType) {
    const { code, contentType, headers = {}, body } = answer;
    return { code, contentType, headers, body: JSON.stringify(body) };
  }
  const media = negotiate(
    caller.headers.accept,
    form =>
      (answer.type === 'object' || answer.type === 'list') &&
      servesTransformation(form),
  );
  return {
    ...headOf(answer),
    contentType: media.contentType,
    body: serialize(bodyOf(context, caller, answer, media), media, caller),
  };
}

function headOf(
  answer: Exclude<ApiAnswer, WatchAnswer | { type: 'raw' }>,
): Pick<WireAnswer, 'code' | 'headers'> {
  switch (answer.type) {
    case 'object':
      return { code: answer.code, headers: warningHeaders(answer) };
    case 'list':
      return { code: 200, headers: {} };
    case 'status':
      return { code: answer.status.code ?? 200, headers: {} };
    default:
      return { code: answer.code, headers: answer.headers ?? {} };
  }
}

function warningHeaders({
  warnings = [],
}: ObjectAnswer): Record<string, string> {
  return warnings.length === 0
    ? {}
    : {
        warning: warnings.map(warning => `299 - ${quoted(warning)}`).join(', '),
      };
}

/** A text as a header can have it. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[^\x20-\x7e]/g,
    letter => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function bodyOf(
  context: ApiContext,
  caller: Caller,
  answer: Exclude<ApiAnswer, WatchAnswer | { type: 'raw' }>,
  media: MediaType,
): unknown {
  switch (answer.type) {
    case 'object':
      return objectBody(context, caller, answer, media);
    case 'list':
      return listBody(context, caller, answer, media);
    case 'status':
      return answer.status;
    default:
      return answer.body;
  }
}

function objectBody(
  context: ApiContext,
  caller: Caller,
  { resource, version, object }: ObjectAnswer,
  media: MediaType,
): unknown {
  switch (media.as) {
    case 'Table': {
      const { resourceVersion } = object.metadata;
      return tableOf(context, caller, resource, version, [object], {
        resourceVersion,
      });
    }
    case 'PartialObjectMetadata':
      return partialMetadata(object);
    default:
      return object;
  }
}

function listBody(
  context: ApiContext,
  caller: Caller,
  { resource, version, items, metadata }: ListAnswer,
  media: MediaType,
): unknown {
  switch (media.as) {
    case 'Table':
      return tableOf(context, caller, resource, version, items, {
        ...metadata,
      });
    case 'PartialObjectMetadata':
      throw new ApiError(
        406,
        'NotAcceptable',
        `you requested PartialObjectMetadata, but the requested object is a list (${resource.kind}List)`,
      );
    case 'PartialObjectMetadataList':
      return {
        kind: 'PartialObjectMetadataList',
        apiVersion: 'meta.k8s.io/v1',
        metadata,
        items: items.map(partialMetadata),
      };
    default:
      return {
        kind: `${resource.kind}List`,
        apiVersion: groupVersionOf(resource.group, version),
        metadata,
        items: resource.custom ? items : items.map(withoutType),
      };
  }
}

/** The items of a list of a built-in kind do not say again what the list says. */
function withoutType({
  apiVersion: _version,
  kind: _kind,
  ...item
}: StoredObject) {
  return item;
}

function tableOf(
  context: ApiContext,
  { query }: Caller,
  resource: ResourceType,
  version: string,
  objects: readonly StoredObject[],
  metadata: Record<string, unknown>,
  headers: boolean = true,
) {
  const include = query.get('includeObject');
  return toTable(
    columnsOf(resource, version, context.store),
    objects,
    metadata,
    {
      includeObject:
        include === 'Object' || include === 'None' ? include : 'Metadata',
      headers,
      now: context.now(),
    },
  );
}

/** Makes the frames of a watch in the form that the client accepts. */
export function watchFrames(
  context: ApiContext,
  caller: Caller,
  { resource, version }: WatchAnswer,
): { contentType: string; frame: (event: WatchEvent) => string } {
  const media = negotiate(
    caller.headers.accept?.replace(/;stream=watch/g, ''),
    servesTransformation,
  );
  let first = true;
  const objectOf = (object: StoredObject) => {
    switch (media.as) {
      case 'Table': {
        const { resourceVersion } = object.metadata;
        const table = tableOf(
          context,
          caller,
          resource,
          version,
          [object],
          { resourceVersion },
          first,
        );
        first = false;
        return table;
      }
      case 'PartialObjectMetadata':
      case 'PartialObjectMetadataList':
        return partialMetadata(object);
      default:
        return object;
    }
  };
  return {
    contentType: 'application/json',
    frame: event => `${JSON.stringify(frameOf(event, objectOf, bookmark))}\n`,
  };

  function bookmark(resourceVersion: string, initialEventsEnd: boolean) {
    const metadata = {
      resourceVersion,
      creationTimestamp: null,
      ...(initialEventsEnd && {
        annotations: { 'k8s.io/initial-events-end': 'true' },
      }),
    };
    return {
      kind: media.as?.startsWith('Partial')
        ? 'PartialObjectMetadata'
        : resource.kind,
      apiVersion: media.as?.startsWith('Partial')
        ? 'meta.k8s.io/v1'
        : groupVersionOf(resource.group, version),
      metadata,
    };
  }
}

function frameOf(
  event: WatchEvent,
  objectOf: (object: StoredObject) => unknown,
  bookmark: (resourceVersion: string, initialEventsEnd: boolean) => unknown,
) {
  switch (event.type) {
    case 'ERROR':
      return { type: event.type, object: event.status };
    case 'BOOKMARK':
      return {
        type: event.type,
        object: bookmark(event.resourceVersion, event.initialEventsEnd),
      };
    default:
      return { type: event.type, object: objectOf(event.object) };
  }
}

/** Programs that people look through get indented JSON, as from the API server. */
const BROWSERS = /^(curl|Wget|Mozilla)/;

function serialize(body: unknown, media: MediaType, caller: Caller): string {
  if (media.format === 'yaml') {
    return stringify(body, { version: '1.1', aliasDuplicateObjects: false });
  }
  const pretty = caller.query.get('pretty');
  const indents =
    pretty === null
      ? BROWSERS.test(caller.headers['user-agent'] ?? '')
      : pretty !== 'false' && pretty !== '0';
  return indents ? `${JSON.stringify(body, null, 2)}\n` : JSON.stringify(body);
}
