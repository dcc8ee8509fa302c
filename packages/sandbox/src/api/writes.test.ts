import { listOf, recordOf } from '../store/values';
import {
  configMap,
  deployment,
  nameOf,
  TestCluster,
  thing,
  thingDefinition,
} from './__testUtils__/cluster';

const MAPS = '/api/v1/namespaces/shop/configmaps';
const DEPLOYMENTS = '/apis/apps/v1/namespaces/shop/deployments';
const CRDS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const THINGS = '/apis/example.com/v1/namespaces/shop/things';
const MERGE = 'application/merge-patch+json';
const JSON_PATCH = 'application/json-patch+json';
const STRATEGIC = 'application/strategic-merge-patch+json';
const APPLY = 'application/apply-patch+yaml';

const SPEC = {
  type: 'object',
  properties: {
    size: { type: 'integer', minimum: 1 },
    mode: { type: 'string', default: 'A' },
    items: {
      type: 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name'],
      items: {
        type: 'object',
        required: ['name'],
        properties: { name: { type: 'string' }, value: { type: 'string' } },
      },
    },
  },
};

let cluster: TestCluster;
beforeEach(async () => {
  cluster = await TestCluster.start();
});
afterEach(() => cluster.close());

describe('create', () => {
  it('stores an object and records who made it', async () => {
    const { code, body } = await cluster.post(
      `${MAPS}?fieldManager=me`,
      configMap('a'),
    );
    expect(code).toBe(201);
    expect(body).toMatchObject({
      kind: 'ConfigMap',
      metadata: {
        name: 'a',
        namespace: 'shop',
        uid: expect.any(String),
        resourceVersion: expect.any(String),
        managedFields: [
          {
            manager: 'me',
            operation: 'Update',
            apiVersion: 'v1',
            fieldsType: 'FieldsV1',
            fieldsV1: { 'f:data': { '.': {}, 'f:key': {} } },
          },
        ],
      },
    });
  });

  it('takes YAML, and names the manager after the program', async () => {
    const { body } = await cluster.post(
      MAPS,
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {x: "1"}\n',
      { type: 'application/yaml', headers: { 'user-agent': 'curl/8.0 (x)' } },
    );
    expect(body).toMatchObject({
      data: { x: '1' },
      metadata: { managedFields: [{ manager: 'curl' }] },
    });
  });

  it('makes a name', async () => {
    const { body } = await cluster.post(MAPS, {
      metadata: { generateName: 'job-' },
    });
    expect(nameOf(body)).toMatch(/^job-[a-z0-9]{5}$/);
  });

  it('does all but store in a dry run', async () => {
    const planned = await cluster.post(`${MAPS}?dryRun=All`, configMap('a'));
    expect(planned.code).toBe(201);
    expect(planned.body).toMatchObject({ metadata: { name: 'a' } });
    expect((await cluster.get(`${MAPS}/a`)).code).toBe(404);
  });

  it.each([
    ['{bad', 'the body of the request is not JSON'],
    ['', 'the request has no body: an object is expected'],
    ['[]', 'the object is not a mapping of fields'],
    [
      '{"kind": "Secret", "metadata": {"name": "a"}}',
      'Secret in version "v1" cannot be handled as a ConfigMap',
    ],
    [
      '{"apiVersion": "v2", "metadata": {"name": "a"}}',
      'the API version in the data (v2) does not match the expected API version (v1)',
    ],
    [
      '{"metadata": {"name": "a", "namespace": "bank"}}',
      'the namespace of the provided object does not match the namespace sent on the request',
    ],
    [
      '{"metadata": {"name": "a", "resourceVersion": "5"}}',
      'resourceVersion should not be set on objects to be created',
    ],
    [
      '{"metadata": {"name": "a", "labels": {"x": 1}}}',
      'the metadata cannot be read: Invalid value: "integer": metadata.labels.x',
    ],
    [
      '{"metadata": {"name": "a"}, "data": {"x": 1}}',
      'ConfigMap in version "v1" cannot be handled as a ConfigMap: data.x: Invalid value: "integer"',
    ],
  ])('refuses the body %s', async (body, message) => {
    const answer = await cluster.post(MAPS, body);
    expect(answer.code).toBe(400);
    expect(answer.body).toMatchObject({ kind: 'Status', reason: 'BadRequest' });
    expect(answer.body.message).toContain(message);
  });

  it('says where YAML is wrong', async () => {
    const { code, body } = await cluster.post(MAPS, 'a: [b', {
      type: 'application/yaml',
    });
    expect(code).toBe(400);
    expect(body.message).toMatch(/^error decoding YAML: .* line 1/);
  });

  it('refuses media types that it does not read, and bodies that are too large', async () => {
    const xml = await cluster.post(MAPS, '<a/>', { type: 'application/xml' });
    expect([xml.code, xml.body.reason]).toEqual([415, 'UnsupportedMediaType']);
    const large = await cluster.post(
      MAPS,
      configMap('a', { x: 'x'.repeat(3 * 1024 * 1024) }),
    );
    expect([large.code, large.body.reason]).toEqual([
      413,
      'RequestEntityTooLarge',
    ]);
    expect(large.body.message).toBe(
      'Request entity too large: limit is 3145728',
    );
  });

  it.each([
    [
      'dryRun=Some',
      'dryRun: Unsupported value: ["Some"]: supported values: "All"',
    ],
    ['fieldValidation=Maybe', 'fieldValidation: Unsupported value: "Maybe"'],
    [
      `fieldManager=${'m'.repeat(129)}`,
      'fieldManager: Too long: may not be more than 128 bytes',
    ],
  ])('refuses ?%s', async (query, message) => {
    const { code, body } = await cluster.post(
      `${MAPS}?${query}`,
      configMap('a'),
    );
    expect(code).toBe(422);
    expect(body.message).toContain(message);
  });

  it('refuses, warns of or ignores unknown fields, as it is told', async () => {
    const typo = { ...configMap('a'), dta: {} };
    const strict = await cluster.post(`${MAPS}?fieldValidation=Strict`, typo);
    expect(strict.code).toBe(400);
    expect(strict.body.message).toBe(
      'ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: unknown field "dta"',
    );
    const warned = await cluster.post(`${MAPS}?dryRun=All`, typo);
    expect(warned.headers.warning).toBe('299 - "unknown field \\"dta\\""');
    expect(warned.body).not.toHaveProperty('dta');
    const foreign = await cluster.post(`${MAPS}?dryRun=All`, {
      ...configMap('a'),
      größe: 1,
    });
    expect(foreign.headers.warning).toBe(
      '299 - "unknown field \\"gr\\u00f6\\u00dfe\\""',
    );
    const ignored = await cluster.post(`${MAPS}?fieldValidation=Ignore`, typo);
    expect(ignored.headers.warning).toBeUndefined();
  });

  it('tells all that is wrong with a custom resource', async () => {
    await cluster.post(CRDS, thingDefinition(SPEC));
    const { code, body } = await cluster.post(
      THINGS,
      thing('t', { size: 0, items: [{ value: 'x' }] }),
    );
    expect(code).toBe(422);
    expect(body).toMatchObject({
      reason: 'Invalid',
      message:
        'Thing.example.com "t" is invalid: [spec.size: Invalid value: 0: spec.size in body should be greater than or equal to 1, spec.items[0].name: Required value]',
      details: {
        name: 't',
        group: 'example.com',
        kind: 'Thing',
        causes: [
          { reason: 'FieldValueInvalid', field: 'spec.size' },
          { reason: 'FieldValueRequired', field: 'spec.items[0].name' },
        ],
      },
    });
  });

  it('fills in and prunes a custom resource, and leaves its status out', async () => {
    await cluster.post(CRDS, thingDefinition(SPEC));
    const { body } = await cluster.post(THINGS, {
      ...thing('t', { size: 1, unknown: 1 }),
      status: { phase: 'x' },
    });
    expect(body.spec).toEqual({ size: 1, mode: 'A' });
    expect(body).not.toHaveProperty('status');
  });

  it('refuses a method where the path has none', async () => {
    for (const [method, path] of [
      ['POST', `${MAPS}/a`],
      ['POST', '/api/v1/configmaps'],
      ['PUT', MAPS],
      ['PATCH', MAPS],
      ['POST', '/version'],
    ] as const) {
      const { code, body } = await cluster.call(method, path, { body: {} });
      expect([path, code, body.reason]).toEqual([
        path,
        405,
        'MethodNotAllowed',
      ]);
    }
  });
});

describe('update', () => {
  it('replaces an object, if it is the one that the client knows', async () => {
    const first = await cluster.post(MAPS, configMap('a', { x: '1' }));
    const second = await cluster.call('PUT', `${MAPS}/a`, {
      body: configMap('a', { y: '2' }),
    });
    expect(second.body.data).toEqual({ y: '2' });
    const stale = await cluster.call('PUT', `${MAPS}/a`, { body: first.body });
    expect(stale.code).toBe(409);
    expect(stale.body).toMatchObject({
      reason: 'Conflict',
      message:
        'Operation cannot be fulfilled on configmaps "a": the object has been modified; please apply your changes to the latest version and try again',
    });
  });

  it.each([
    [
      'a',
      configMap('b'),
      400,
      'the name of the object (b) does not match the name on the URL (a)',
    ],
    [
      'a',
      { metadata: {} },
      400,
      'the name of the object (a based on URL) was undeterminable: name must be provided',
    ],
    [
      'a',
      configMap('a', {}, { uid: 'x' }),
      409,
      'Precondition failed: UID in precondition: x',
    ],
    ['b', configMap('b'), 404, 'configmaps "b" not found'],
  ])('refuses for %s the body %j', async (name, body, code, message) => {
    await cluster.post(MAPS, configMap('a'));
    const answer = await cluster.call('PUT', `${MAPS}/${name}`, { body });
    expect(answer.code).toBe(code);
    expect(answer.body.message).toContain(message);
  });

  it('needs to know which state of a custom resource is replaced', async () => {
    await cluster.post(CRDS, thingDefinition(SPEC));
    await cluster.post(THINGS, thing('t', { size: 1 }));
    const { code, body } = await cluster.call('PUT', `${THINGS}/t`, {
      body: thing('t', { size: 2 }),
    });
    expect(code).toBe(422);
    expect(body.message).toContain(
      'metadata.resourceVersion: Invalid value: 0: must be specified for an update',
    );
  });

  it('reaches either the status or the rest', async () => {
    await cluster.post(CRDS, thingDefinition(SPEC));
    await cluster.post(THINGS, thing('t', { size: 1 }));
    const status = await cluster.patch(`${THINGS}/t/status`, MERGE, {
      spec: { size: 9 },
      status: { phase: 'Up' },
    });
    expect(status.body).toMatchObject({
      spec: { size: 1 },
      status: { phase: 'Up' },
      metadata: { generation: 1 },
    });
    const rest = await cluster.patch(`${THINGS}/t`, MERGE, {
      spec: { size: 2 },
      status: { phase: 'Down' },
    });
    expect(rest.body).toMatchObject({
      spec: { size: 2 },
      status: { phase: 'Up' },
      metadata: {
        generation: 2,
        managedFields: [
          { fieldsV1: { 'f:spec': {} } },
          {
            subresource: 'status',
            fieldsV1: { 'f:status': { '.': {}, 'f:phase': {} } },
          },
        ],
      },
    });
  });
});

describe('patch', () => {
  it('takes the three forms', async () => {
    await cluster.post(DEPLOYMENTS, deployment('web'));
    const merged = await cluster.patch(`${DEPLOYMENTS}/web`, MERGE, {
      spec: { replicas: 2 },
    });
    expect(recordOf(merged.body.spec).replicas).toBe(2);
    const operated = await cluster.patch(`${DEPLOYMENTS}/web`, JSON_PATCH, [
      { op: 'replace', path: '/spec/replicas', value: 3 },
    ]);
    expect(recordOf(operated.body.spec).replicas).toBe(3);
    const strategic = await cluster.patch(`${DEPLOYMENTS}/web`, STRATEGIC, {
      spec: {
        template: { spec: { containers: [{ name: 'side', image: 'side:1' }] } },
      },
    });
    expect(strategic.body.spec).toMatchObject({
      template: { spec: { containers: [{ name: 'side' }, { name: 'web' }] } },
    });
  });

  it('knows no merge keys of custom resources', async () => {
    await cluster.post(CRDS, thingDefinition(SPEC));
    await cluster.post(THINGS, thing('t'));
    const { code, body } = await cluster.patch(`${THINGS}/t`, STRATEGIC, {});
    expect(code).toBe(415);
    expect(body.message).toBe(
      'the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml',
    );
  });

  it.each([
    [MERGE, [1], 400, 'error decoding patch: a merge patch is an object'],
    [MERGE, '{', 400, 'the body of the request is not JSON'],
    [
      MERGE,
      { metadata: { name: 'b' } },
      400,
      'does not match the name on the URL (a)',
    ],
    [
      MERGE,
      { metadata: { resourceVersion: '1' } },
      409,
      'the object has been modified',
    ],
    [MERGE, { data: { x: 1 } }, 422, 'patch: Invalid value'],
    [
      JSON_PATCH,
      [{ op: 'test', path: '/data/key', value: 'x' }],
      422,
      'the server rejected our request',
    ],
    [
      'application/json',
      {},
      415,
      'accepted media types include: application/json-patch+json',
    ],
  ])('refuses as %s the body %j', async (type, patch, code, message) => {
    await cluster.post(MAPS, configMap('a'));
    const answer = await cluster.patch(`${MAPS}/a`, type, patch);
    expect(answer.code).toBe(code);
    expect(answer.body.message).toContain(message);
  });

  it('changes nothing in a dry run, and makes no version where nothing changes', async () => {
    await cluster.post(MAPS, configMap('a'));
    const before = cluster.store.resourceVersion;
    const planned = await cluster.patch(`${MAPS}/a?dryRun=All`, MERGE, {
      data: { key: 'other' },
    });
    expect(planned.body.data).toEqual({ key: 'other' });
    await cluster.patch(`${MAPS}/a`, MERGE, { data: { key: 'value' } });
    expect(cluster.store.resourceVersion).toBe(before);
  });
});

describe('server-side apply', () => {
  const apply = (path: string, manager: string, body: unknown, query = '') =>
    cluster.patch(`${path}?fieldManager=${manager}${query}`, APPLY, body);

  it('creates, changes and removes what its manager applies', async () => {
    await cluster.post(CRDS, thingDefinition(SPEC));
    const items = [{ name: 'a', value: '1' }, { name: 'b' }];
    const first = await apply(
      `${THINGS}/t`,
      'm1',
      thing('t', { size: 1, items }),
    );
    expect(first.code).toBe(201);
    expect(first.body.metadata).toMatchObject({
      managedFields: [{ manager: 'm1', operation: 'Apply' }],
    });
    await apply(`${THINGS}/t`, 'm2', thing('t', { items: [{ name: 'c' }] }));
    const second = await apply(
      `${THINGS}/t`,
      'm1',
      thing('t', { size: 2, items: [{ name: 'b' }] }),
    );
    expect(second.code).toBe(200);
    expect(second.body.spec).toEqual({
      size: 2,
      mode: 'A',
      items: [{ name: 'b' }, { name: 'c' }],
    });
  });

  it('refuses what another owns, unless it is forced', async () => {
    const replicas = (count: number) => ({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web' },
      spec: { replicas: count },
    });
    await apply(`${DEPLOYMENTS}/web`, 'm1', deployment('web', { replicas: 1 }));
    await cluster.patch(`${DEPLOYMENTS}/web/scale?fieldManager=hand`, MERGE, {
      spec: { replicas: 5 },
    });
    const refused = await apply(`${DEPLOYMENTS}/web`, 'm2', replicas(2));
    expect(refused.code).toBe(409);
    expect(refused.body).toMatchObject({
      reason: 'Conflict',
      message:
        'Apply failed with 1 conflict: conflict with "hand" with subresource "scale" using apps/v1: .spec.replicas',
      details: {
        causes: [
          {
            reason: 'FieldManagerConflict',
            message:
              'conflict with "hand" with subresource "scale" using apps/v1',
            field: '.spec.replicas',
          },
        ],
      },
    });
    const forced = await apply(
      `${DEPLOYMENTS}/web`,
      'm2',
      replicas(2),
      '&force=true',
    );
    expect(recordOf(forced.body.spec).replicas).toBe(2);
  });

  it.each([
    [
      '',
      thing('t'),
      422,
      'fieldManager: Required value: is required for apply patch',
    ],
    [
      '?fieldManager=m',
      thing('other'),
      400,
      'does not match the name on the URL (t)',
    ],
    ['?fieldManager=m', { spec: {} }, 400, "Object 'kind' is missing"],
    ['?fieldManager=m', 'a: [', 400, 'error decoding YAML'],
    [
      '?fieldManager=m',
      'text',
      400,
      'error decoding YAML: the body is not an object',
    ],
    [
      '?fieldManager=m',
      { ...thing('t'), metadata: { name: 't', managedFields: [{}] } },
      400,
      'metadata.managedFields must be nil',
    ],
    [
      '?fieldManager=m',
      thing('t', { typo: 1 }),
      500,
      'failed to create typed patch object (/t; example.com/v1, Kind=Thing): .spec.typo: field not declared in schema',
    ],
    [
      '?fieldManager=m',
      thing('t', { size: 'x' }),
      500,
      '.spec.size: expected numeric (int or float), got string',
    ],
    [
      '?fieldManager=m',
      thing('t', { items: [{ name: 'a' }, { name: 'a' }] }),
      500,
      '.spec.items: duplicate entries for key [name="a"]',
    ],
    [
      '?fieldManager=m',
      thing('t', { size: 0 }),
      422,
      'spec.size: Invalid value: 0',
    ],
  ])('refuses %s %j', async (query, body, code, message) => {
    await cluster.post(CRDS, thingDefinition(SPEC));
    const answer = await cluster.patch(`${THINGS}/t${query}`, APPLY, body);
    expect(answer.code).toBe(code);
    expect(answer.body.message).toContain(message);
  });

  it('stores nothing in a dry run', async () => {
    const planned = await apply(
      `${MAPS}/a`,
      'm',
      configMap('a'),
      '&dryRun=All',
    );
    expect(planned.code).toBe(201);
    expect((await cluster.get(`${MAPS}/a`)).code).toBe(404);
  });
});

describe('scale', () => {
  it('is a view of the replicas that can be changed', async () => {
    await cluster.post(DEPLOYMENTS, deployment('web', { replicas: 2 }));
    expect((await cluster.get(`${DEPLOYMENTS}/web/scale`)).body).toMatchObject({
      kind: 'Scale',
      apiVersion: 'autoscaling/v1',
      metadata: { name: 'web', namespace: 'shop' },
      spec: { replicas: 2 },
      status: { replicas: 0, selector: 'app=web' },
    });
    const put = await cluster.call('PUT', `${DEPLOYMENTS}/web/scale`, {
      body: { metadata: { name: 'web' }, spec: { replicas: 0 } },
    });
    expect(put.body.spec).toEqual({ replicas: 0 });
    const refused = await cluster.patch(`${DEPLOYMENTS}/web/scale`, MERGE, {
      spec: { replicas: -1 },
    });
    expect(refused.code).toBe(422);
    expect((await cluster.get(`${DEPLOYMENTS}/web`)).body).toMatchObject({
      spec: { replicas: 0 },
    });
  });

  it('follows the paths of a definition', async () => {
    await cluster.post(
      CRDS,
      thingDefinition(
        { type: 'object', properties: { count: { type: 'integer' } } },
        {
          subresources: {
            scale: {
              specReplicasPath: '.spec.count',
              statusReplicasPath: '.status.count',
            },
          },
        },
      ),
    );
    await cluster.post(THINGS, thing('t', { count: 1 }));
    await cluster.patch(`${THINGS}/t/scale`, MERGE, { spec: { replicas: 4 } });
    expect((await cluster.get(`${THINGS}/t`)).body.spec).toEqual({ count: 4 });
  });
});

describe('delete', () => {
  it('answers a Status, or the object for some built-in kinds', async () => {
    const { body: map } = await cluster.post(MAPS, configMap('a'));
    const deleted = await cluster.call('DELETE', `${MAPS}/a`);
    expect(deleted.body).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Success',
      details: {
        name: 'a',
        kind: 'configmaps',
        uid: recordOf(map.metadata).uid,
      },
    });
    expect((await cluster.call('DELETE', `${MAPS}/a`)).code).toBe(404);
    const accounts = '/api/v1/namespaces/shop/serviceaccounts';
    await cluster.post(accounts, { metadata: { name: 's' } });
    expect((await cluster.call('DELETE', `${accounts}/s`)).body).toMatchObject({
      kind: 'ServiceAccount',
    });
  });

  it('deletes what a selector selects', async () => {
    for (const name of ['a', 'b', 'c']) {
      const labels = { group: name === 'c' ? 'other' : 'one' };
      await cluster.post(MAPS, configMap(name, {}, { labels }));
    }
    const deleted = await cluster.call(
      'DELETE',
      `${MAPS}?labelSelector=group%3Done`,
    );
    expect(listOf(deleted.body.items).map(nameOf)).toEqual(['a', 'b']);
    const { items } = (await cluster.get(MAPS)).body;
    expect(listOf(items).map(nameOf)).toEqual(['c']);
  });

  it('respects preconditions, dry runs and finalizers', async () => {
    await cluster.post(MAPS, configMap('a', {}, { finalizers: ['a/b'] }));
    const remove = (body?: unknown, query = '') =>
      cluster.call('DELETE', `${MAPS}/a${query}`, { body });
    const wrong = await remove({ preconditions: { uid: 'x' } });
    expect(wrong.code).toBe(409);
    expect(wrong.body.message).toContain(
      'the UID in the precondition (x) does not match the UID in record',
    );
    await remove(undefined, '?dryRun=All');
    await remove({ dryRun: ['All'] });
    const { body } = await cluster.get(`${MAPS}/a`);
    expect(body.metadata).not.toHaveProperty('deletionTimestamp');
    const marked = await remove();
    expect(marked.body).toMatchObject({
      kind: 'ConfigMap',
      metadata: { deletionTimestamp: expect.any(String) },
    });
    const again = await cluster.post(MAPS, configMap('a'));
    expect(again.body.message).toBe(
      'object is being deleted: configmaps "a" already exists',
    );
    await cluster.patch(`${MAPS}/a`, MERGE, { metadata: { finalizers: null } });
    expect((await cluster.get(`${MAPS}/a`)).code).toBe(404);
  });

  it('lets go of what an object owned, where it is told to', async () => {
    const { body } = await cluster.post(MAPS, configMap('owner'));
    const { uid } = recordOf(body.metadata);
    const owned = {
      ownerReferences: [
        { apiVersion: 'v1', kind: 'ConfigMap', name: 'owner', uid },
      ],
    };
    await cluster.post(MAPS, configMap('owned', {}, owned));
    await cluster.call('DELETE', `${MAPS}/owner`, {
      body: { propagationPolicy: 'Orphan' },
    });
    expect(
      (await cluster.get(`${MAPS}/owned`)).body.metadata,
    ).not.toHaveProperty('ownerReferences');
  });

  it.each([['[]'], ['{"kind": "Pod"}']])('refuses the body %s', async body => {
    await cluster.post(MAPS, configMap('a'));
    const answer = await cluster.call('DELETE', `${MAPS}/a`, { body });
    expect(answer.code).toBe(400);
    expect(answer.body.message).toContain(
      'the body of a deletion is a DeleteOptions object',
    );
  });
});
