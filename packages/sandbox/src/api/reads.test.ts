import { text as readText } from 'node:stream/consumers';
import { connect } from 'node:tls';
import { listOf, recordOf } from '../store/values';
import {
  configMap,
  deployment,
  nameOf,
  TestCluster,
  thing,
  thingDefinition,
  VIEWER,
} from './__testUtils__/cluster';

const MAPS = '/api/v1/namespaces/shop/configmaps';
const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';
const PARTIAL_LIST =
  'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io';
const CRDS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

let cluster: TestCluster;
beforeEach(async () => {
  cluster = await TestCluster.start({ eventBufferSize: 20 });
});
afterEach(() => cluster.close());

async function createMaps(...wanted: string[]) {
  for (const name of wanted) {
    await cluster.post(MAPS, configMap(name, {}, { labels: { name } }));
  }
}

function names(body: unknown): string[] {
  return listOf(recordOf(body).items).map(nameOf);
}

describe('discovery', () => {
  it('answers health, version and the roots', async () => {
    for (const path of ['/healthz', '/livez', '/readyz']) {
      expect((await cluster.get(path)).text).toBe('ok');
    }
    expect((await cluster.get('/version')).body).toMatchObject({
      major: '1',
      gitVersion: expect.stringMatching(/^v1\.\d+\.\d+\+sandbox$/),
    });
    expect((await cluster.get('/api')).body).toMatchObject({
      kind: 'APIVersions',
      versions: ['v1'],
    });
    const { groups } = (await cluster.get('/apis')).body;
    expect(listOf(groups).map(group => recordOf(group).name)).toEqual(
      expect.arrayContaining(['apps', 'authorization.k8s.io']),
    );
  });

  it('lists resources with their verbs and subresources', async () => {
    const { body } = await cluster.get('/apis/apps/v1');
    expect(body).toMatchObject({
      kind: 'APIResourceList',
      groupVersion: 'apps/v1',
    });
    expect(body.resources).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          name: 'deployments',
          kind: 'Deployment',
          shortNames: ['deploy'],
          verbs: expect.arrayContaining(['watch', 'deletecollection']),
        }),
        expect.objectContaining({
          name: 'deployments/scale',
          group: 'autoscaling',
          kind: 'Scale',
        }),
      ]),
    );
  });

  it('serves a custom resource while its definition is stored', async () => {
    expect((await cluster.get('/apis/example.com/v1')).text).toBe(
      '404 page not found\n',
    );
    expect((await cluster.get('/apis/example.com/v1/things')).code).toBe(404);
    await cluster.post(CRDS, thingDefinition());
    expect((await cluster.get('/apis/example.com')).body).toMatchObject({
      preferredVersion: { groupVersion: 'example.com/v1' },
    });
    expect(
      (await cluster.get('/apis/example.com/v1/things')).body,
    ).toMatchObject({
      kind: 'ThingList',
      items: [],
    });
    await cluster.call('DELETE', `${CRDS}/things.example.com`);
    expect((await cluster.get('/apis/example.com/v1/things')).text).toBe(
      '404 page not found\n',
    );
  });

  it('has an aggregated form', async () => {
    await cluster.post(CRDS, thingDefinition());
    const accept =
      'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';
    const { headers, body } = await cluster.get('/apis', { accept });
    expect(headers['content-type']).toBe(accept);
    expect(listOf(body.items).map(nameOf)).toContain('example.com');
    const core = await cluster.get('/api', { accept });
    expect(core.body.items).toMatchObject([
      { versions: [{ version: 'v1', freshness: 'Current' }] },
    ]);
  });

  it('describes the forms of its kinds', async () => {
    await cluster.post(
      CRDS,
      thingDefinition({
        type: 'object',
        properties: { size: { type: 'integer', description: 'How large.' } },
      }),
    );
    const index = (await cluster.get('/openapi/v3')).body;
    const { serverRelativeURL } = recordOf(
      recordOf(index.paths)['apis/example.com/v1'],
    );
    const { body } = await cluster.get(String(serverRelativeURL));
    expect(body).toMatchObject({
      openapi: '3.0.0',
      paths: {
        '/apis/example.com/v1/namespaces/{namespace}/things/{name}': {
          patch: {
            parameters: expect.arrayContaining([
              expect.objectContaining({ name: 'fieldValidation' }),
            ]),
          },
        },
      },
      components: {
        schemas: {
          'com.example.v1.Thing': {
            properties: {
              spec: { properties: { size: { description: 'How large.' } } },
            },
          },
          'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta': {},
        },
      },
    });
    const { definitions } = (await cluster.get('/openapi/v2')).body;
    expect(JSON.stringify(definitions)).not.toContain('#/components/');
    expect(recordOf(definitions)['io.k8s.api.core.v1.Pod']).toBeDefined();
  });

  it('refers to no schema that a document lacks', async () => {
    const { paths } = (await cluster.get('/openapi/v3')).body;
    for (const path of Object.keys(recordOf(paths))) {
      const { text, body } = await cluster.get(`/openapi/v3/${path}`);
      const schemas = Object.keys(recordOf(recordOf(body.components).schemas));
      const references = text.matchAll(/"#\/components\/schemas\/([^"]+)"/g);
      for (const [, reference] of references) {
        expect(schemas).toContain(reference);
      }
    }
  });

  it.each([
    '/nothing',
    '/api/v9',
    '/apis/none.example.com',
    '/openapi/v9',
    '/openapi/v3/apis/none/v1',
  ])('knows nothing at %s', async path => {
    const { code, text } = await cluster.get(path);
    expect([code, text]).toEqual([404, '404 page not found\n']);
  });
});

describe('get', () => {
  it('answers what is there, and tells what is not', async () => {
    await createMaps('a');
    const found = await cluster.get(`${MAPS}/a`);
    expect(found.body).toMatchObject({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'a', namespace: 'shop' },
    });
    const { code, body } = await cluster.get(`${MAPS}/b`);
    expect(code).toBe(404);
    expect(body).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: 'configmaps "b" not found',
      reason: 'NotFound',
      details: { name: 'b', kind: 'configmaps' },
      code: 404,
    });
  });

  it.each([
    [
      '/api/v1/nothings',
      404,
      'the server could not find the requested resource',
    ],
    [
      '/api/v1/namespaces/shop/nodes',
      404,
      'the server could not find the requested resource',
    ],
    [
      '/api/v1/namespaces/shop/namespaces',
      404,
      'the server could not find the requested resource',
    ],
    [
      '/apis/apps/v1/namespaces/shop/deployments/d/nothing',
      404,
      'the server could not find the requested resource',
    ],
    [
      '/apis/apps/v1/namespaces/shop/deployments/d/scale',
      404,
      'deployments.apps "d" not found',
    ],
    ['/api/v1/namespaces/shop/pods/p/log', 404, 'pods "p" not found'],
  ])('%s', async (path, code, message) => {
    const answer = await cluster.get(path);
    expect(answer.code).toBe(code);
    expect(answer.body).toMatchObject({ kind: 'Status', message });
  });

  it('has no logs', async () => {
    await cluster.post('/api/v1/namespaces/shop/pods', {
      metadata: { name: 'p' },
      spec: { containers: [{ name: 'c', image: 'i' }] },
    });
    const { code, body } = await cluster.get(
      '/api/v1/namespaces/shop/pods/p/log',
    );
    expect(code).toBe(501);
    expect(body.message).toBe(
      'pods "p": the sandbox runs no containers, so there is no log',
    );
  });

  it('answers in YAML, and reduced to metadata', async () => {
    await createMaps('a');
    const yaml = await cluster.get(`${MAPS}/a`, { accept: 'application/yaml' });
    expect(yaml.headers['content-type']).toBe('application/yaml');
    expect(yaml.text).toContain('kind: ConfigMap\n');
    const partial = await cluster.get(`${MAPS}/a`, {
      accept: 'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io',
    });
    expect(Object.keys(partial.body)).toEqual([
      'kind',
      'apiVersion',
      'metadata',
    ]);
  });

  it('has nothing in the form that a client wants', async () => {
    const { code, body } = await cluster.get(MAPS, { accept: 'text/html' });
    expect(code).toBe(406);
    expect(body.reason).toBe('NotAcceptable');
  });

  it('answers a HEAD without a body', async () => {
    await createMaps('a');
    const { code, text } = await cluster.call('HEAD', `${MAPS}/a`);
    expect([code, text]).toEqual([200, '']);
  });
});

describe('list', () => {
  it('lists a namespace and all of them, items without what the list says', async () => {
    await createMaps('b', 'a');
    await cluster.post('/api/v1/namespaces/default/configmaps', configMap('z'));
    const { body } = await cluster.get(MAPS);
    expect(body).toMatchObject({
      kind: 'ConfigMapList',
      apiVersion: 'v1',
      metadata: { resourceVersion: String(cluster.store.resourceVersion) },
    });
    expect(names(body)).toEqual(['a', 'b']);
    expect(listOf(body.items)[0]).not.toHaveProperty('kind');
    expect(names((await cluster.get('/api/v1/configmaps')).body)).toEqual([
      'z',
      'a',
      'b',
    ]);
  });

  it('keeps the kind in the items of custom resources', async () => {
    await cluster.post(CRDS, thingDefinition());
    const things = '/apis/example.com/v1/namespaces/shop/things';
    await cluster.post(things, thing('t'));
    expect((await cluster.get(things)).body.items).toMatchObject([
      { apiVersion: 'example.com/v1', kind: 'Thing' },
    ]);
  });

  it('selects by labels and fields', async () => {
    await createMaps('a', 'b', 'c');
    const selected = async (query: string) =>
      names((await cluster.get(`${MAPS}?${query}`)).body);
    expect(await selected('labelSelector=name+in+(a,b)')).toEqual(['a', 'b']);
    expect(await selected('fieldSelector=metadata.name!%3Da')).toEqual([
      'b',
      'c',
    ]);
    const refused = await cluster.get(`${MAPS}?fieldSelector=data.x%3Dy`);
    expect(refused.code).toBe(400);
  });

  it('pages through one state, whatever happens meanwhile', async () => {
    await createMaps('a', 'b', 'c', 'd', 'e');
    const first = await cluster.get(`${MAPS}?limit=2`);
    expect(names(first.body)).toEqual(['a', 'b']);
    const {
      continue: token,
      resourceVersion,
      remainingItemCount,
    } = recordOf(first.body.metadata);
    expect(remainingItemCount).toBe(3);
    await cluster.call('DELETE', `${MAPS}/c`);
    await createMaps('bb');
    const second = await cluster.get(`${MAPS}?limit=2&continue=${token}`);
    expect(names(second.body)).toEqual(['c', 'd']);
    expect(recordOf(second.body.metadata).resourceVersion).toBe(
      resourceVersion,
    );
    const last = await cluster.get(
      `${MAPS}?limit=2&continue=${recordOf(second.body.metadata).continue}`,
    );
    expect(names(last.body)).toEqual(['e']);
    expect(last.body.metadata).toEqual({ resourceVersion });
  });

  it('does not count what remains behind a selector', async () => {
    await createMaps('a', 'b');
    const { body } = await cluster.get(`${MAPS}?limit=1&labelSelector=name`);
    expect(body.metadata).toEqual({
      resourceVersion: expect.any(String),
      continue: expect.any(String),
    });
  });

  it('lets a page expire, and offers to go on without consistency', async () => {
    await createMaps('a', 'b', 'c');
    const first = await cluster.get(`${MAPS}?limit=1`);
    const { continue: token } = recordOf(first.body.metadata);
    for (let index = 0; index < 21; index++) {
      await cluster.patch(`${MAPS}/a`, 'application/merge-patch+json', {
        data: { index: String(index) },
      });
    }
    const late = await cluster.get(`${MAPS}?limit=1&continue=${token}`);
    expect(late.code).toBe(410);
    expect(late.body).toMatchObject({ reason: 'Expired' });
    const { continue: inconsistent } = recordOf(late.body.metadata);
    const rest = await cluster.get(`${MAPS}?continue=${inconsistent}`);
    expect(names(rest.body)).toEqual(['b', 'c']);
  });

  it('lists an exact version of the past', async () => {
    await createMaps('a');
    const version = cluster.store.resourceVersion;
    await createMaps('b');
    const past = await cluster.get(
      `${MAPS}?resourceVersion=${version}&resourceVersionMatch=Exact`,
    );
    expect(names(past.body)).toEqual(['a']);
    const gone = await cluster.get(
      `${MAPS}?resourceVersion=1&resourceVersionMatch=Exact`,
    );
    expect([gone.code, gone.body.reason]).toEqual([410, 'Expired']);
    const future = await cluster.get(`${MAPS}?resourceVersion=99999`);
    expect(future.code).toBe(504);
    expect(future.body).toMatchObject({
      reason: 'Timeout',
      details: { causes: [{ reason: 'ResourceVersionTooLarge' }] },
    });
    expect(future.headers['retry-after']).toBe('1');
  });

  it.each([
    ['limit=x', 'limit: strconv.ParseInt: parsing "x": invalid syntax'],
    [
      'resourceVersion=x',
      'invalid resource version: resourceVersion: Invalid value: "x"',
    ],
    ['continue=x', 'invalid continue token'],
    ['continue=e30', 'invalid continue token'],
    [
      'labelSelector=a+in',
      "unable to parse requirement: found '' expected: '('",
    ],
  ])('refuses ?%s', async (query, message) => {
    const { code, body } = await cluster.get(`${MAPS}?${query}`);
    expect(code).toBe(400);
    expect(body.message).toContain(message);
  });

  it.each([
    [
      'resourceVersionMatch=Exact',
      'resourceVersionMatch is forbidden unless resourceVersion is provided',
    ],
    [
      'resourceVersionMatch=Never&resourceVersion=1',
      'Unsupported value: "Never"',
    ],
    [
      'resourceVersionMatch=Exact&resourceVersion=0',
      'resourceVersionMatch "exact" is forbidden for resourceVersion "0"',
    ],
    [
      'resourceVersionMatch=Exact&resourceVersion=1&continue=x',
      'resourceVersionMatch is forbidden when continue is provided',
    ],
    ['sendInitialEvents=true', 'sendInitialEvents is forbidden for list'],
  ])('refuses ?%s', async (query, message) => {
    const { code, body } = await cluster.get(`${MAPS}?${query}`);
    expect(code).toBe(422);
    expect(body.message).toContain(message);
  });

  it('answers as a table', async () => {
    await cluster.post(
      '/apis/apps/v1/namespaces/shop/deployments',
      deployment('web', { replicas: 2 }),
    );
    const { body } = await cluster.get(
      '/apis/apps/v1/namespaces/shop/deployments',
      { accept: TABLE },
    );
    expect(body).toMatchObject({
      kind: 'Table',
      columnDefinitions: [
        { name: 'Name', format: 'name', priority: 0 },
        { name: 'Ready' },
        { name: 'Up-to-date' },
        { name: 'Available' },
        { name: 'Age' },
        { name: 'Containers', priority: 1 },
        { name: 'Images', priority: 1 },
        { name: 'Selector', priority: 1 },
      ],
      rows: [
        {
          cells: [
            'web',
            '0/2',
            0,
            0,
            expect.stringMatching(/^\d+s$/),
            'web',
            'web:1',
            'app=web',
          ],
          object: { kind: 'PartialObjectMetadata', metadata: { name: 'web' } },
        },
      ],
    });
    const bare = await cluster.get(
      '/apis/apps/v1/namespaces/shop/deployments?includeObject=None',
      { accept: TABLE },
    );
    expect(listOf(bare.body.rows)[0]).not.toHaveProperty('object');
  });

  it('answers a custom resource with the columns of its definition', async () => {
    await cluster.post(
      CRDS,
      thingDefinition(undefined, {
        additionalPrinterColumns: [
          { name: 'Size', type: 'integer', jsonPath: '.spec.size' },
          {
            name: 'Hosts',
            type: 'string',
            jsonPath: '.spec.hosts',
            priority: 1,
          },
          {
            name: 'Ready',
            type: 'string',
            jsonPath: '.status.conditions[?(@.type=="Ready")].status',
          },
        ],
      }),
    );
    const things = '/apis/example.com/v1/namespaces/shop/things';
    await cluster.post(things, thing('t', { size: 3, hosts: ['a', 'b'] }));
    const { body } = await cluster.get(things, { accept: TABLE });
    expect(body).toMatchObject({
      columnDefinitions: [
        { name: 'Name' },
        { name: 'Size', type: 'integer' },
        { name: 'Hosts', priority: 1 },
        { name: 'Ready' },
      ],
      rows: [{ cells: ['t', 3, '["a","b"]', null] }],
    });
  });

  it('answers reduced to metadata', async () => {
    await createMaps('a');
    const { body } = await cluster.get(MAPS, { accept: PARTIAL_LIST });
    expect(body).toMatchObject({
      kind: 'PartialObjectMetadataList',
      items: [{ kind: 'PartialObjectMetadata', metadata: { name: 'a' } }],
    });
    expect(listOf(body.items)[0]).not.toHaveProperty('data');
  });
});

describe('callers', () => {
  it('must have a token that is known', async () => {
    for (const token of ['', 'wrong']) {
      const { code, body } = await cluster.get('/api', { token });
      expect(code).toBe(401);
      expect(body).toMatchObject({
        kind: 'Status',
        reason: 'Unauthorized',
        message: 'Unauthorized',
      });
    }
  });

  it.each([
    [
      '/api/v1/pods',
      'pods is forbidden: User "viewer" cannot list resource "pods" in API group "" at the cluster scope',
    ],
    [
      '/apis/apps/v1/namespaces/shop/deployments/d/scale',
      'deployments.apps "d" is forbidden: User "viewer" cannot get resource "deployments/scale" in API group "apps" in the namespace "shop"',
    ],
    [
      '/apis/none.example.com/v1/nothings',
      'nothings.none.example.com is forbidden: User "viewer" cannot list resource "nothings" in API group "none.example.com" at the cluster scope',
    ],
    ['/metrics', 'forbidden: User "viewer" cannot get path "/metrics"'],
  ])('without rights are refused %s', async (path, message) => {
    const { code, body } = await cluster.get(path, { token: VIEWER });
    expect(code).toBe(403);
    expect(body).toMatchObject({ reason: 'Forbidden', message });
  });

  it('may do what a role gives them, from the moment it is stored', async () => {
    const rbac = '/apis/rbac.authorization.k8s.io/v1';
    await cluster.post(`${rbac}/namespaces/shop/roles`, {
      metadata: { name: 'maps' },
      rules: [{ apiGroups: [''], resources: ['configmaps'], verbs: ['list'] }],
    });
    await cluster.post(`${rbac}/namespaces/shop/rolebindings`, {
      metadata: { name: 'maps' },
      roleRef: { kind: 'Role', name: 'maps' },
      subjects: [{ kind: 'Group', name: 'viewers' }],
    });
    expect((await cluster.get(MAPS, { token: VIEWER })).code).toBe(200);
    expect((await cluster.get(`${MAPS}/a`, { token: VIEWER })).code).toBe(403);
    expect(
      (await cluster.get('/api/v1/configmaps', { token: VIEWER })).code,
    ).toBe(403);
  });

  it('can ask what they may', async () => {
    const review = (resourceAttributes: unknown, token: string) =>
      cluster.post(
        '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
        { spec: { resourceAttributes } },
        { token },
      );
    const pods = { verb: 'list', resource: 'pods', namespace: 'shop' };
    expect((await review(pods, VIEWER)).body.status).toEqual({
      allowed: false,
    });
    expect((await review(pods, 'admin-token')).body.status).toEqual({
      allowed: true,
    });
    const self = await cluster.post(
      '/apis/authentication.k8s.io/v1/selfsubjectreviews',
      {},
      { token: VIEWER },
    );
    expect(self.body.status).toEqual({
      userInfo: {
        username: 'viewer',
        groups: ['viewers', 'system:authenticated'],
      },
    });
    const rules = await cluster.post(
      '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews',
      { spec: { namespace: 'shop' } },
    );
    expect(recordOf(rules.body.status).resourceRules).toEqual([
      { verbs: ['*'], apiGroups: ['*'], resources: ['*'] },
    ]);
  });
});

it('refuses a path that cannot be read', async () => {
  const socket = connect({
    port: Number(new URL(cluster.url).port),
    host: '127.0.0.1',
    ca: cluster.caCertificate,
  });
  socket.end('GET // HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
  const answer = await readText(socket);
  expect(answer).toMatch(/^HTTP\/1.1 400 /);
  expect(answer).toContain('the path \\"//\\" cannot be read');
});

describe('close', () => {
  it('ends what is open, and lets the port go', async () => {
    const watch = await cluster.watch(`${MAPS}?watch=true`);
    const { port } = new URL(cluster.url);
    await cluster.server.close();
    expect(await watch.next()).toBeUndefined();
    const next = await TestCluster.start({ store: cluster.store });
    await next.server.close();
    await expect(next.server.listen(Number(port))).resolves.toMatchObject({
      port: Number(port),
    });
    await next.close();
  });
});
