import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createMockDirectory } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { setupServer } from 'msw/node';
import { parse } from 'yaml';
import { FakeGitHub } from './__testUtils__/FakeGitHub';
import { RunningScaffolder } from './__testUtils__/RunningScaffolder';

/** The template of the example portal itself. */
const template: Entity = parse(
  readFileSync(
    join(
      __dirname,
      '../../../examples/templates/new-meshed-service/template.yaml',
    ),
    'utf8',
  ),
);

const VALUES = {
  name: 'cart',
  owner: 'group:default/shop-team',
  place: { cluster: 'east', namespace: 'shop' },
  port: 8080,
  protocol: 'http',
  probes: ['/healthz'],
  callers: [{ entityRef: 'component:default/storefront' }],
  resilience: { timeout: '3s' },
  overwrite: false,
};

const FILES = [
  'catalog-info.yaml',
  ...[
    'authorization-policy',
    'destination-rule',
    'peer-authentication',
    'service-account',
    'service',
    'virtual-service',
  ].map(name => `manifests/${name}.yaml`),
];

const github = new FakeGitHub();
const server = setupServer(...github.handlers());
const kept = createMockDirectory();

beforeAll(() => server.listen({ onUnhandledRequest: 'bypass' }));
afterAll(() => server.close());

describe('with an integration for GitHub', () => {
  let scaffolder: RunningScaffolder;

  beforeAll(async () => {
    scaffolder = await RunningScaffolder.start({
      template,
      config: {
        integrations: { github: [{ host: 'github.com', token: 'a-token' }] },
      },
    });
  });
  afterAll(() => scaffolder?.stop());

  it('opens a pull request with the files that were generated, and nothing else', async () => {
    const { status, output, log } = await scaffolder.run({
      ...VALUES,
      delivery: 'pull-request',
      repoUrl: 'github.com?owner=acme&repo=deploy',
    });

    expect(`${status}\n${log}`).toMatch(/^completed/);
    expect(github.unexpected).toEqual([]);
    expect([...github.authorizations]).toEqual(['token a-token']);
    expect(Object.keys(github.files).sort()).toEqual(
      FILES.map(path => `cart/${path}`),
    );
    expect(
      parse(github.files['cart/manifests/authorization-policy.yaml']),
    ).toMatchObject({
      kind: 'AuthorizationPolicy',
      metadata: { name: 'cart', namespace: 'shop' },
    });
    expect(github.branches).toEqual(['refs/heads/mesh-cart']);
    expect(github.pullRequests).toEqual([
      expect.objectContaining({
        base: 'main',
        head: 'acme:mesh-cart',
        title: 'Add cart to the mesh',
        body: expect.stringMatching(
          /^For Istio \(sidecar\) in the namespace shop on east:[^]*`manifests\/authorization-policy\.yaml`[^]*It is not known whether east has these already/,
        ),
      }),
    ]);
    expect(output.links).toEqual([
      {
        title: 'Pull request',
        url: 'https://github.com/acme/deploy/pull/7',
      },
    ]);
    expect((output.text ?? []).map(({ title }) => title)).toEqual([
      'What was generated',
    ]);
  });

  it('opens none where a service of the name is there already', async () => {
    const before = github.pullRequests.length;
    const { status, log } = await scaffolder.run({
      ...VALUES,
      name: 'taken',
      delivery: 'pull-request',
      repoUrl: 'github.com?owner=acme&repo=deploy',
    });
    expect(status).toBe('failed');
    expect(log).toContain(
      'on east there is already Service shop/taken, which the manifests would replace',
    );
    expect(github.pullRequests).toHaveLength(before);
  });
});

describe('without an integration', () => {
  let scaffolder: RunningScaffolder;

  beforeAll(async () => {
    scaffolder = await RunningScaffolder.start({
      template,
      config: { mesh: { scaffolder: { outputDirectory: kept.path } } },
    });
  });
  afterAll(() => scaffolder?.stop());

  it('ends with a folder that has the files, and says so', async () => {
    const before = github.pullRequests.length;
    const { status, output, log } = await scaffolder.run({
      ...VALUES,
      delivery: 'folder',
    });
    expect(`${status}\n${log}`).toMatch(/^completed/);
    const [[folder, content]] = Object.entries(kept.content() ?? {});
    expect(Object.keys(Object(content)).sort()).toEqual([
      'catalog-info.yaml',
      'manifests',
    ]);
    expect(Object.keys(Object(content).manifests).sort()).toEqual(
      FILES.slice(1).map(path => path.replace('manifests/', '')),
    );
    expect(output.text).toEqual([
      expect.objectContaining({
        title: 'Where the files are',
        content: expect.stringContaining(`${kept.path}/${folder}`),
      }),
      expect.objectContaining({ title: 'What was generated' }),
    ]);
    expect(github.pullRequests).toHaveLength(before);
  });

  it('says what is missing where a pull request is asked for all the same', async () => {
    const before = github.pullRequests.length;
    const { status, log } = await scaffolder.run({
      ...VALUES,
      delivery: 'pull-request',
      repoUrl: 'github.com?owner=acme&repo=deploy',
    });
    expect(status).toBe('failed');
    expect(log).toMatch(/No token available for host: github\.com/);
    expect(github.pullRequests).toHaveLength(before);
  });
});
