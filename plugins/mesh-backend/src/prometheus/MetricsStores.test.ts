import { QueryScope, TrafficQuery } from 'backstage-plugin-mesh-common';
import { PrometheusConfig } from '../config';
import { MetricsStores } from './MetricsStores';
import { PrometheusStore, QueryResult } from './PrometheusStore';

const ASKED_AT = new Date('2026-01-01T00:00:00Z');

function config(
  name: string,
  overrides: Partial<PrometheusConfig> = {},
): PrometheusConfig {
  return {
    name,
    url: 'http://unused',
    headers: {},
    scrapeIntervalMs: 15_000,
    timeoutMs: 1_000,
    ...overrides,
  };
}

function make(
  stores: PrometheusConfig[],
  answer: (expression: string) => QueryResult = expression => ({
    status: 'measured',
    samples: [{ labels: { expression }, value: 1 }],
    askedAt: ASKED_AT,
  }),
  clusters = ['east', 'west'],
) {
  return MetricsStores.create({
    stores,
    clusters: () => clusters,
    createStore: one => {
      const store = PrometheusStore.create(one);
      jest
        .spyOn(store, 'query')
        .mockImplementation(async expression =>
          answer(`${one.name} ${expression}`),
        );
      return store;
    },
  });
}

function question(scope: QueryScope): TrafficQuery<string[]> {
  return {
    expressions: { a: JSON.stringify(scope), b: 'b' },
    read: ({ a, b }) => [...a, ...b].map(({ labels }) => labels.expression),
  };
}

describe('MetricsStores', () => {
  it('asks the store that names the cluster, else the one that names none', async () => {
    const stores = make([
      config('rest'),
      config('own', { clusters: ['east'] }),
    ]);
    expect(await stores.measure('east', 60, question)).toEqual({
      status: 'measured',
      value: ['own {"windowSeconds":60,"matchers":{}}', 'own b'],
      store: 'own',
      askedAt: ASKED_AT,
    });
    expect(await stores.measure('west', 60, question)).toMatchObject({
      value: ['rest {"windowSeconds":60,"matchers":{}}', 'rest b'],
    });
  });

  it('tells clusters of a shared store apart by their label', async () => {
    const stores = make([
      config('shared', { clusters: ['east', 'west'], clusterLabel: 'cluster' }),
    ]);
    expect(await stores.measure('west', 60, question)).toMatchObject({
      value: [
        'shared {"windowSeconds":60,"matchers":{"cluster":"west"}}',
        'shared b',
      ],
    });
  });

  it.each([
    ['that names them', config('shared', { clusters: ['east', 'west'] })],
    ['for all', config('shared')],
  ])(
    'does not add up clusters that a store %s cannot tell apart',
    async (_, one) => {
      expect(await make([one]).measure('east', 60, question)).toEqual({
        status: 'unknown',
        cause: 'not-measured',
        message: expect.stringMatching(
          /shared has the figures of several clusters \(east, west\).*clusterLabel/,
        ),
      });
    },
  );

  it('needs no label where a store has one cluster', async () => {
    const stores = make([config('all')], undefined, ['east']);
    expect(await stores.measure('east', 60, question)).toMatchObject({
      status: 'measured',
    });
  });

  it('says how to configure a store where there is none', async () => {
    const stores = make([config('own', { clusters: ['west'] })]);
    expect(await stores.measure('east', 60, question)).toEqual({
      status: 'unknown',
      cause: 'not-measured',
      message: expect.stringContaining('mesh.prometheus'),
    });
  });

  it('knows nothing where one of its questions failed', async () => {
    const stores = make([config('all', { clusters: ['east'] })], expression =>
      expression === 'all b'
        ? { status: 'unreachable', message: 'It is gone', askedAt: ASKED_AT }
        : { status: 'measured', samples: [], askedAt: ASKED_AT },
    );
    expect(await stores.measure('east', 60, question)).toEqual({
      status: 'unknown',
      cause: 'unreachable',
      message: 'It is gone',
      askedAt: ASKED_AT,
    });
  });
});
