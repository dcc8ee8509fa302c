import { mockServices } from '@backstage/backend-test-utils';
import { FakeApiServer } from '../__testUtils__/FakeApiServer';
import { KubeconfigFolder } from '../__testUtils__/KubeconfigFolder';
import { SandboxProcess } from '../__testUtils__/sandboxProcess';
import { ApiPath } from './ApiPath';
import { ApiServerTransport } from './ApiServerTransport';
import { ClusterUnreachableError } from './ClusterTransport';
import { KubeconfigFile } from './KubeconfigFile';
import { bodyText } from './lines';

/** A token that says when it expires, as those of service accounts do. */
function tokenUntil(date: string): string {
  const part = (value: object) =>
    Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({})}.${part({ exp: Date.parse(date) / 1000 })}.signature`;
}

describe('ApiServerTransport', () => {
  let server: FakeApiServer;
  let folder: KubeconfigFolder;
  let transport: ApiServerTransport;
  let controller: AbortController;

  beforeEach(async () => {
    controller = new AbortController();
    server = await FakeApiServer.start();
    server.token = 't0ken';
    folder = await KubeconfigFolder.create();
  });

  afterEach(async () => {
    await transport?.close();
    await server.stop();
    await folder.remove();
  });

  function start(contexts?: string[], file = folder.file): void {
    transport = ApiServerTransport.create({
      source: KubeconfigFile.create({ file, contexts }),
      logger: mockServices.logger.mock(),
      login: { validMs: -1, retryMs: -1 },
    });
  }

  function get(cluster = 'east', path = ApiPath.version()) {
    return transport.get({
      cluster,
      path,
      idleTimeoutMs: 10_000,
      signal: controller.signal,
    });
  }

  async function version(cluster?: string) {
    const { status, body } = await get(cluster);
    return [status, JSON.parse(await bodyText(body))];
  }

  const VERSION = [200, { gitVersion: 'v1.34.1' }];

  it('lists the contexts, and says why it cannot', async () => {
    await folder.write({ east: { server: server.url } }, 'east');
    start();
    expect(await transport.clusters()).toEqual({
      status: 'listed',
      clusters: [{ name: 'east' }],
    });
    await folder.writeText('config', 'Not: a kubeconfig');
    expect(await transport.clusters()).toEqual({
      status: 'unreachable',
      message: `The kubeconfig ${folder.file} is not a kubeconfig: it needs clusters and contexts`,
    });
  });

  it('asks with the token of the context', async () => {
    await folder.write({
      east: { server: server.url, user: { token: 't0ken' } },
      west: { server: server.url, user: { token: 'wrong' } },
    });
    start(['east', 'west']);
    expect(await version()).toEqual(VERSION);
    await expect(get('west')).rejects.toThrow(
      `the cluster does not accept the credentials of user west of the kubeconfig ${folder.file} (401 Unauthorized)`,
    );
  });

  it('asks with a name and a password', async () => {
    server.token = undefined;
    await folder.write({
      east: { server: server.url, user: { username: 'me', password: 'pw' } },
    });
    start();
    expect(await version()).toEqual(VERSION);
    expect(server.seen[0].headers.authorization).toBe(
      `Basic ${Buffer.from('me:pw').toString('base64')}`,
    );
  });

  it('says when a token has expired', async () => {
    await folder.write({
      east: {
        server: server.url,
        user: { token: tokenUntil('2026-01-02T03:04:05Z') },
      },
    });
    start();
    await expect(get()).rejects.toThrow(
      '(401 Unauthorized): the token has expired at 2026-01-02T03:04:05.000Z',
    );
  });

  it('runs an exec plugin again when the cluster refuses its token', async () => {
    const user = await folder.plugin({ token: 'old' });
    server.token = 'old';
    await folder.write({ east: { server: server.url, user } });
    start();
    expect(await version()).toEqual(VERSION);
    expect(await version()).toEqual(VERSION);
    expect(await folder.pluginRuns()).toBe(1);
    server.token = 'new';
    await folder.plugin({ token: 'new' });
    expect(await version()).toEqual(VERSION);
    expect(await folder.pluginRuns()).toBe(2);
  });

  it('names what is wrong, until it is repaired', async () => {
    await folder.write({
      east: { server: server.url, user: { exec: { command: 'no-such' } } },
    });
    start(['east', 'west']);
    await expect(get()).rejects.toThrow(
      new ClusterUnreachableError(
        'The exec plugin no-such of user east gave no credentials: it cannot be run (ENOENT)',
      ),
    );
    await expect(get('west')).rejects.toThrow(
      'has no context west; it has east',
    );
    await folder.write({
      east: { server: server.url, user: { token: 't0ken' } },
      west: { server: server.url, user: { token: 't0ken' } },
    });
    expect(await version('east')).toEqual(VERSION);
    expect(await version('west')).toEqual(VERSION);
  });

  it('refuses to send a token to a server without TLS', async () => {
    await folder.write({
      east: {
        server: server.url,
        cluster: { 'insecure-skip-tls-verify': false },
        user: { token: 't0ken' },
      },
    });
    start();
    await expect(get()).rejects.toThrow('HTTP protocol is not allowed');
    expect(server.seen).toEqual([]);
  });

  it('does not take a proxy that it cannot use', async () => {
    await folder.write({
      east: { server: server.url, cluster: { 'proxy-url': 'socks5://p:1080' } },
    });
    start();
    await expect(get()).rejects.toThrow('The proxy-url of the cluster');
  });

  it('says unreachable without the address, and ends when it is aborted', async () => {
    await folder.write({
      east: { server: server.url, user: { token: 't0ken' } },
    });
    start();
    const watch = await get(
      'east',
      ApiPath.watch('Pod', 'v1', { timeoutSeconds: 60 }),
    );
    expect(watch.status).toBe(200);
    const ended = bodyText(watch.body);
    const reason = new Error('stopped');
    controller.abort(reason);
    await expect(ended).rejects.toBe(reason);
    controller = new AbortController();
    await server.goDown();
    const error = await get().catch(caught => caught);
    expect(error).toBeInstanceOf(ClusterUnreachableError);
    expect(String(error)).toContain('ECONNREFUSED');
    expect(String(error)).not.toContain('127.0.0.1');
  });

  it('speaks TLS with the authority of the kubeconfig', async () => {
    const sandbox = await SandboxProcess.start();
    try {
      start(['east'], sandbox.state.kubeconfig);
      const { status } = await get();
      expect(status).toBe(200);
    } finally {
      await sandbox.stop();
    }
  });
});
