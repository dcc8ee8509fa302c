import { mockServices } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import { readMeshConfig } from './config';

function read(mesh: JsonObject | string) {
  return readMeshConfig(mockServices.rootConfig({ data: { mesh } }));
}

describe('readMeshConfig', () => {
  it('needs no configuration', () => {
    expect(readMeshConfig(mockServices.rootConfig({ data: {} }))).toStrictEqual(
      {
        clusters: { source: 'kubernetes-plugin' },
        mirror: {
          watchTimeoutMs: 300_000,
          probeIntervalMs: 30_000,
          clusterListIntervalMs: 60_000,
          recheckIntervalMs: 60_000,
        },
        catalogIntervalMs: 60_000,
        checklistTrafficIntervalMs: 60_000,
        prometheus: [],
        traces: [],
        entityScope: { default: 'any', rules: [] },
        analysis: { suppressions: [], optionalChecks: [] },
      },
    );
  });

  it('reads all of it', () => {
    expect(
      read({
        clusters: { source: 'kubeconfig', file: '/k', contexts: ['a', 'b'] },
        mirror: { watchTimeout: '2m', probeInterval: { seconds: 5 } },
        catalogInterval: 'PT30S',
        checklist: { trafficInterval: '5s' },
        prometheus: [
          {
            name: 'shared',
            url: 'https://prometheus.example.com/',
            clusters: ['east', 'west'],
            clusterLabel: 'cluster',
            headers: { Authorization: 'Bearer s3cret' },
            scrapeInterval: { seconds: 30 },
            timeout: '5s',
          },
          { name: 'rest', url: 'http://prometheus.example.com/prometheus' },
        ],
        traces: [
          {
            name: 'jaeger',
            type: 'jaeger',
            url: 'https://jaeger.example.com/query/',
            publicUrl: 'https://traces.example.com/',
            clusters: ['east'],
            headers: { Authorization: 'Bearer s3cret' },
            timeout: '5s',
          },
        ],
      }),
    ).toStrictEqual({
      clusters: { source: 'kubeconfig', file: '/k', contexts: ['a', 'b'] },
      mirror: {
        watchTimeoutMs: 120_000,
        probeIntervalMs: 5_000,
        clusterListIntervalMs: 60_000,
        recheckIntervalMs: 60_000,
      },
      catalogIntervalMs: 30_000,
      checklistTrafficIntervalMs: 5_000,
      prometheus: [
        {
          name: 'shared',
          url: 'https://prometheus.example.com',
          clusters: ['east', 'west'],
          clusterLabel: 'cluster',
          headers: { Authorization: 'Bearer s3cret' },
          scrapeIntervalMs: 30_000,
          timeoutMs: 5_000,
        },
        {
          name: 'rest',
          url: 'http://prometheus.example.com/prometheus',
          headers: {},
          scrapeIntervalMs: 15_000,
          timeoutMs: 10_000,
        },
      ],
      traces: [
        {
          name: 'jaeger',
          type: 'jaeger',
          url: 'https://jaeger.example.com/query',
          publicUrl: 'https://traces.example.com',
          clusters: ['east'],
          headers: { Authorization: 'Bearer s3cret' },
          timeoutMs: 5_000,
        },
      ],
      entityScope: { default: 'any', rules: [] },
      analysis: { suppressions: [], optionalChecks: [] },
    });
  });

  it('leaves alone what other packages have below mesh', () => {
    expect(read({ advisor: {} }).prometheus).toEqual([]);
  });

  it('reads which namespaces entities may reach', () => {
    expect(read({}).entityScope).toEqual({ default: 'any', rules: [] });
    const rule = { owner: 'Group:default/Shop-Team', namespaces: ['shop-*'] };
    expect(
      read({ entityScope: { default: [], rules: [rule] } }).entityScope,
    ).toEqual({
      default: [],
      rules: [{ owner: 'group:default/shop-team', namespaces: ['shop-*'] }],
    });
  });

  it('reads what is not reported, and what is checked besides', () => {
    const { suppressions, optionalChecks } = read({
      analysis: {
        suppress: ['IST0102=Namespace default'],
        optionalChecks: ['KIA0601'],
      },
    }).analysis;
    expect(suppressions).toEqual([
      {
        text: 'IST0102=Namespace default',
        code: 'IST0102',
        resource: 'Namespace default',
      },
    ]);
    expect(new Set(optionalChecks.map(({ code }) => code))).toEqual(
      new Set(['KIA0601']),
    );
  });

  const store = { name: 'a', url: 'http://a' };
  it.each<[string, JsonObject | string, string | RegExp]>([
    ['mesh', 'yes', 'mesh: expected object, received string'],
    [
      'an unknown source of clusters',
      { clusters: { source: 'gke' } },
      'mesh.clusters.source: expected kubernetes-plugin, kubeconfig or in-cluster',
    ],
    [
      'a suppression without an object',
      { analysis: { suppress: ['IST0102'] } },
      'mesh.analysis.suppress[0]: expected CODE=Kind name.namespace',
    ],
    [
      'an optional check that is none',
      { analysis: { optionalChecks: ['IST0101'] } },
      /mesh.analysis.optionalChecks\[0\]: expected all, .*KIA0601/,
    ],
    [
      'a kubeconfig without a file',
      { clusters: { source: 'kubeconfig' } },
      'mesh.clusters.file: expected string, received undefined',
    ],
    [
      'a context that is named twice',
      { clusters: { source: 'kubeconfig', file: '/k', contexts: ['a', 'a'] } },
      'mesh.clusters.contexts: a context is named twice',
    ],
    [
      'contexts of the cluster in which the backend runs',
      { clusters: { source: 'in-cluster', name: 'a', contexts: ['a'] } },
      /mesh\.clusters: .*contexts/,
    ],
    [
      'a scope of another word',
      { entityScope: { default: 'none' } },
      'mesh.entityScope.default: expected any, or a list of namespaces',
    ],
    [
      'a scope of a short reference',
      { entityScope: { rules: [{ entity: 'reviews', namespaces: [] }] } },
      'mesh.entityScope.rules[0].entity: expected a full entity reference such as component:default/reviews',
    ],
    [
      'a scope of nobody',
      { entityScope: { rules: [{ namespaces: [] }] } },
      'mesh.entityScope.rules[0]: expected either entity or owner',
    ],
    [
      'a scope of what is no namespace',
      {
        entityScope: {
          rules: [{ owner: 'group:default/a', namespaces: ['Shop/x'] }],
        },
      },
      'mesh.entityScope.rules[0].namespaces[0]: expected the name of a Kubernetes namespace, or the beginning of one and *',
    ],
    [
      'an object for a list',
      { prometheus: {} },
      'mesh.prometheus: expected array, received object',
    ],
    [
      'a number for a URL',
      { prometheus: [{ ...store, url: 9090 }] },
      'mesh.prometheus[0].url: expected string, received number',
    ],
    [
      'no URL',
      { prometheus: [{ name: 'a' }] },
      'mesh.prometheus[0].url: expected string, received undefined',
    ],
    [
      'a path for a URL',
      { prometheus: [store, { name: 'b', url: '/prometheus' }] },
      'mesh.prometheus[1].url: expected an http or https URL',
    ],
    [
      'another scheme',
      { prometheus: [{ ...store, url: 'ftp://a' }] },
      'mesh.prometheus[0].url: expected an http or https URL',
    ],
    [
      'a list of numbers',
      { prometheus: [{ ...store, clusters: [1] }] },
      'mesh.prometheus[0].clusters[0]: expected string, received number',
    ],
    [
      'an empty list',
      { prometheus: [{ ...store, clusters: [] }] },
      'mesh.prometheus[0].clusters: ',
    ],
    [
      'no label name',
      { prometheus: [{ ...store, clusterLabel: 'a-b' }] },
      'mesh.prometheus[0].clusterLabel: expected the name of a Prometheus label',
    ],
    [
      'a misspelt key',
      { prometheus: [{ ...store, clusterlabel: 'a' }] },
      /mesh\.prometheus\[0\]: .*clusterlabel/,
    ],
    [
      'a number for a duration',
      { prometheus: [{ ...store, timeout: 5 }] },
      'mesh.prometheus[0].timeout: expected a duration such as "30s" or { seconds: 30 }',
    ],
    [
      'a duration without unit',
      { catalogInterval: '5' },
      'mesh.catalogInterval: expected a duration such as "30s"',
    ],
    [
      'an unknown unit',
      { mirror: { probeInterval: { seconds: 1, fortnights: 1 } } },
      /mesh\.mirror\.probeInterval: expected a duration .*fortnights/,
    ],
    [
      'too long a watch',
      { mirror: { watchTimeout: '10m' } },
      'mesh.mirror.watchTimeout: expected between 1 and 300 s, got 600 s',
    ],
    [
      'too short an interval',
      { mirror: { recheckInterval: '10ms' } },
      'mesh.mirror.recheckInterval: expected at least 1 s, got 0.01 s',
    ],
    [
      'a cluster in two stores',
      {
        prometheus: [
          { ...store, clusters: ['x'] },
          { ...store, name: 'b', clusters: ['y', 'x'] },
        ],
      },
      'mesh.prometheus[1].clusters: x is in mesh.prometheus[0] already',
    ],
    [
      'two stores for the rest',
      { prometheus: [store, { ...store, name: 'b' }] },
      'mesh.prometheus[1].clusters: any other cluster is in mesh.prometheus[0] already',
    ],
    [
      'two stores of one name',
      {
        prometheus: [
          { ...store, clusters: ['x'] },
          { ...store, clusters: ['y'] },
        ],
      },
      'mesh.prometheus[1].name: a is the name of another store',
    ],
    [
      'a trace store of an unknown type',
      { traces: [{ ...store, type: 'tempo' }] },
      'mesh.traces[0].type: expected jaeger',
    ],
    [
      'a trace store of several clusters that cannot tell them apart',
      { traces: [{ ...store, type: 'jaeger', clusters: ['x', 'y'] }] },
      'mesh.traces[0].clusterLabel: expected the attribute that names the cluster',
    ],
    [
      'two trace stores for one cluster',
      {
        traces: [
          { ...store, type: 'jaeger' },
          { ...store, type: 'jaeger', name: 'b' },
        ],
      },
      'mesh.traces[1].clusters: any other cluster is in mesh.traces[0] already',
    ],
  ])('refuses %s by the name of the key', (_, mesh, message) => {
    expect(() => read(mesh)).toThrow(message);
  });

  it('never shows the value of a header', () => {
    let message = '';
    try {
      read({
        prometheus: [{ ...store, headers: { Authorization: ['s3cret'] } }],
      });
    } catch (error) {
      message = String(error);
    }
    expect(message).toContain('mesh.prometheus[0].headers.Authorization');
    expect(message).not.toContain('s3cret');
  });
});
