import {
  AuthService,
  coreServices,
  createBackendPlugin,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import {
  mockServices,
  startTestBackend,
  TestBackend,
} from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import { kubernetesPlugin } from '../__testUtils__/kubernetesPlugin';
import { FakeApiServer } from '../__testUtils__/FakeApiServer';
import { ApiPath } from './ApiPath';
import { ClusterUnreachableError } from './ClusterTransport';
import { KubernetesPluginTransport } from './KubernetesPluginTransport';
import { bodyText, linesOf } from './lines';

/** Starts a backend with the Kubernetes plugin, and gives the transport that the mesh plugin would have. */
async function start(kubernetes: JsonObject | undefined, installed = true) {
  let services: { auth: AuthService; discovery: DiscoveryService } | undefined;
  const plugin = createBackendPlugin({
    pluginId: 'mesh',
    register(env) {
      env.registerInit({
        deps: { auth: coreServices.auth, discovery: coreServices.discovery },
        async init(deps) {
          services = deps;
        },
      });
    },
  });
  const backend = await startTestBackend({
    features: [
      plugin,
      ...(installed ? [kubernetesPlugin()] : []),
      mockServices.rootConfig.factory({
        data: kubernetes ? { kubernetes } : {},
      }),
    ],
  });
  if (!services) {
    throw new Error('The plugin has not started');
  }
  return { backend, transport: KubernetesPluginTransport.create(services) };
}

function clusters(...list: JsonObject[]): JsonObject {
  return {
    serviceLocatorMethod: { type: 'multiTenant' },
    clusterLocatorMethods: [{ type: 'config', clusters: list }],
  };
}

describe('KubernetesPluginTransport', () => {
  const controller = new AbortController();
  const { signal } = controller;
  let server: FakeApiServer;
  let backend: TestBackend | undefined;
  let transport: KubernetesPluginTransport | undefined;

  beforeEach(async () => {
    server = await FakeApiServer.start();
    server.token = 't0ken';
  });

  afterEach(async () => {
    await transport?.close();
    await backend?.stop();
    await server.stop();
  });

  async function startWith(kubernetes?: JsonObject, installed?: boolean) {
    ({ backend, transport } = await start(kubernetes, installed));
    return transport;
  }

  function east(): JsonObject {
    return {
      name: 'east',
      title: 'East',
      url: server.url,
      authProvider: 'serviceAccount',
      serviceAccountToken: 't0ken',
      dashboardUrl: 'https://dashboard.example.com',
      dashboardApp: 'standard',
    };
  }

  it('lists the clusters, and says which need the token of a user', async () => {
    const t = await startWith(
      clusters(east(), {
        name: 'user',
        url: server.url,
        authProvider: 'oidc',
        oidcTokenProvider: 'okta',
      }),
    );
    expect(await t.clusters(signal)).toEqual({
      status: 'listed',
      clusters: [
        {
          name: 'east',
          title: 'East',
          dashboardUrl: 'https://dashboard.example.com',
        },
        {
          name: 'user',
          unsupportedAuth: expect.stringContaining('authProvider oidc'),
        },
      ],
    });
  });

  it.each([
    ['has no configuration', undefined, true],
    ['is not installed', undefined, false],
  ])('says so where the Kubernetes plugin %s', async (_, config, installed) => {
    const list = await (await startWith(config, installed)).clusters(signal);
    expect(list).toEqual({
      status: 'not-configured',
      message: expect.stringContaining('`kubernetes`'),
    });
  });

  it('reads with the credentials that the plugin has for the cluster', async () => {
    const t = await startWith(clusters(east(), { ...east(), name: 'other' }));
    const response = await t.get({
      cluster: 'east',
      path: ApiPath.version(),
      idleTimeoutMs: 10_000,
      signal,
    });
    expect(response.status).toBe(200);
    expect(JSON.parse(await bodyText(response.body))).toEqual({
      gitVersion: 'v1.34.1',
    });
  });

  it('passes on what the API server refuses', async () => {
    server.forbidden.add('Pod');
    const t = await startWith(clusters(east()));
    const response = await t.get({
      cluster: 'east',
      path: ApiPath.list('Pod', 'v1', {}),
      idleTimeoutMs: 10_000,
      signal,
    });
    expect(response.status).toBe(403);
    expect(JSON.parse(await bodyText(response.body))).toMatchObject({
      kind: 'Status',
    });
  });

  it('tells a silent cluster from one that refuses, without its address', async () => {
    const t = await startWith(clusters(east()));
    await server.goDown();
    const failure = await t
      .get({
        cluster: 'east',
        path: ApiPath.version(),
        idleTimeoutMs: 10_000,
        signal,
      })
      .catch(error => error);
    expect(failure).toBeInstanceOf(ClusterUnreachableError);
    expect(failure.message).toContain('ECONNREFUSED');
    expect(failure.message).not.toContain('127.0.0.1');
  });

  it('streams a watch while it runs', async () => {
    const t = await startWith(clusters(east()));
    server.put({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'shop' },
    });
    const { body } = await t.get({
      cluster: 'east',
      path: ApiPath.watch('Namespace', 'v1', { timeoutSeconds: 60 }),
      idleTimeoutMs: 10_000,
      signal,
    });
    const types: string[] = [];
    for await (const line of linesOf(body)) {
      const { type, object } = JSON.parse(line);
      types.push(`${type} ${object.metadata.name}`);
      if (type === 'BOOKMARK') {
        server.put({
          apiVersion: 'v1',
          kind: 'Namespace',
          metadata: { name: 'bank' },
        });
      }
      if (types.length === 3) {
        break;
      }
    }
    expect(types).toEqual(['ADDED shop', 'BOOKMARK ', 'ADDED bank']);
  });

  it('ends a watch that gets no byte any more, as one does whose cluster is gone', async () => {
    const t = await startWith(clusters(east()));
    const { body } = await t.get({
      cluster: 'east',
      path: ApiPath.watch('Namespace', 'v1', { timeoutSeconds: 60 }),
      idleTimeoutMs: 500,
      signal,
    });
    const watching = (async () => {
      for await (const _ of linesOf(body)) {
        await server.goDown();
      }
    })();
    await expect(watching).rejects.toThrow(ClusterUnreachableError);
  });

  it('ends a request when told to', async () => {
    const t = await startWith(clusters(east()));
    const own = new AbortController();
    const { body } = await t.get({
      cluster: 'east',
      path: ApiPath.watch('Namespace', 'v1', { timeoutSeconds: 60 }),
      idleTimeoutMs: 10_000,
      signal: own.signal,
    });
    const watching = (async () => {
      for await (const _ of linesOf(body)) {
        own.abort(new Error('enough'));
      }
    })();
    await expect(watching).rejects.toThrow('enough');
  });
});
