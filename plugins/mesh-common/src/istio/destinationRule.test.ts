import { clusterOf } from '../__testUtils__/cluster';
import { istio, ISTIO } from './__testUtils__/istio';
import { destinationRuleFor, RuleClient } from './destinationRule';
import { policyFor } from './trafficPolicy';

const HOST = 'reviews.shop.svc.cluster.local';

const rule = (
  name: string,
  spec: string,
  namespace = 'shop',
  created?: string,
) =>
  istio('DestinationRule', name, `{ host: ${HOST}, ${spec} }`, {
    namespace,
    created,
  });
const lb = (simple: string) =>
  `trafficPolicy: { loadBalancer: { simple: ${simple} } }`;

function found(
  yaml: string,
  client: RuleClient = { namespace: 'web', labels: { app: 'web' } },
  defaults = ['*'],
) {
  return destinationRuleFor(
    clusterOf(ISTIO + yaml),
    client,
    { host: HOST, namespace: 'shop' },
    {
      rootNamespace: 'istio-system',
      defaultDestinationRuleExportTo: defaults,
    },
  );
}

const names = (yaml: string, client?: RuleClient, defaults?: string[]) =>
  found(yaml, client, defaults)?.from.map(({ metadata }) => metadata.name);

describe('destinationRuleFor', () => {
  it.each<[string, string, string[] | undefined]>([
    ['none', '', undefined],
    ['the Service’s namespace', rule('a', ''), ['a']],
    [
      'the client’s namespace before it',
      rule('a', '') + rule('b', '', 'web'),
      ['b'],
    ],
    ['the root namespace at last', rule('r', '', 'istio-system'), ['r']],
    [
      'the Service’s namespace before the root',
      rule('r', '', 'istio-system') + rule('a', ''),
      ['a'],
    ],
    ['nothing that is in another namespace', rule('x', '', 'other'), undefined],
    ['a private rule at home', rule('b', "exportTo: ['.']", 'web'), ['b']],
    ['no private rule from elsewhere', rule('a', "exportTo: ['.']"), undefined],
    ['a rule exported to the client', rule('a', 'exportTo: [web]'), ['a']],
    ['no rule exported to others', rule('a', 'exportTo: [other]'), undefined],
    [
      'the root where the Service’s is for others',
      rule('a', 'exportTo: [other]') + rule('r', '', 'istio-system'),
      ['r'],
    ],
    [
      'no rule of the client’s own namespace that is for others only',
      rule('b', 'exportTo: [other]', 'web') + rule('a', ''),
      ['a'],
    ],
  ])('takes %s', (_, yaml, expected) => {
    expect(names(yaml)).toEqual(expected);
  });

  it('takes the exact host before wildcards, and longer ones before shorter', () => {
    const wild = (name: string, host: string) =>
      istio('DestinationRule', name, `{ host: '${host}' }`);
    expect(
      names(wild('w', '*.local') + wild('l', '*.shop.svc.cluster.local')),
    ).toEqual(['l']);
    expect(
      names(wild('l', '*.shop.svc.cluster.local') + rule('a', '')),
    ).toEqual(['a']);
  });

  it('filters by export only after the most specific host is found', () => {
    const wild = istio('DestinationRule', 'w', "{ host: '*.local' }");
    expect(names(wild + rule('a', 'exportTo: [other]'))).toBeUndefined();
  });

  it('completes short hosts in the namespace of the rule, and no others', () => {
    const short = (host: string, namespace = 'shop') =>
      istio('DestinationRule', 's', `{ host: ${host} }`, { namespace });
    expect(names(short('reviews'))).toEqual(['s']);
    expect(names(short('reviews', 'web'))).toBeUndefined();
    expect(names(short('reviews.shop'))).toBeUndefined();
  });

  it('follows the mesh’s default for exports', () => {
    expect(names(rule('a', ''), undefined, ['.'])).toBeUndefined();
    expect(names(rule('a', ''), { namespace: 'shop' }, ['.'])).toEqual(['a']);
  });

  it('serves clients in the root namespace by the Service’s rule, unless theirs is private', () => {
    const client = { namespace: 'istio-system' };
    expect(
      names(rule('r', '', 'istio-system') + rule('a', ''), client),
    ).toEqual(['a']);
    expect(
      names(
        rule('r', "exportTo: ['.']", 'istio-system') + rule('a', ''),
        client,
      ),
    ).toEqual(['r']);
  });

  it('serves clients of no namespace in particular by what is public', () => {
    expect(names(rule('a', '') + rule('b', '', 'web'), {})).toEqual(['a']);
    expect(names(rule('a', 'exportTo: [web]'), {})).toBeUndefined();
  });

  it('merges rules of one host: the first policy, all subsets, the first of each name', () => {
    const merged = found(
      rule(
        'a',
        'subsets: [{ name: v1, labels: { version: a } }]',
        'shop',
        '2026-01-01T00:00:00Z',
      ) +
        rule(
          'b',
          `${lb(
            'RANDOM',
          )}, subsets: [{ name: v1, labels: { version: b } }, { name: v2 }]`,
          'shop',
          '2026-01-02T00:00:00Z',
        ) +
        rule('c', lb('ROUND_ROBIN'), 'shop', '2026-01-03T00:00:00Z'),
    );
    expect(merged?.from.map(({ metadata }) => metadata.name)).toEqual([
      'a',
      'b',
      'c',
    ]);
    expect(merged?.policy?.rule.metadata.name).toBe('b');
    expect(
      merged?.subsets.map(
        ({ subset, rule: from }) => `${subset.name} ${from.metadata.name}`,
      ),
    ).toEqual(['v1 a', 'v2 b']);
  });

  it('does not merge what is exported differently: the youngest that is visible counts', () => {
    expect(names(rule('a', '') + rule('b', "exportTo: ['*']"))).toEqual(['b']);
    expect(names(rule('a', "exportTo: ['*']") + rule('b', ''))).toEqual(['b']);
  });

  describe('with a workload selector', () => {
    const selecting = (name: string, app: string, namespace = 'web') =>
      rule(
        name,
        `workloadSelector: { matchLabels: { app: ${app} } }`,
        namespace,
      );

    it('comes before others for the workloads that it selects', () => {
      expect(names(rule('all', '', 'web') + selecting('mine', 'web'))).toEqual([
        'mine',
      ]);
      expect(names(rule('all', '', 'web') + selecting('theirs', 'x'))).toEqual([
        'all',
      ]);
    });

    it('ends the search even for workloads that it does not select', () => {
      expect(names(selecting('theirs', 'x') + rule('a', ''))).toBeUndefined();
    });

    it('counts in its own namespace only', () => {
      expect(names(selecting('far', 'web', 'shop'))).toBeUndefined();
    });

    it('does not count for a client that is no workload in particular', () => {
      expect(
        names(selecting('mine', 'web') + rule('all', '', 'web'), {
          namespace: 'web',
        }),
      ).toEqual(['all']);
    });
  });
});

describe('policyFor', () => {
  const merged = found(
    rule(
      'a',
      `trafficPolicy: {
        loadBalancer: { simple: RANDOM },
        tls: { mode: ISTIO_MUTUAL },
        outlierDetection: { consecutive5xxErrors: 1 },
        portLevelSettings: [{ port: { number: 81 }, loadBalancer: { simple: ROUND_ROBIN } }]
      },
      subsets: [
        { name: plain },
        { name: own, trafficPolicy: { loadBalancer: { simple: PASSTHROUGH } } },
        { name: ported, trafficPolicy: { tls: { mode: DISABLE }, portLevelSettings: [{ port: { number: 82 }, outlierDetection: {} }] } }
      ]`,
    ),
  );
  const of = (subset: string | undefined, port: number) => {
    const policy = policyFor(merged, subset, port);
    return [
      policy.loadBalancer?.value.simple,
      policy.tls?.value.mode,
      policy.outlierDetection?.value.consecutive5xxErrors,
    ];
  };

  it.each<[string, string | undefined, number, unknown[]]>([
    ['the rule’s', undefined, 80, ['RANDOM', 'ISTIO_MUTUAL', 1]],
    [
      'the port’s, as a whole',
      undefined,
      81,
      ['ROUND_ROBIN', undefined, undefined],
    ],
    [
      'the rule’s for a subset without one',
      'plain',
      80,
      ['RANDOM', 'ISTIO_MUTUAL', 1],
    ],
    [
      'the rule’s, block by block overridden',
      'own',
      80,
      ['PASSTHROUGH', 'ISTIO_MUTUAL', 1],
    ],
    [
      'the port’s of the rule, overridden by the subset',
      'own',
      81,
      ['PASSTHROUGH', undefined, undefined],
    ],
    ['the subset’s', 'ported', 80, ['RANDOM', 'DISABLE', 1]],
    [
      'the port’s of the subset, as a whole',
      'ported',
      82,
      [undefined, undefined, undefined],
    ],
    [
      'the rule’s for a subset that is not there',
      'gone',
      80,
      ['RANDOM', 'ISTIO_MUTUAL', 1],
    ],
  ])('is %s', (_, subset, port, expected) => {
    expect(of(subset, port)).toEqual(expected);
  });

  it('names where a block is written', () => {
    expect(policyFor(merged, undefined, 81).loadBalancer?.field).toBe(
      'spec.trafficPolicy.portLevelSettings[0].loadBalancer',
    );
    expect(policyFor(merged, 'own', 80).loadBalancer?.field).toBe(
      'spec.subsets[1].trafficPolicy.loadBalancer',
    );
    expect(policyFor(undefined, undefined, 80)).toEqual({});
  });
});
