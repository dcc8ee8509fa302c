// Loaded before the tests, whose time is not to be spent with it.
import '@kubernetes/client-node';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { FakeCluster } from '../__testUtils__/FakeCluster';
import { runMesh } from '../__testUtils__/runMesh';

const SPEC = {
  type: 'object',
  properties: { port: { type: 'integer' }, podSelector: { type: 'object' } },
};

const SCHEMA = {
  type: 'object',
  properties: { spec: SPEC },
};

const definition = (openAPIV3Schema: unknown) => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'servers.policy.linkerd.io' },
  spec: {
    group: 'policy.linkerd.io',
    names: { kind: 'Server', plural: 'servers' },
    versions: [{ name: 'v1beta3', served: true, schema: { openAPIV3Schema } }],
  },
});

const SERVER = {
  apiVersion: 'policy.linkerd.io/v1beta3',
  kind: 'Server',
  metadata: { name: 'cart', namespace: 'shop' },
  spec: { port: 80, podSelector: {}, ports: 81 },
};

describe('schemas of CustomResourceDefinitions', () => {
  let cwd: string;

  beforeEach(async () => {
    cwd = await mkdtemp(path.join(os.tmpdir(), 'mesh-definitions-'));
    await write('server.yaml', SERVER);
  });

  afterEach(() => rm(cwd, { recursive: true }));

  function write(name: string, object: unknown) {
    return writeFile(path.join(cwd, name), JSON.stringify(object));
  }

  async function unknownFields(...args: string[]) {
    const { out, err } = await runMesh(['analyze', '-o', 'json', ...args], {
      cwd,
    });
    const { findings } = JSON.parse(out);
    return {
      err,
      messages: findings
        .filter(({ code }: { code: string }) => code === 'MESH-0002')
        .map(({ message }: { message: string }) => message),
    };
  }

  const FOUND = [
    'Server shop/cart: unknown field "spec.ports", did you mean "port"?',
  ];

  it('are not known without them', async () => {
    expect((await unknownFields('server.yaml')).messages).toEqual([]);
  });

  it('are those of the files, and of --with', async () => {
    await write('crd.json', definition(SCHEMA));
    expect((await unknownFields('server.yaml', 'crd.json')).messages).toEqual(
      FOUND,
    );
    expect(
      (await unknownFields('server.yaml', '--with', 'crd.json')).messages,
    ).toEqual(FOUND);
  });

  it('are told of where they cannot be read', async () => {
    await write('crd.json', definition({ properties: { spec: 3 } }));
    const { err, messages } = await unknownFields('server.yaml', 'crd.json');
    expect(messages).toEqual([]);
    expect(err).toMatch(
      /note: CustomResourceDefinition servers.policy.linkerd.io, whose schema cannot be read: spec.versions.0.schema/,
    );
  });

  it.each(['its definitions', 'what it publishes'])(
    'are those of the cluster, by %s',
    async by => {
      const isPublished = by === 'what it publishes';
      const cluster = await FakeCluster.start({
        '/api/v1/namespaces': [],
        '/apis/policy.linkerd.io/v1beta3/servers': [SERVER],
        '/apis/apiextensions.k8s.io/v1/customresourcedefinitions': isPublished
          ? []
          : [definition(SCHEMA)],
      });
      try {
        if (isPublished) {
          cluster.answers.set(
            '/apis/apiextensions.k8s.io/v1/customresourcedefinitions',
            [{ status: 403, body: { kind: 'Status', message: 'forbidden' } }],
          );
          cluster.answers.set('/openapi/v3/apis/policy.linkerd.io/v1beta3', [
            {
              status: 200,
              body: {
                components: {
                  schemas: {
                    'io.linkerd.policy.v1beta3.Server': {
                      ...SCHEMA,
                      'x-kubernetes-group-version-kind': [
                        {
                          group: 'policy.linkerd.io',
                          version: 'v1beta3',
                          kind: 'Server',
                        },
                      ],
                    },
                  },
                },
              },
            },
          ]);
        }
        await writeFile(path.join(cwd, 'config'), cluster.kubeconfig());
        expect(
          (await unknownFields('--kubeconfig', 'config')).messages,
        ).toEqual(FOUND);
      } finally {
        await cluster.stop();
      }
    },
  );
});
