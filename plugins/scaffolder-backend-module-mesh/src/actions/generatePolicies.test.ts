import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  createMockDirectory,
  mockCredentials,
  mockServices,
  registerMswTestHooks,
} from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { parse } from 'yaml';
import {
  identitiesOf,
  PLACEMENTS,
  placementsOf,
} from '../__testUtils__/answers';
import { MeshBackend } from '../MeshBackend';
import { createGeneratePoliciesAction } from './generatePolicies';
import { examples } from './generatePolicies.examples';

const server = setupServer();
registerMswTestHooks(server);

const workspace = createMockDirectory();
const action = createGeneratePoliciesAction({
  backend: MeshBackend.create({
    auth: mockServices.auth({ pluginId: 'scaffolder' }),
    discovery: mockServices.discovery(),
  }),
});

const INPUT = { name: 'cart', cluster: 'east', namespace: 'shop', port: 8080 };
const USER = mockCredentials.user('user:default/guest');

const asked: string[] = [];

beforeEach(() => {
  workspace.clear();
  asked.length = 0;
  server.use(
    http.get('*/api/mesh/placements', ({ request }) => {
      asked.push(request.headers.get('authorization') ?? 'nobody');
      return HttpResponse.json(placementsOf(request.url));
    }),
    http.get(
      '*/api/mesh/entities/component/default/:name/identities',
      ({ params }) => {
        const answer = identitiesOf(String(params.name));
        return answer
          ? HttpResponse.json(answer)
          : HttpResponse.json(
              { error: { name: 'NotFoundError' } },
              { status: 404 },
            );
      },
    ),
  );
});

async function run(input: object, more: { isDryRun?: boolean } = {}) {
  const logger = mockServices.logger.mock();
  const context = createMockActionContext({
    // What the form sends need not be what the schema says.
    input: input as typeof INPUT,
    workspacePath: workspace.path,
  });
  const output: Record<string, unknown> = {};
  await action.handler({
    ...context,
    ...more,
    logger,
    getInitiatorCredentials: async () => USER,
    output: (name: string, value: unknown) => {
      output[name] = value;
    },
  });
  const log = [...logger.info.mock.calls, ...logger.warn.mock.calls].map(
    ([line]) => line,
  );
  return { output, log };
}

async function manifest(path: string) {
  return parse(await readFile(join(workspace.path, path), 'utf8'));
}

function files(): Promise<string[]> {
  return readdir(workspace.path);
}

it('writes what the mesh of the namespace needs, and says what it did', async () => {
  const { output, log } = await run({
    ...INPUT,
    owner: 'group:default/shop-team',
    callers: [
      { entityRef: 'component:default/storefront', serviceAccount: '' },
    ],
    resilience: { timeout: '3s' },
  });

  expect(output.mesh).toBe('istio');
  expect(output.paths).toEqual([
    'manifests/service-account.yaml',
    'manifests/service.yaml',
    'manifests/peer-authentication.yaml',
    'manifests/authorization-policy.yaml',
    'manifests/destination-rule.yaml',
    'manifests/virtual-service.yaml',
    'catalog-info.yaml',
  ]);
  expect(await manifest('manifests/authorization-policy.yaml')).toMatchObject({
    metadata: { namespace: 'shop' },
    spec: {
      rules: [
        {
          from: [
            {
              source: {
                principals: ['cluster.local/ns/front/sa/storefront-runner'],
              },
            },
          ],
        },
      ],
    },
  });
  expect(await manifest('catalog-info.yaml')).toMatchObject({
    kind: 'Component',
    metadata: {
      name: 'cart',
      annotations: { 'backstage.io/kubernetes-cluster': 'east' },
    },
    spec: {
      owner: 'group:default/shop-team',
      dependencyOf: ['component:default/storefront'],
    },
  });
  expect(output.satisfied).toContainEqual({
    id: 'security-setup.enable-mtls-for-all-services',
    section: 'Security Setup',
    item: 'Enable mTLS for all services',
    by: ['PeerAuthentication cart'],
  });
  expect(log).toEqual(
    expect.arrayContaining([
      'cart goes to Istio (sidecar) in the namespace shop on east: The namespace is labelled',
      'Caller component:default/storefront is the account front/storefront-runner on east',
      'Wrote manifests/peer-authentication.yaml: Refuses connections without mutual TLS',
      expect.stringMatching(
        /^Checked 6 objects by \d+ rules, with a pod of cart as Istio on east would carry it: nothing found$/,
      ),
      'Checklist: Security Setup: Enable mTLS for all services (PeerAuthentication cart)',
      expect.stringContaining('The pods are yours'),
    ]),
  );
  expect(output.summary).toContain(
    '- `manifests/virtual-service.yaml`: The route to the service',
  );
});

it('asks the mesh backend on behalf of the user', async () => {
  await run(INPUT);
  const header = mockCredentials.service.header({
    onBehalfOf: USER,
    targetPluginId: 'mesh',
  });
  expect(asked).toEqual([header, header]);
});

it('says what it does not know of objects with these names, and never calls them new', async () => {
  const { output } = await run(INPUT);
  expect(output.notes).toContain(
    'It is not known whether east has these already, which applying the manifests would replace: ServiceAccount shop/cart (The portal does not read ServiceAccount objects)',
  );
});

it('replaces a Service of the same name only where that is meant', async () => {
  const taken = { ...INPUT, name: 'taken' };
  await expect(run(taken)).rejects.toThrow(
    'name: on east there is already Service shop/taken, which the manifests would replace',
  );
  expect(await files()).toEqual([]);
  const { output } = await run({ ...taken, overwrite: true });
  expect(output.notes).toContain(
    'Applying the manifests replaces what is on east already, as was asked for: Service shop/taken',
  );
});

it('writes for Linkerd where Linkerd is, and says that the cluster is stale', async () => {
  const { output } = await run({
    ...INPUT,
    cluster: 'west',
    namespace: 'emojipoll',
    callers: [{ entityRef: 'voter' }],
    probes: ['/healthz'],
  });
  expect(output.mesh).toBe('linkerd');
  expect(
    await manifest('manifests/mesh-tls-authentication-callers.yaml'),
  ).toMatchObject({
    spec: {
      identityRefs: [
        { kind: 'ServiceAccount', name: 'voter', namespace: 'emojipoll' },
      ],
    },
  });
  expect(output.notes).toContain(
    'What is known of west may be incomplete or old (stale): It has not answered since noon',
  );
});

it('says what needs a waypoint', async () => {
  const { output } = await run({
    ...INPUT,
    namespace: 'books',
    resilience: { timeout: '3s' },
  });
  expect(output.paths).not.toContain('manifests/virtual-service.yaml');
  expect(output.notes).toContainEqual(
    expect.stringContaining('needs a waypoint: the timeout of 3s'),
  );
});

describe('behind a waypoint', () => {
  const waypoint = { namespace: 'books', name: 'gate', serviceAccount: 'gate' };

  beforeEach(() =>
    server.use(
      http.get('*/api/mesh/placements', () =>
        HttpResponse.json({
          ...PLACEMENTS,
          placements: PLACEMENTS.placements.map(place =>
            place.namespace === 'books' ? { ...place, waypoint } : place,
          ),
        }),
      ),
    ),
  );

  it('lets callers with sidecars in at the pods, and says so', async () => {
    const { output } = await run({
      ...INPUT,
      namespace: 'books',
      callers: [{ entityRef: 'storefront' }],
    });
    const policy = await readFile(
      join(
        workspace.path,
        'manifests/authorization-policy-through-waypoint.yaml',
      ),
      'utf8',
    );
    expect(policy).toContain('cluster.local/ns/front/sa/storefront-runner');
    expect(output.notes).toContainEqual(
      expect.stringMatching(
        /^component:default\/storefront, .* \(sidecar\) goes past the waypoint books\/gate/,
      ),
    );
  });

  it.each([
    ['is refused in no mesh', 'bare', 'are in no mesh: .* they are refused$'],
    [
      'is not known without pods',
      'planned',
      '^It is not known how component:default/planned, .* is refused at the pods$',
    ],
  ])('says that a caller %s', async (_, entityRef, note) => {
    const { output } = await run({
      ...INPUT,
      namespace: 'books',
      callers: [{ entityRef, serviceAccount: 'runner' }],
    });
    expect(output.notes).toContainEqual(
      expect.stringMatching(new RegExp(note)),
    );
  });
});

it('says which accounts are several or default, and who is in no mesh', async () => {
  const { output } = await run({
    ...INPUT,
    callers: [{ entityRef: 'several' }, { entityRef: 'bare' }],
  });
  expect(output.notes).toEqual(
    expect.arrayContaining([
      'component:default/several runs under 2 service accounts on east: shop/a, shop/default; all of them are allowed',
      'component:default/several runs under the account default of shop: every pod of that namespace without an account of its own is allowed with it',
      'Pods of component:default/bare are in no mesh: without its mutual TLS they are refused',
    ]),
  );
});

it('takes the account that is given for a caller without pods, and says so', async () => {
  const { output } = await run({
    ...INPUT,
    callers: [
      {
        entityRef: 'component:default/planned',
        serviceAccount: 'planned-runner',
        namespace: 'front',
      },
    ],
  });
  const policy = await readFile(
    join(workspace.path, 'manifests/authorization-policy.yaml'),
    'utf8',
  );
  expect(policy).toContain('cluster.local/ns/front/sa/planned-runner');
  expect(output.notes).toContain(
    'component:default/planned has no pods on east: its account front/planned-runner is as the form has it',
  );
});

it('says where the account that is given is not the one that runs', async () => {
  const { output } = await run({
    ...INPUT,
    callers: [{ entityRef: 'storefront', serviceAccount: 'other' }],
  });
  expect(output.notes).toContain(
    'component:default/storefront runs under front/storefront-runner on east, but the form says front/other, which is what is allowed',
  );
});

const INJECTION = 'x\n---\nkind: Secret';

it.each<[string, object, string]>([
  [
    'a port that does not exist',
    { port: 70000 },
    'port: there is no port 70000',
  ],
  [
    'a port without a number',
    { port: 'http' },
    'port: "http" is no port: a port is a whole number',
  ],
  ['port 0', { port: 0 }, 'port: there is no port 0'],
  ['half a port', { port: 80.5 }, 'port: 80.5 is no port'],
  [
    'a long name',
    { name: 'a'.repeat(300) },
    'name: 300 characters, at most 63 are allowed',
  ],
  [
    'an unknown cluster',
    { cluster: 'north' },
    'cluster: there is no cluster north; there are east, west',
  ],
  [
    'an unknown namespace',
    { namespace: 'nowhere' },
    'namespace: there is no namespace nowhere on east that you may know of; in a mesh there are shop, books',
  ],
  [
    'a namespace in no mesh',
    { namespace: 'legacy' },
    'namespace: no mesh would carry a new pod of legacy on east',
  ],
  [
    'a caller without pods',
    { callers: [{ entityRef: 'planned' }] },
    'callers[0].serviceAccount: component:default/planned has no pods on east; give the service account that it will run under, which is not guessed from its name',
  ],
  [
    'a caller that runs elsewhere',
    { callers: [{ entityRef: 'storefront' }, { entityRef: 'voter' }] },
    'callers[1].serviceAccount: component:default/voter has no pods on east (it runs on west); give',
  ],
  [
    'a caller that is not there',
    { callers: [{ entityRef: 'component:default/ghost' }] },
    'callers[0].entityRef: there is no entity component:default/ghost that you may read',
  ],
  [
    'a caller that is no reference',
    { callers: [{ entityRef: 'component:' }] },
    'callers[0].entityRef: "component:" is no reference of an entity',
  ],
  ['injection in the name', { name: INJECTION }, 'name: "x\\n---'],
  [
    'injection in the cluster',
    { cluster: INJECTION },
    'cluster: is a single line',
  ],
  ['injection in the namespace', { namespace: INJECTION }, 'namespace: "x\\n'],
  ['injection in the owner', { owner: INJECTION }, 'owner: is a single line'],
  [
    'injection in the description',
    { description: INJECTION },
    'description: is a single line',
  ],
  [
    'injection in a caller',
    { callers: [{ entityRef: INJECTION }] },
    'callers[0].entityRef: is a single line',
  ],
  [
    'injection in an account',
    { callers: [{ entityRef: 'voter', serviceAccount: INJECTION }] },
    'callers[0].serviceAccount: "x\\n',
  ],
  [
    'injection in the namespace of a caller',
    { callers: [{ entityRef: 'voter', namespace: INJECTION }] },
    'callers[0].namespace: "x\\n',
  ],
  ['injection in a probe', { probes: [`/${INJECTION}`] }, 'probes[0]: "/x\\n'],
  [
    'injection in a timeout',
    { resilience: { timeout: INJECTION } },
    'resilience.timeout',
  ],
  [
    'a path outside the workspace',
    { targetPath: '../../etc' },
    'targetPath: "../../etc" leads out of the workspace of the task',
  ],
  [
    'an input that there is not',
    { nonsense: 1 },
    'Unrecognized key: "nonsense"',
  ],
])('refuses %s and writes nothing', async (_, part, message) => {
  await expect(run({ ...INPUT, ...part })).rejects.toMatchObject({
    name: 'InputError',
    message: expect.stringContaining(message),
  });
  expect(await files()).toEqual([]);
});

it('writes free text as it was given', async () => {
  const description = 'a: "b" #c — {{ d }} & *e ';
  await run({
    ...INPUT,
    owner: 'group:default/team',
    description,
  });
  expect(await manifest('catalog-info.yaml')).toMatchObject({
    metadata: { description },
  });
});

it('writes to a folder of the workspace', async () => {
  const { output } = await run({ ...INPUT, targetPath: 'deploy/./cart' });
  expect(output.paths).toContain('deploy/cart/manifests/service.yaml');
  expect(await manifest('deploy/cart/manifests/service.yaml')).toMatchObject({
    kind: 'Service',
  });
});

it('does the same in a dry run', async () => {
  const { output } = await run(INPUT, { isDryRun: true });
  expect(output.paths).toContain('manifests/service.yaml');
  expect(await files()).toEqual(['manifests']);
});

it.each<[string, () => Response, string]>([
  [
    'refuses',
    () =>
      HttpResponse.json(
        { error: { name: 'NotAllowedError', message: 'no' } },
        { status: 403 },
      ),
    'Request failed with 403',
  ],
  [
    'answers something else',
    () => HttpResponse.json({ placements: 'all' }),
    'The answer of the mesh backend to /placements is not what this version of the module reads: clusters',
  ],
  [
    'cannot be reached',
    () => HttpResponse.error() as Response,
    'The mesh backend cannot be reached',
  ],
])('says so where the mesh backend %s', async (_, answer, message) => {
  server.use(http.get('*/api/mesh/placements', answer));
  await expect(run(INPUT)).rejects.toThrow(message);
});

it.each(examples.map(({ description, example }) => [description, example]))(
  'has an example that runs: %s',
  async (_, example) => {
    const [{ input }] = parse(example).steps;
    server.use(
      http.get('*/api/mesh/entities/component/default/kiosk/identities', () =>
        HttpResponse.json(identitiesOf('planned')),
      ),
    );
    const { output } = await run(input);
    expect(output.paths).toContain('manifests/service.yaml');
  },
);
