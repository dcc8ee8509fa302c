import { parseDocument } from 'yaml';
import { splitGroupVersion } from '../store/groupVersion';
import { cannotBeHandled, decodeObject } from '../store/schema/decode';
import { asObject } from '../store/schema/envelope';
import type { StoredObject } from '../store/types';
import { isRecord } from '../store/values';
import type { ApiContext, Target } from './context';
import { decodeProtobuf, PROTOBUF } from './protobuf/decode';
import type { ApiRequest } from './requestInfo';
import { ApiError, badRequest } from './status';
import { unknownFieldWarnings, type RequestWriteOptions } from './writeOptions';

/** The media type of the body without its parameters. */
export function contentType(request: ApiRequest): string {
  const [type] = (request.headers['content-type'] ?? '').split(';');
  return type.trim().toLowerCase() || 'application/json';
}

/** The body as a value; undefined where there is none. 400 says what is wrong with it. */
export async function readValue(request: ApiRequest): Promise<unknown> {
  const body = await request.body();
  const type = contentType(request);
  if (type === PROTOBUF && body.length > 0) {
    return decodeProtobuf(body);
  }
  const text = body.toString('utf8');
  if (text.trim() === '') {
    return undefined;
  }
  if (type === 'application/json' || type.endsWith('+json')) {
    return parseJson(text);
  }
  if (type === 'application/yaml' || type.endsWith('+yaml')) {
    return parseYaml(text);
  }
  throw new ApiError(
    415,
    'UnsupportedMediaType',
    'the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, application/vnd.kubernetes.protobuf',
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw badRequest(
      `the body of the request is not JSON: ${
        error instanceof Error ? error.message : error
      }`,
    );
  }
}

function parseYaml(text: string): unknown {
  const document = parseDocument(text, { version: '1.1', merge: true });
  const [problem] = document.errors;
  if (problem) {
    throw badRequest(`error decoding YAML: ${problem.message}`);
  }
  return document.toJS({ maxAliasCount: 100 });
}

/** The body as an object of the target's kind, with what its schema has to say. */
export async function readObject(
  context: ApiContext,
  target: Target,
  options: RequestWriteOptions,
): Promise<{ object: StoredObject; warnings: string[] }> {
  const value = await readValue(target.request);
  if (value === undefined) {
    throw badRequest('the request has no body: an object is expected');
  }
  const object = withinTarget(asObject(withType(target, value)), target);
  const { resource, version } = target;
  const schema = context.store.schemaOf(resource, version);
  const decoded = decodeObject(resource, schema, object);
  const refuse = (reason: string) =>
    cannotBeHandled(resource.kind, version, resource.kind, reason);
  if (decoded.unreadable) {
    throw refuse(decoded.unreadable);
  }
  const warnings = unknownFieldWarnings(
    decoded.unknownFields,
    options.fieldValidation,
    refuse,
  );
  return { object: decoded.object, warnings };
}

/** A body that does not say what it is, is what the path says; but a custom resource must say it. */
export function withType(target: Target, value: unknown): unknown {
  if (!isRecord(value)) {
    return value;
  }
  const { resource, apiVersion } = target;
  return {
    ...(!resource.custom && { apiVersion, kind: resource.kind }),
    metadata: {},
    ...value,
  };
}

/** Refuses an object that contradicts the path; else the object with the path's namespace. */
export function withinTarget(
  object: StoredObject,
  { resource, apiVersion, namespace, name }: Target,
): StoredObject {
  if (object.kind !== resource.kind) {
    const { version } = splitGroupVersion(object.apiVersion);
    throw cannotBeHandled(
      object.kind,
      version,
      resource.kind,
      `the path is one of ${resource.plural}`,
    );
  }
  if (object.apiVersion !== apiVersion) {
    throw badRequest(
      `the API version in the data (${object.apiVersion}) does not match the expected API version (${apiVersion})`,
    );
  }
  const { metadata } = object;
  if (name && !metadata.name) {
    throw badRequest(
      `the name of the object (${name} based on URL) was undeterminable: name must be provided`,
    );
  }
  if (name && metadata.name && metadata.name !== name) {
    throw badRequest(
      `the name of the object (${metadata.name}) does not match the name on the URL (${name})`,
    );
  }
  if (
    metadata.namespace &&
    namespace !== undefined &&
    metadata.namespace !== namespace
  ) {
    throw badRequest(
      'the namespace of the provided object does not match the namespace sent on the request',
    );
  }
  return {
    ...object,
    metadata: {
      ...metadata,
      ...(name && { name }),
      ...(resource.namespaced && namespace !== undefined && { namespace }),
    },
  };
}
