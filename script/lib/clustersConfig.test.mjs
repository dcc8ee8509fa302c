import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { clustersConfig, tokensOf } from './clustersConfig.mjs';

const CONTEXTS = [
  {
    name: 'certificate',
    cluster: { name: 'a', server: 'https://a.example.com' },
    user: { name: 'a', certData: 'CERT', keyData: 'KEY' },
  },
  {
    name: 'odd ${name}',
    cluster: {
      name: 'b',
      server: 'https://b.example.com',
      caData: 'CA',
      skipTLSVerify: false,
    },
    user: { name: 'b', token: 's3cret' },
  },
];

const CLUSTERS = {
  kubeconfig: '/home/me/${x}/config',
  prometheus: [{ context: 'certificate', url: 'http://prometheus' }],
  jaeger: [{ context: 'odd ${name}', url: 'http://jaeger' }],
};

describe('the configuration of a portal on real clusters', () => {
  const config = clustersConfig(CLUSTERS, CONTEXTS, '/catalog.yaml');

  it('has the tokens in the environment, and no secret', () => {
    assert.deepEqual(tokensOf(CONTEXTS), { MESH_TOKEN_1: 's3cret' });
    assert.doesNotMatch(JSON.stringify(config), /s3cret|KEY/);
  });

  it('gives the Kubernetes tab the contexts that have a token', () => {
    assert.deepEqual(config.kubernetes.clusterLocatorMethods[0].clusters, [
      {
        name: 'odd $${name}',
        url: 'https://b.example.com',
        authProvider: 'serviceAccount',
        serviceAccountToken: '${MESH_TOKEN_1}',
        skipMetricsLookup: true,
        caData: 'CA',
      },
    ]);
  });

  it('gives the mesh plugin all contexts and their stores', () => {
    assert.deepEqual(config.mesh, {
      clusters: {
        source: 'kubeconfig',
        file: '/home/me/$${x}/config',
        contexts: ['certificate', 'odd $${name}'],
      },
      prometheus: [
        {
          name: 'certificate',
          url: 'http://prometheus',
          clusters: ['certificate'],
        },
      ],
      traces: [
        {
          name: 'odd $${name}',
          url: 'http://jaeger',
          clusters: ['odd $${name}'],
          type: 'jaeger',
        },
      ],
    });
  });

  it('reads the catalog file', () => {
    const [location] = config.catalog.locations;
    assert.deepEqual(
      [location.type, location.target],
      ['file', '/catalog.yaml'],
    );
  });
});
