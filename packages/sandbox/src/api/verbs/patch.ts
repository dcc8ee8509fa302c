import { decodeObject } from '../../store/schema/decode';
import { asObject } from '../../store/schema/envelope';
import type { StoredObject } from '../../store/types';
import { isRecord } from '../../store/values';
import type { ObjectAnswer } from '../answer';
import { contentType, readValue, withinTarget, withType } from '../body';
import { inVersion, type ApiContext, type Target } from '../context';
import { applyConfiguration } from '../fieldManagement/apply';
import { configurationProblems } from '../fieldManagement/checkConfiguration';
import { jsonPatch } from '../patch/json';
import { mergePatch } from '../patch/merge';
import { strategicMergePatch } from '../patch/strategicMerge';
import { ApiError, badRequest, invalid } from '../status';
import {
  unknownFieldWarnings,
  writeOptions,
  type RequestWriteOptions,
} from '../writeOptions';
import { answerWith, readTarget } from './get';
import { storeNext, storeTracked, withReachable, writerOf } from './write';

const MERGE = 'application/merge-patch+json';
const JSON_PATCH = 'application/json-patch+json';
const STRATEGIC = 'application/strategic-merge-patch+json';
const APPLY = 'application/apply-patch+yaml';

/** The media types of the patches that a kind takes. */
export function patchTypes(custom: boolean): string[] {
  return custom
    ? [JSON_PATCH, MERGE, APPLY]
    : [JSON_PATCH, MERGE, STRATEGIC, APPLY];
}

export async function patch(
  context: ApiContext,
  target: Target,
): Promise<ObjectAnswer> {
  const type = contentType(target.request);
  refuseOtherTypes(type, target.resource.custom);
  return type === APPLY
    ? applyPatch(context, target)
    : changePatch(context, target, type);
}

export function refuseOtherTypes(type: string, custom: boolean): void {
  const accepted = patchTypes(custom);
  if (!accepted.includes(type)) {
    throw new ApiError(
      415,
      'UnsupportedMediaType',
      `the body of the request was in an unknown format - accepted media types include: ${accepted.join(
        ', ',
      )}`,
    );
  }
}

/** A patch that says what to change. */
async function changePatch(
  context: ApiContext,
  target: Target,
  type: string,
): Promise<ObjectAnswer> {
  const options = writeOptions(target.request, 'PatchOptions');
  const value = await readValue(target.request);
  const live = readTarget(context, target);
  const patched = patchedValue(context, target, type, live, value);
  const { object, warnings } = decodePatched(
    context,
    target,
    patched,
    options,
    message =>
      invalid({ group: '', kind: '' }, '', [
        {
          reason: 'FieldValueInvalid',
          message: `Invalid value: ${JSON.stringify(
            JSON.stringify(patched),
          )}: ${message}`,
          field: 'patch',
        },
      ]),
  );
  const stored = storeNext(context, target, live, object, options);
  return answerWith(target, stored, 200, warnings);
}

/** The live value with a patch of a type on it. */
export function patchedValue(
  { store }: ApiContext,
  { resource, version }: Target,
  type: string,
  live: unknown,
  value: unknown,
): unknown {
  switch (type) {
    case JSON_PATCH:
      return jsonPatch(live, value);
    case STRATEGIC:
      return strategicMergePatch(
        store.schemaOf(resource, version),
        live,
        value,
      );
    default:
      if (!isRecord(value)) {
        throw badRequest('error decoding patch: a merge patch is an object');
      }
      return mergePatch(live, value);
  }
}

/** Server-side apply: the body is the configuration that its manager wants, and creates what is not there. */
async function applyPatch(
  context: ApiContext,
  target: Target,
): Promise<ObjectAnswer> {
  const { store } = context;
  const { resource, version, apiVersion, namespace, name, request } = target;
  const options = writeOptions(request, 'PatchOptions');
  if (!request.query.get('fieldManager')) {
    throw invalid({ group: 'meta.k8s.io', kind: 'PatchOptions' }, '', [
      {
        reason: 'FieldValueRequired',
        message: 'Required value: is required for apply patch',
        field: 'fieldManager',
      },
    ]);
  }
  const configuration = await readConfiguration(target);
  const found = store.get(resource, namespace, name);
  const live = found && inVersion(apiVersion, found);
  const schema = store.schemaOf(resource, version);
  const problems = configurationProblems(schema, configuration);
  refuseProblems(target, configuration, problems);
  const next = applyConfiguration(
    schema,
    live,
    configuration,
    writerOf(context, target, options),
    request.query.get('force') === 'true',
    value => {
      const { object } = decodeObject(
        resource,
        schema,
        withinTarget(asObject(value), target),
      );
      return live ? withReachable(target, live, object) : object;
    },
  );
  if (!live) {
    const created = store.create(next, { dryRun: options.dryRun });
    return answerWith(target, created, 201);
  }
  const stored = storeTracked(context, target, next, options);
  return answerWith(target, stored);
}

/** The API server takes a configuration that does not fit for a failure of its own. */
function refuseProblems(
  { apiVersion, resource, name }: Target,
  { metadata }: StoredObject,
  problems: readonly string[],
): void {
  if (problems.length > 0) {
    const namespace = metadata.namespace ?? '';
    const what = `${namespace}/${name}; ${apiVersion}, Kind=${resource.kind}`;
    const text =
      problems.length === 1
        ? problems[0]
        : ['errors:', ...problems].join('\n  ');
    throw new ApiError(
      500,
      '',
      `failed to create typed patch object (${what}): ${text}`,
    );
  }
}

async function readConfiguration(target: Target): Promise<StoredObject> {
  const value = await readValue(target.request);
  if (!isRecord(value)) {
    throw badRequest('error decoding YAML: the body is not an object');
  }
  const configuration = asObject({ metadata: {}, ...value });
  // What the path adds is not what the manager applies, so the configuration stays as it was sent.
  withinTarget(configuration, target);
  if (configuration.metadata.managedFields) {
    throw badRequest('metadata.managedFields must be nil');
  }
  return configuration;
}

function decodePatched(
  { store }: ApiContext,
  target: Target,
  value: unknown,
  { fieldValidation }: RequestWriteOptions,
  refuse: (message: string) => ApiError,
): { object: StoredObject; warnings: string[] } {
  const { resource, version } = target;
  const object = withinTarget(asObject(withType(target, value)), target);
  const decoded = decodeObject(
    resource,
    store.schemaOf(resource, version),
    object,
  );
  if (decoded.unreadable) {
    throw refuse(decoded.unreadable);
  }
  return {
    object: decoded.object,
    warnings: unknownFieldWarnings(
      decoded.unknownFields,
      fieldValidation,
      refuse,
    ),
  };
}
