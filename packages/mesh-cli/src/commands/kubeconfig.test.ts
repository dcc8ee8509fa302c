// Loaded before the tests, whose time is not to be spent with it.
import '@kubernetes/client-node';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { FakeCluster } from '../__testUtils__/FakeCluster';
import { runMesh } from '../__testUtils__/runMesh';

const VIRTUAL_SERVICES = '/apis/networking.istio.io/v1/virtualservices';

const NAMESPACES = ['default', 'shop', 'istio-system'].map(name => ({
  metadata: { name, labels: { 'istio-injection': 'enabled' } },
}));

/** A route to a Service that is not there. */
const ROUTE = {
  metadata: { name: 'cart', namespace: 'shop' },
  spec: {
    hosts: ['cart'],
    http: [{ route: [{ destination: { host: 'basket' } }] }],
  },
};

const SERVICE = (name: string) => ({
  metadata: { name, namespace: 'shop' },
  spec: { selector: { app: name }, ports: [{ name: 'http', port: 80 }] },
});

const LISTS = {
  '/api/v1/namespaces': NAMESPACES,
  '/api/v1/services': ['cart', 'web'].map(SERVICE),
  '/api/v1/pods': [],
  '/api/v1/secrets': [{ metadata: { name: 'never', namespace: 'shop' } }],
  '/api/v1/configmaps': [],
  [VIRTUAL_SERVICES]: [ROUTE],
};

describe('mesh with a kubeconfig', () => {
  let cluster: FakeCluster;
  let cwd: string;

  beforeEach(async () => {
    cluster = await FakeCluster.start(LISTS);
    cwd = await mkdtemp(path.join(os.tmpdir(), 'mesh-kubeconfig-'));
    await write('kubeconfig', cluster.kubeconfig());
  });

  afterEach(async () => {
    await cluster.stop();
    await rm(cwd, { recursive: true });
  });

  function write(name: string, text: string) {
    return writeFile(path.join(cwd, name), text);
  }

  const analyzed = async (...args: string[]) => {
    const run = await runMesh(['analyze', '-o', 'json', ...args], { cwd });
    return { ...run, answer: run.code === 2 ? undefined : JSON.parse(run.out) };
  };

  it('analyses the cluster of the current context, as its user', async () => {
    const { code, answer, err } = await analyzed('--kubeconfig', 'kubeconfig');
    expect(answer.clusters).toEqual(['prod']);
    expect(answer.findings).toContainEqual(
      expect.objectContaining({
        code: 'IST0101',
        level: 'error',
        object: {
          cluster: 'prod',
          kind: 'networking.istio.io/VirtualService',
          namespace: 'shop',
          name: 'cart',
        },
      }),
    );
    expect(answer.summary).toMatchObject({ objects: 6, files: 0 });
    expect(code).toBe(1);
    expect(err).toMatch(
      /^mesh: note: prod: the cluster does not serve .*security.istio.io\/PeerAuthentication/,
    );
    expect(cluster.requests.map(({ authorization }) => authorization)).toEqual(
      cluster.requests.map(() => 'Bearer token-of-ann'),
    );
  });

  it('reads no Secret, and of the ConfigMaps those of control planes', async () => {
    await analyzed('--kubeconfig', 'kubeconfig');
    const paths = cluster.requests.map(request => request.path);
    expect(paths.filter(one => one.includes('secrets'))).toEqual([]);
    const configMaps = paths.filter(one => one.includes('/configmaps'));
    expect(configMaps).toHaveLength(3);
    configMaps.forEach(one => expect(one).toContain('labelSelector='));
  });

  it('says where it read in the text', async () => {
    const { out } = await runMesh(['analyze', '--kubeconfig', 'kubeconfig'], {
      cwd,
    });
    expect(out).toMatch(/in 6 objects of cluster prod$/);
  });

  it('reads page by page, and anew where the pages have expired', async () => {
    await cluster.stop();
    cluster = await FakeCluster.start({
      ...LISTS,
      '/api/v1/services': Array.from({ length: 1_201 }, (_, index) =>
        SERVICE(`service-${index}`),
      ),
    });
    await write('kubeconfig', cluster.kubeconfig());
    cluster.answers.set('/api/v1/services', [
      {
        status: 200,
        body: {
          metadata: { continue: '500' },
          items: [SERVICE('gone-meanwhile')],
        },
      },
      { status: 410, body: { kind: 'Status', message: 'too old' } },
      ...[0, 500, 1_000].map(start =>
        cluster.page('/api/v1/services', start, 500),
      ),
    ]);
    const { out } = await runMesh(
      ['routes', '-o', 'json', '--kubeconfig', 'kubeconfig'],
      { cwd },
    );
    expect(JSON.parse(out).services).toHaveLength(1_201);
  });

  it('says which kinds may not be read, and does not know what depends on them', async () => {
    cluster.answers.set('/api/v1/services', [
      { status: 403, body: { kind: 'Status', message: 'forbidden' } },
    ]);
    const { code, answer, err } = await analyzed('--kubeconfig', 'kubeconfig');
    expect(err).toContain(
      'mesh: prod: user ann may not list Service in all namespaces; what depends on them is unknown',
    );
    expect(
      answer.findings.filter(
        ({ code: one }: { code: string }) => one === 'IST0101',
      ),
    ).toEqual([]);
    expect(answer.skipped).toContainEqual(
      expect.objectContaining({ cluster: 'prod', code: 'IST0101' }),
    );
    expect(code).toBe(1);
  });

  it('tries again where the server asks for it', async () => {
    cluster.answers.set('/version', [
      { status: 429, body: 'slow down', headers: { 'retry-after': '1' } },
      { status: 200, body: { gitVersion: 'v1.35.0' } },
    ]);
    expect(
      (await analyzed('--kubeconfig', 'kubeconfig')).answer.clusters,
    ).toEqual(['prod']);
  });

  it('takes the kubeconfig of --with for what the files name, and reports the files alone', async () => {
    await write(
      'web.yaml',
      JSON.stringify({
        ...ROUTE,
        apiVersion: 'networking.istio.io/v1',
        kind: 'VirtualService',
        metadata: { name: 'web', namespace: 'shop' },
        spec: {
          hosts: ['web'],
          http: [{ route: [{ destination: { host: 'web' } }] }],
        },
      }),
    );
    const { answer } = await analyzed('web.yaml', '--with', 'kubeconfig');
    const found = answer.findings.map(
      (finding: { code: string }) => finding.code,
    );
    expect(found).not.toContain('IST0101');
    expect(answer.summary).toMatchObject({ objects: 1, files: 1 });
    const alone = await analyzed('web.yaml');
    expect(
      alone.answer.findings.map((finding: { code: string }) => finding.code),
    ).toContain('IST0101');
  });

  it('looks at several contexts as clusters of one mesh', async () => {
    const { answer } = await analyzed(
      ...['--kubeconfig', 'kubeconfig', '--context', 'prod'],
      ...['--context', 'other'],
    );
    expect(answer.clusters).toEqual(['prod', 'other']);
    expect(
      new Set(
        answer.findings.map(
          ({ object }: { object: { cluster: string } }) => object.cluster,
        ),
      ),
    ).toEqual(new Set(['prod', 'other']));
  });

  it.each([
    [
      ['--context', 'stage'],
      'the kubeconfig kubeconfig has no context stage; it has prod, other',
    ],
    [
      ['--kubeconfig', 'nowhere'],
      'the kubeconfig nowhere cannot be read (ENOENT)',
    ],
  ])('ends with a clear error: %s', async (args, message) => {
    const { code, err } = await analyzed('--kubeconfig', 'kubeconfig', ...args);
    expect(err).toBe(`mesh: ${message}`);
    expect(code).toBe(2);
  });

  it.each([
    ['not there', { command: './no-such-plugin' }, /ENOENT/],
    [
      'failing',
      { command: 'sh', args: ['-c', 'echo log in first >&2; exit 3'] },
      /log in first/,
    ],
    [
      'failing silently',
      { command: 'sh', args: ['-c', 'exit 3'] },
      /said nothing/,
    ],
    [
      'saying something else',
      { command: 'echo', args: ['secret'] },
      /is no ExecCredential$/,
    ],
  ])('tells of an exec plugin that is %s', async (_, exec, message) => {
    await write(
      'kubeconfig',
      cluster.kubeconfig({
        exec: { apiVersion: 'client.authentication.k8s.io/v1', ...exec },
      }),
    );
    const { code, err } = await analyzed('--kubeconfig', 'kubeconfig');
    expect(err).toMatch(
      /^mesh: user ann of context prod has no usable credentials: /,
    );
    expect(err).toMatch(message);
    expect(code).toBe(2);
  });

  it('tells of credentials that are not accepted', async () => {
    cluster.answers.set('/version', [
      { status: 401, body: { kind: 'Status', message: 'Unauthorized' } },
    ]);
    const { code, err } = await analyzed('--kubeconfig', 'kubeconfig');
    expect(err).toBe(
      'mesh: the cluster does not accept the credentials of user ann of context prod (401 Unauthorized)',
    );
    expect(code).toBe(2);
  });

  it('tells of a server that is not there, and of one that is none of Kubernetes', async () => {
    cluster.answers.set('/version', [{ status: 200, body: '<html>' }]);
    expect((await analyzed('--kubeconfig', 'kubeconfig')).err).toMatch(
      /is no API of Kubernetes/,
    );
    await write(
      'gone',
      cluster.kubeconfig().replace(/127.0.0.1:\d+/, '127.0.0.1:1'),
    );
    const { code, err } = await analyzed('--kubeconfig', 'gone');
    expect(err).toMatch(
      /gives no answer at https:\/\/127.0.0.1:1: .*ECONNREFUSED/,
    );
    expect(code).toBe(2);
  });

  it('sends no credentials where everybody on the way reads them', async () => {
    const seen: (string | undefined)[] = [];
    const plain = createServer(({ headers }, response) => {
      seen.push(headers.authorization);
      response.writeHead(401).end();
    });
    await new Promise<void>(resolve => plain.listen(0, '127.0.0.1', resolve));
    const { port } = plain.address() as AddressInfo;
    await write(
      'plain',
      cluster
        .kubeconfig()
        .replace(/https:\S+/, `http://127.0.0.1:${port}`)
        .replace(
          /certificate-authority-data: .*/,
          'insecure-skip-tls-verify: true',
        ),
    );
    await analyzed('--kubeconfig', 'plain');
    plain.close();
    expect(seen).toEqual([undefined]);
  });

  it('asks for an input', async () => {
    expect((await analyzed()).err).toMatch(/^mesh: give files or folders/);
  });
});
