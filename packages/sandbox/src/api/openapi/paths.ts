import type { ResourceType } from '../../store/types';
import { patchTypes } from '../verbs/patch';

const REF = '#/components/schemas/';
const META = 'io.k8s.apimachinery.pkg.apis.meta.v1';
const SCALE = 'io.k8s.api.autoscaling.v1.Scale';

function pathParameters(names: readonly string[]) {
  return names.map(name => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string', uniqueItems: true },
  }));
}

const WRITE_PARAMETERS = ['dryRun', 'fieldManager', 'fieldValidation'];

function queryParameters(names: readonly string[]) {
  return names.map(name => ({
    name,
    in: 'query',
    schema: {
      type: name === 'force' ? 'boolean' : 'string',
      uniqueItems: true,
    },
  }));
}

class Operations {
  readonly #gvk: Record<string, string>;
  readonly #schema: Record<string, unknown>;

  constructor(gvk: Record<string, string>, schema: Record<string, unknown>) {
    this.#gvk = gvk;
    this.#schema = schema;
  }

  read(action: string) {
    return this.#operation(action);
  }

  write(action: string) {
    return {
      parameters: queryParameters(WRITE_PARAMETERS),
      requestBody: {
        content: { 'application/json': { schema: this.#schema } },
      },
      ...this.#operation(action),
    };
  }

  patch(types: readonly string[]) {
    const schema = { $ref: `${REF}${META}.Patch` };
    return {
      parameters: queryParameters([...WRITE_PARAMETERS, 'force']),
      requestBody: {
        required: true,
        content: Object.fromEntries(types.map(type => [type, { schema }])),
      },
      ...this.#operation('patch'),
    };
  }

  remove(action: string) {
    return {
      parameters: queryParameters(['dryRun', 'propagationPolicy']),
      ...this.#operation(action),
    };
  }

  #operation(action: string) {
    return {
      responses: {
        200: {
          description: 'OK',
          content: { 'application/json': { schema: this.#schema } },
        },
      },
      'x-kubernetes-action': action,
      'x-kubernetes-group-version-kind': this.#gvk,
    };
  }
}

/** The operations on one resource, as far as kubectl reads them: methods, kinds, patches and validation. */
export function pathsOf(
  resource: ResourceType,
  version: string,
  schemaName: string,
): Record<string, unknown> {
  const { group, plural, namespaced } = resource;
  const root = group ? `/apis/${group}/${version}` : `/api/${version}`;
  const collection = namespaced
    ? `${root}/namespaces/{namespace}/${plural}`
    : `${root}/${plural}`;
  const gvk = { group, version, kind: resource.kind };
  const schema = { $ref: `${REF}${schemaName}` };
  const operations = new Operations(gvk, schema);
  const scope = namespaced ? ['namespace'] : [];
  const item = [...scope, 'name'];
  const types = patchTypes(resource.custom);
  const paths: Record<string, unknown> = {};
  if (namespaced) {
    paths[`${root}/${plural}`] = {
      get: operations.read('list'),
      parameters: pathParameters([]),
    };
  }
  paths[collection] = {
    get: operations.read('list'),
    post: operations.write('post'),
    delete: operations.remove('deletecollection'),
    parameters: pathParameters(scope),
  };
  paths[`${collection}/{name}`] = {
    get: operations.read('get'),
    put: operations.write('put'),
    patch: operations.patch(types),
    delete: operations.remove('delete'),
    parameters: pathParameters(item),
  };
  if (resource.statusSubresource) {
    paths[`${collection}/{name}/status`] = {
      get: operations.read('get'),
      put: operations.write('put'),
      patch: operations.patch(types),
      parameters: pathParameters(item),
    };
  }
  if (resource.scale) {
    const scale = new Operations(
      { group: 'autoscaling', version: 'v1', kind: 'Scale' },
      { $ref: `${REF}${SCALE}` },
    );
    paths[`${collection}/{name}/scale`] = {
      get: scale.read('get'),
      put: scale.write('put'),
      patch: scale.patch(types),
      parameters: pathParameters(item),
    };
  }
  return paths;
}
