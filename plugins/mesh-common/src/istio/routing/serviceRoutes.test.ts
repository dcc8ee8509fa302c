import { clusterOf } from '../../__testUtils__/cluster';
import { PortRoutes, ServiceRoutes } from '../../contract/routing';
import { KindId } from '../../kubernetes/kinds';
import { SnapshotOrigin } from '../../snapshot/readState';
import {
  ISTIO,
  istio,
  meshSettings,
  namespace,
  pod,
  service,
  serviceOf,
} from '../__testUtils__/istio';
import { serviceRoutes } from './serviceRoutes';

interface Question {
  from?: string;
  workload?: string;
  port?: number;
  settings?: string;
  forbidden?: KindId[];
  origin?: SnapshotOrigin;
}

const BASE =
  pod('reviews', { labels: 'version: v1' }) +
  service('reviews') +
  pod('web', { namespace: 'web', labels: 'tier: front' });

function routesOf(yaml: string, question: Question = {}) {
  const {
    from = 'web',
    workload,
    settings = ISTIO,
    forbidden,
    origin,
  } = question;
  const snapshot = clusterOf(settings + BASE + yaml, { forbidden, origin });
  const seenFrom: ServiceRoutes['seenFrom'] = {
    namespace: from,
    ...(workload && {
      workload: {
        cluster: 'test',
        namespace: from,
        kind: 'Pod',
        name: workload,
      },
    }),
  };
  return serviceRoutes(snapshot, serviceOf(snapshot, 'reviews'), seenFrom);
}

function portOf(yaml: string, question: Question = {}): PortRoutes {
  const found = routesOf(yaml, question).ports.find(
    ({ port }) => port === (question.port ?? 80),
  );
  if (!found) {
    throw new TypeError('no such port');
  }
  return found;
}

/** `subset percent, …` of each rule that can be reached. */
const splits = ({ rules }: PortRoutes) =>
  rules
    .filter(({ neverMatches }) => !neverMatches)
    .map(({ backends }) =>
      backends
        .map(
          ({ subset, host, percent, missing }) =>
            `${subset ?? host.split('.')[0]} ${percent}${
              missing ? ` ${missing.status}` : ''
            }`,
        )
        .join(', '),
    );
const ignored = (found: PortRoutes) => found.ignored.map(({ text }) => text);

const subsets = istio(
  'DestinationRule',
  'reviews',
  '{ host: reviews, subsets: [{ name: v1, labels: { version: v1 } }, { name: v2, labels: { version: v2 } }] }',
);
const vs = (
  name: string,
  http: string,
  options: {
    namespace?: string;
    hosts?: string;
    more?: string;
    created?: string;
  } = {},
) =>
  istio(
    'VirtualService',
    name,
    `{ hosts: [${options.hosts ?? 'reviews'}], ${
      options.more ?? ''
    } http: [${http}] }`,
    { namespace: options.namespace, created: options.created },
  );
const to = (subset: string, more = '') =>
  `{ ${more} route: [{ destination: { host: reviews.shop.svc.cluster.local, subset: ${subset} } }] }`;

describe('routes by VirtualServices', () => {
  it('go to the Service where there is none', () => {
    const found = portOf('');
    expect(found).toMatchObject({
      routing: { value: 'service' },
      rules: [],
      ignored: [],
      protocol: { value: 'http' },
    });
    expect(found.destinations).toMatchObject([
      {
        host: 'reviews.shop.svc.cluster.local',
        endpoints: { ready: 1, total: 1 },
        loadBalancer: 'LEAST_REQUEST',
      },
    ]);
  });

  it('have their rules in order, with shares and conditions', () => {
    const found = portOf(
      subsets +
        vs(
          'reviews',
          `${to(
            'v2',
            'match: [{ headers: { end-user: { exact: jason } }, uri: { prefix: /a } }, { method: { regex: "*" } }],',
          )},
           { route: [{ destination: { host: reviews, subset: v1 }, weight: 90 }, { destination: { host: reviews, subset: v2 }, weight: 30 }] }`,
        ),
    );
    expect(found.routing.value).toBe('rules');
    expect(splits(found)).toEqual(['v2 100', 'v1 75, v2 25']);
    expect(found.rules[0].matches).toEqual([
      [
        { subject: 'path', operator: 'prefix', value: '/a' },
        {
          subject: 'header',
          name: 'end-user',
          operator: 'exact',
          value: 'jason',
        },
      ],
      [{ subject: 'method', operator: 'present' }],
    ]);
    expect(found.rules[1]).toMatchObject({
      name: 'VirtualService shop/reviews http[1]',
      matches: [],
      reasons: [{ object: { name: 'reviews' }, field: 'spec.http[1]' }],
    });
    expect(found.unmatched).toBeUndefined();
  });

  it('answer 404 to what no rule matches', () => {
    expect(
      portOf(vs('reviews', to('v1', 'match: [{ uri: { prefix: /a } }],')))
        .unmatched,
    ).toMatchObject({ status: 404 });
  });

  it('give everything to a single destination, and nothing to a weight of 0', () => {
    expect(
      splits(
        portOf(
          vs(
            'a',
            '{ route: [{ destination: { host: reviews }, weight: 10 }] }',
          ),
        ),
      ),
    ).toEqual(['reviews 100']);
    expect(
      splits(
        portOf(
          subsets +
            vs(
              'a',
              '{ route: [{ destination: { host: reviews, subset: v1 }, weight: 1 }, { destination: { host: reviews, subset: v2 } }] }',
            ),
        ),
      ),
    ).toEqual(['v1 100, v2 0']);
  });

  it.each<[string, string, string]>([
    [
      'an unknown host',
      '{ destination: { host: nowhere } }',
      'knows no host nowhere.shop.svc.cluster.local',
    ],
    [
      'a host that is not completed',
      '{ destination: { host: reviews.shop } }',
      'knows no host reviews.shop',
    ],
    [
      'an unknown port',
      '{ destination: { host: reviews, port: { number: 81 } } }',
      'has no port 81',
    ],
    [
      'an unknown subset',
      '{ destination: { host: reviews, subset: v9 } }',
      'has no subset v9',
    ],
  ])('answer 503 for %s', (_, destination, text) => {
    const [backend] = portOf(subsets + vs('a', `{ route: [${destination}] }`))
      .rules[0].backends;
    expect(backend.missing).toMatchObject({
      status: 503,
      reason: {
        text: expect.stringContaining(text),
        field: 'spec.http[0].route[0].destination',
      },
    });
  });

  it('answer 503 for a subset without any DestinationRule, and for a Service that is not exported', () => {
    expect(splits(portOf(vs('a', to('v1'))))).toEqual(['v1 100 503']);
    const hidden = service('hidden', {
      annotations: "networking.istio.io/exportTo: '.'",
    });
    expect(
      splits(
        portOf(
          hidden + vs('a', '{ route: [{ destination: { host: hidden } }] }'),
        ),
      ),
    ).toEqual(['hidden 100 503']);
  });

  it('say which rules never match, and what takes their requests', () => {
    const found = portOf(
      subsets +
        vs(
          'a',
          `${to('v1')}, ${to('v2', 'match: [{ uri: { prefix: /old } }],')}`,
        ),
    );
    expect(found.rules[1].neverMatches).toMatchObject({
      text: expect.stringContaining('http[0] takes every request'),
      object: { name: 'a' },
    });
    const covered = portOf(
      subsets +
        vs(
          'a',
          `${to(
            'v1',
            'match: [{ uri: { prefix: /a } }, { uri: { prefix: /b } }],',
          )}, ${to(
            'v2',
            'match: [{ uri: { exact: /a/x } }, { uri: { prefix: /bc } }],',
          )}, ${to('v2')}`,
        ),
    );
    expect(
      covered.rules.map(({ neverMatches }) => Boolean(neverMatches)),
    ).toEqual([false, true, false]);
  });

  it('leave out rules for other ports, and tell rules that are for others', () => {
    const found = portOf(
      subsets +
        vs(
          'a',
          `${to('v1', 'match: [{ port: 81 }],')}, ${to(
            'v1',
            'match: [{ gateways: [istio-system/ingress] }],',
          )}, ${to('v1', 'match: [{ sourceNamespace: other }],')},
           ${to('v1', 'match: [{ sourceLabels: { tier: back } }],')}, ${to(
            'v2',
            'match: [{ sourceLabels: { tier: front } }],',
          )}`,
        ),
      { workload: 'web-1' },
    );
    expect(found.rules.map(({ neverMatches }) => neverMatches?.text)).toEqual([
      expect.stringContaining('for gateways (istio-system/ingress)'),
      expect.stringContaining('clients of Namespace other'),
      expect.stringContaining('with the label tier=back'),
      undefined,
    ]);
    expect(splits(found)).toEqual(['v2 100']);
  });

  it('leave conditions on labels open for a client that is no workload in particular', () => {
    const found = portOf(
      subsets + vs('a', to('v1', 'match: [{ sourceLabels: { tier: back } }],')),
    );
    expect(found.rules[0].matches).toEqual([
      [
        {
          subject: 'source-labels',
          name: 'tier',
          operator: 'exact',
          value: 'back',
        },
      ],
    ]);
  });

  it('take no notice of labels where an alternative names the mesh', () => {
    expect(
      splits(
        portOf(
          subsets +
            vs(
              'a',
              to(
                'v1',
                'match: [{ gateways: [mesh], sourceLabels: { tier: back } }],',
              ),
            ),
          { workload: 'web-1' },
        ),
      ),
    ).toEqual(['v1 100']);
  });

  it('are as if absent where no rule can apply', () => {
    const found = portOf(
      subsets + vs('a', to('v1', 'match: [{ sourceLabels: { tier: back } }],')),
      { workload: 'web-1' },
    );
    expect(found.routing.value).toBe('service');
    expect(ignored(found)[0]).toMatch(
      /shop\/a has no effect on port 80: no rule can apply/,
    );
  });

  it('follow the oldest of several for one host, whole', () => {
    const found = portOf(
      subsets +
        vs('young', to('v2'), { created: '2026-01-02T00:00:00Z' }) +
        vs('old', to('v1'), { created: '2026-01-01T00:00:00Z' }),
    );
    expect(splits(found)).toEqual(['v1 100']);
    expect(ignored(found)[0]).toMatch(
      /shop\/young has no effect on port 80: VirtualService shop\/old comes first/,
    );
  });

  it('follow the next one where the oldest has nothing for the client', () => {
    const found = portOf(
      subsets +
        vs('old', to('v1', 'match: [{ sourceLabels: { tier: back } }],'), {
          created: '2026-01-01T00:00:00Z',
        }) +
        vs('young', to('v2'), { created: '2026-01-02T00:00:00Z' }),
      { workload: 'web-1' },
    );
    expect(splits(found)).toEqual(['v2 100']);
  });

  it('follow private ones before public ones', () => {
    const found = portOf(
      subsets +
        vs('public', to('v1'), { created: '2026-01-01T00:00:00Z' }) +
        vs('mine', to('v2'), {
          namespace: 'web',
          hosts: 'reviews.shop.svc.cluster.local',
          more: "exportTo: ['.'],",
          created: '2026-01-02T00:00:00Z',
        }),
    );
    expect(splits(found)).toEqual(['v2 100']);
  });

  it('do not follow what is not exported to the client', () => {
    const found = portOf(vs('a', to('v1'), { more: "exportTo: ['.']," }));
    expect(found.routing.value).toBe('service');
    expect(found.ignored[0]).toMatchObject({
      text: 'VirtualService shop/a is not exported to Namespace web',
      field: 'spec.exportTo',
    });
    expect(
      portOf(vs('a', to('v1'), { more: "exportTo: ['.']," }), { from: 'shop' })
        .routing.value,
    ).toBe('rules');
    expect(
      portOf(vs('a', to('v1')), {
        settings: meshSettings("defaultVirtualServiceExportTo: ['.']"),
      }).routing.value,
    ).toBe('service');
  });

  it('do not follow what is for gateways only', () => {
    expect(
      ignored(portOf(vs('a', to('v1'), { more: 'gateways: [ingress],' }))),
    ).toEqual([
      'VirtualService shop/a applies at ingress only, not in the mesh',
    ]);
    expect(
      portOf(vs('a', to('v1'), { more: 'gateways: [ingress, mesh],' })).routing
        .value,
    ).toBe('rules');
  });

  it('follow the host itself before wildcards, and the longest wildcard', () => {
    const wild = (name: string, host: string, subset: string) =>
      vs(name, to(subset), { hosts: `'${host}'` });
    expect(
      splits(portOf(subsets + wild('w', '*.local', 'v1') + vs('a', to('v2')))),
    ).toEqual(['v2 100']);
    const found = portOf(
      subsets +
        wild('short', '*.local', 'v1') +
        wild('long', '*.shop.svc.cluster.local', 'v2'),
    );
    expect(splits(found)).toEqual(['v2 100']);
    expect(ignored(found)[0]).toMatch(/shop\/short has no effect here/);
  });

  it('say that a host with a dot is not the Service', () => {
    const partly = vs('a', to('v1'), { hosts: 'reviews.shop' });
    expect(portOf(partly).routing).toMatchObject({
      value: 'service',
      mayDiffer: [
        {
          text: expect.stringContaining(
            'Requests that name the host reviews.shop follow VirtualService shop/a',
          ),
        },
      ],
    });
  });

  it('redirect, answer and rewrite', () => {
    const found = portOf(
      subsets +
        vs(
          'a',
          `{ match: [{ uri: { prefix: /r } }], redirect: { uri: /new, authority: other, port: 8443, scheme: https, redirectCode: 308 } },
           { match: [{ uri: { prefix: /d } }], directResponse: { status: 418, body: { string: no } } },
           { match: [{ uri: { prefix: /w } }], rewrite: { uri: /v, authority: b }, route: [{ destination: { host: reviews } }] },
           { match: [{ uri: { exact: /e } }], rewrite: { uri: /v }, route: [{ destination: { host: reviews } }] },
           { match: [{ uri: { regex: /x.* } }], rewrite: { uriRegexRewrite: { match: x, rewrite: z } }, headers: { request: { set: { host: h, x-a: '1' }, add: { x-b: '2' }, remove: [x-c] }, response: { remove: [x-d] } }, route: [{ destination: { host: reviews } }] }`,
        ),
    );
    expect(found.rules).toMatchObject([
      {
        action: 'redirect',
        redirect: {
          code: 308,
          authority: 'other',
          port: 8443,
          scheme: 'https',
          path: '/new',
        },
        backends: [],
      },
      {
        action: 'direct-response',
        directResponse: { status: 418, body: 'no' },
      },
      { action: 'forward', rewrite: { pathPrefix: '/v', authority: 'b' } },
      { rewrite: { path: '/v' } },
      {
        rewrite: { pathRegex: { match: 'x', replace: 'z' }, authority: 'h' },
        headers: [
          'request set x-a: 1',
          'request add x-b: 2',
          'request remove x-c',
          'response remove x-d',
        ],
      },
    ]);
  });

  it('mirror and fail on purpose', () => {
    const found = portOf(
      subsets +
        vs(
          'a',
          `{ route: [{ destination: { host: reviews } }],
             mirror: { host: reviews, subset: v2 }, mirrorPercentage: { value: 12.5 },
             mirrors: [{ destination: { host: reviews, subset: v1 } }, { destination: { host: reviews }, percentage: { value: 0 } }],
             fault: { delay: { fixedDelay: 2s, percentage: { value: 10 } }, abort: { httpStatus: 503 } } }`,
        ),
    );
    expect(found.rules[0].mirrors).toEqual([
      {
        host: 'reviews.shop.svc.cluster.local',
        subset: 'v2',
        port: 80,
        percent: 12.5,
      },
      {
        host: 'reviews.shop.svc.cluster.local',
        subset: 'v1',
        port: 80,
        percent: 100,
      },
    ]);
    // Without a percentage nothing is aborted.
    expect(found.rules[0].fault).toEqual({
      delay: { ms: 2_000, percent: 10 },
      abort: { httpStatus: 503, percent: 0 },
    });
  });

  it('retry and time out as written, else by default', () => {
    const found = portOf(
      vs(
        'a',
        `{ match: [{ uri: { prefix: /a } }], timeout: 3s, retries: { attempts: 3, perTryTimeout: 500ms, retryOn: "5xx, 503" }, route: [{ destination: { host: reviews } }] },
         { match: [{ uri: { prefix: /b } }], retries: { attempts: 0 }, route: [{ destination: { host: reviews } }] },
         { route: [{ destination: { host: reviews } }] }`,
      ),
    );
    expect(found.rules[0]).toMatchObject({
      timeout: { ms: 3_000, reasons: [{ field: 'spec.http[0].timeout' }] },
      retries: {
        attempts: 3,
        perTryTimeoutMs: 500,
        on: ['5xx', '503'],
        reasons: [
          { field: 'spec.http[0].retries' },
          {
            text: 'A retry goes to another endpoint where there is one, unless a hash of the request picks the endpoint',
          },
        ],
      },
    });
    expect(found.rules[1].retries).toMatchObject({ attempts: 0, on: [] });
    expect(found.rules[2].timeout).toBeUndefined();
    expect(found.rules[2].retries).toMatchObject({
      attempts: 2,
      on: expect.arrayContaining(['connect-failure']),
      reasons: [
        { text: expect.stringMatching(/^Default of Istio/) },
        { text: expect.stringMatching(/^A retry goes to another endpoint/) },
      ],
    });
    const ofMesh = portOf(
      vs('a', '{ route: [{ destination: { host: reviews } }] }'),
      {
        settings: meshSettings(
          'defaultHttpRetryPolicy: { attempts: 5, retryOn: 5xx }',
        ),
      },
    );
    expect(ofMesh.rules[0].retries).toMatchObject({
      attempts: 5,
      on: ['5xx'],
      reasons: [
        { object: { kind: 'ConfigMap' } },
        { text: expect.stringMatching(/^A retry goes to another endpoint/) },
      ],
    });
  });

  it('send to the port that the request came for, unless another is written', () => {
    const other = service('other', { ports: '{ name: http, port: 81 }' });
    expect(
      portOf(other + vs('a', '{ route: [{ destination: { host: other } }] }'))
        .rules[0].backends[0],
    ).toMatchObject({ port: 80, missing: { status: 503 } });
    expect(
      portOf(
        other +
          vs(
            'a',
            '{ route: [{ destination: { host: other, port: { number: 81 } } }] }',
          ),
      ).rules[0].backends[0],
    ).toMatchObject({ port: 81 });
  });

  it('follow delegates, and say what they drop', () => {
    const delegate = (spec: string, place = 'shop') =>
      istio(
        'VirtualService',
        'd',
        `{ ${spec} http: [${to(
          'v1',
          'match: [{ uri: { prefix: /a/b } }],',
        )}, ${to('v2', 'match: [{ uri: { prefix: /x } }],')}] }`,
        { namespace: place },
      );
    const root = (reference = 'name: d') =>
      subsets +
      vs(
        'root',
        `{ match: [{ uri: { prefix: /a } }], timeout: 1s, delegate: { ${reference} } }`,
      );
    const found = portOf(root() + delegate(''));
    expect(found.rules).toMatchObject([
      {
        name: 'VirtualService shop/d http[0]',
        timeout: { ms: 1_000 },
        matches: [[{ value: '/a/b' }]],
      },
    ]);
    expect(ignored(found)[0]).toMatch(
      /http\[1\] has no effect: what it matches is not part of/,
    );
    expect(ignored(portOf(root()))[0]).toMatch(
      /there is no VirtualService shop\/d/,
    );
    expect(ignored(portOf(root() + delegate('hosts: [x],')))[0]).toMatch(
      /has hosts/,
    );
    expect(
      ignored(
        portOf(
          root('name: d, namespace: other') +
            delegate("exportTo: ['.'],", 'other'),
        ),
      )[0],
    ).toMatch(/is not exported to shop/);
  });
});

describe('routes and the client’s Sidecar', () => {
  const sidecar = (egress: string, more = '') =>
    istio('Sidecar', 's', `{ egress: [${egress}] ${more} }`, {
      namespace: 'web',
    });

  it('do not apply to a Service that is not imported', () => {
    const found = portOf(
      subsets + vs('a', to('v1')) + sidecar("{ hosts: ['./*'] }"),
    );
    expect(found).toMatchObject({
      routing: {
        value: 'not-in-mesh',
        reasons: [
          { object: { kind: 'networking.istio.io/Sidecar', name: 's' } },
        ],
      },
      rules: [],
    });
    expect(
      portOf(
        sidecar(
          "{ hosts: ['./*'] }",
          ', outboundTrafficPolicy: { mode: REGISTRY_ONLY }',
        ),
      ).routing.reasons[0].text,
    ).toMatch(/cannot reach it/);
  });

  it('do not apply where they are not imported themselves', () => {
    const found = portOf(
      subsets +
        vs('a', to('v1'), {
          namespace: 'other',
          hosts: 'reviews.shop.svc.cluster.local',
        }) +
        sidecar("{ hosts: ['shop/*'] }"),
    );
    expect(found.routing.value).toBe('service');
    expect(ignored(found)).toEqual([
      'VirtualService other/a is not imported by Sidecar web/s of the client',
    ]);
  });

  it('are those of the listener for the port', () => {
    const found = (port: number) =>
      portOf(
        subsets +
          vs('a', to('v1')) +
          sidecar(
            `{ port: { number: ${port} }, hosts: ['./*'] }, { hosts: ['shop/*'] }`,
          ),
      ).routing.value;
    expect([found(80), found(81)]).toEqual(['not-in-mesh', 'rules']);
  });

  it('do not apply to a Service that is not exported to the client', () => {
    const snapshot = clusterOf(
      ISTIO +
        pod('reviews') +
        service('reviews', {
          annotations: "networking.istio.io/exportTo: '.'",
        }),
    );
    const [port] = serviceRoutes(snapshot, serviceOf(snapshot, 'reviews'), {
      namespace: 'web',
    }).ports;
    expect(port.routing).toMatchObject({
      value: 'not-in-mesh',
      reasons: [
        { text: expect.stringContaining('not exported to Namespace web') },
      ],
    });
  });
});

describe('routes of other protocols', () => {
  const tcp = (spec: string) =>
    istio('VirtualService', 'a', `{ hosts: [db], ${spec} }`);
  const db = (name: string) =>
    service('db', { ports: `{ name: ${name}, port: 5432 }` });
  const of = (yaml: string) => {
    const snapshot = clusterOf(
      ISTIO +
        pod('db') +
        pod('backup') +
        service('backup', { ports: '{ name: tcp, port: 5432 }' }) +
        yaml,
    );
    return serviceRoutes(snapshot, serviceOf(snapshot, 'db'), {
      namespace: 'web',
    }).ports[0];
  };

  it('follow the first tcp rule that takes everything', () => {
    const found = of(
      db('tcp') +
        tcp(
          'tcp: [{ match: [{ destinationSubnets: [10.1.0.0/16] }], route: [{ destination: { host: db } }] }, { route: [{ destination: { host: backup } }] }, { route: [{ destination: { host: db } }] }]',
        ),
    );
    expect(found.rules.map(({ name }) => name)).toEqual([
      'VirtualService shop/a tcp[0]',
      'VirtualService shop/a tcp[1]',
    ]);
    expect(found.rules[0].matches).toEqual([
      [
        {
          subject: 'destination-subnet',
          operator: 'exact',
          value: '10.1.0.0/16',
        },
      ],
    ]);
    expect(splits(found)).toEqual(['db 100', 'backup 100']);
  });

  it('go to the Service where a tcp rule leaves something over', () => {
    const found = of(
      db('tcp') +
        tcp(
          'tcp: [{ match: [{ destinationSubnets: [10.1.0.0/16] }], route: [{ destination: { host: backup } }] }]',
        ),
    );
    expect(found.rules.at(-1)).toMatchObject({
      name: 'everything else',
      backends: [{ host: 'db.shop.svc.cluster.local', percent: 100 }],
    });
  });

  it('take no notice of HTTP rules, and say so', () => {
    const found = of(
      db('tcp') + tcp('http: [{ route: [{ destination: { host: backup } }] }]'),
    );
    expect(found.routing.value).toBe('service');
    expect(ignored(found)).toEqual([
      'The HTTP rules of VirtualService shop/a have no effect here: the port is tcp',
    ]);
  });

  it('follow tls rules by the name that is asked for', () => {
    const found = of(
      db('tls') +
        tcp(
          'tls: [{ match: [{ sniHosts: [db.shop.svc.cluster.local] }], route: [{ destination: { host: backup } }] }]',
        ),
    );
    expect(found.rules[0].matches).toEqual([
      [
        {
          subject: 'sni',
          operator: 'exact',
          value: 'db.shop.svc.cluster.local',
        },
      ],
    ]);
    expect(found.rules[1].reasons[0].text).toMatch(/pass through/);
  });

  it('say of a port whose protocol is detected that connections follow the tcp rules', () => {
    const found = of(
      db('pg') +
        tcp(
          'http: [{ route: [{ destination: { host: db } }] }], tcp: [{ route: [{ destination: { host: backup } }] }]',
        ),
    );
    expect(found.protocol.value).toBe('detected');
    expect(splits(found)).toEqual(['db 100']);
    expect(found.routing.mayDiffer).toMatchObject([
      {
        text: 'Connections that are not HTTP follow VirtualService shop/a tcp[0]',
      },
    ]);
  });

  it('are none for UDP', () => {
    expect(
      of(service('db', { ports: '{ name: dns, port: 5432, protocol: UDP }' }))
        .routing,
    ).toMatchObject({
      value: 'service',
      reasons: [{ text: expect.stringContaining('UDP') }],
    });
  });
});

describe('what is not known of routes', () => {
  it.each<KindId>([
    'networking.istio.io/VirtualService',
    'networking.istio.io/DestinationRule',
    'gateway.networking.k8s.io/HTTPRoute',
    'ConfigMap',
    'networking.istio.io/Sidecar',
  ])('is said where %s may not be read', kind => {
    expect(portOf('', { forbidden: [kind] }).routing).toMatchObject({
      value: 'unknown',
      cause: 'forbidden',
    });
  });

  it.each([
    ['shop', "the Service's namespace"],
    ['web', "the client's namespace"],
  ])('is unknown beside a route in %s that cannot be read', where => {
    const { routing, rules } = portOf(
      istio('VirtualService', 'bad', '{ hosts: [reviews], http: 7 }', {
        namespace: where,
      }),
    );
    expect(routing).toMatchObject({
      value: 'unknown',
      cause: 'malformed',
      reasons: [
        {
          text: expect.stringContaining(
            `${where}/bad cannot be read: spec.http`,
          ),
          object: {
            kind: 'networking.istio.io/VirtualService',
            namespace: where,
            name: 'bad',
          },
          field: 'spec.http',
        },
      ],
    });
    expect(rules).toEqual([]);
  });

  it('is known whatever another namespace has that cannot be read', () => {
    const { routing } = portOf(
      istio('VirtualService', 'bad', '{ http: 7 }', { namespace: 'other' }),
    );
    expect(routing.value).toBe('service');
    expect(routing.mayDiffer).toBeUndefined();
  });

  it('is said of a DestinationRule that cannot be read, which decides no route', () => {
    const { routing } = portOf(istio('DestinationRule', 'bad', '{ host: 1 }'));
    expect(routing.value).toBe('service');
    expect(routing.mayDiffer).toMatchObject([
      { object: { name: 'bad' }, field: 'spec.host' },
    ]);
  });

  it('is said of an EnvoyFilter that selects the client', () => {
    const filter = istio(
      'EnvoyFilter',
      'f',
      '{ workloadSelector: { labels: { tier: front } } }',
      { namespace: 'web' },
    );
    expect(
      portOf(filter, { workload: 'web-1' }).routing.mayDiffer,
    ).toMatchObject([{ object: { name: 'f' } }]);
  });
});

describe('routes from a gateway', () => {
  const GATEWAY =
    pod('gw', { namespace: 'web', mode: 'gateway', labels: 'istio: gw' }) +
    istio(
      'Gateway',
      'gw',
      "{ selector: { istio: gw }, servers: [{ port: { number: 80, name: h, protocol: HTTP }, hosts: ['*/*'] }] }",
      { namespace: 'web' },
    );
  const bound = (name: string, gateway: string, subset: string) =>
    vs(name, to(subset), {
      hosts: 'a.example.com',
      more: `gateways: [${gateway}],`,
    });
  const from = { workload: 'gw-1' };

  it('are those of its own Gateways', () => {
    const found = portOf(
      GATEWAY +
        subsets +
        bound('own', 'web/gw', 'v1') +
        bound('other', 'web/other', 'v2') +
        vs('mesh', to('v2')),
      from,
    );
    expect(found.routing).toMatchObject({
      value: 'rules',
      reasons: [
        {
          text: 'VirtualService shop/own http[0] applies at Gateway web/gw, port 80',
          object: { name: 'own' },
        },
      ],
    });
    expect(splits(found)).toEqual(['v1 100']);
    expect(found.destinations).toMatchObject([{ subset: 'v1' }]);
  });

  it('are none where none of them leads to the Service', () => {
    const found = portOf(GATEWAY + subsets + vs('mesh', to('v2')), from);
    expect(found.routing).toMatchObject({
      value: 'service',
      reasons: [{ text: expect.stringContaining('does not call it') }],
    });
    expect(found.rules).toEqual([]);
  });

  it('are not known where Gateways cannot be read', () => {
    expect(
      portOf(GATEWAY, { ...from, forbidden: ['networking.istio.io/Gateway'] })
        .routing,
    ).toMatchObject({ value: 'unknown', cause: 'forbidden' });
  });
});

describe('routes by the Gateway API', () => {
  const PARENT = '{ group: "", kind: Service, name: reviews }';
  const accepted = (parent: string, status = "'True'", message = 'ok') =>
    `{ parents: [{ parentRef: ${parent}, controllerName: istio.io/gateway-controller, conditions: [{ type: Accepted, status: ${status}, message: ${message} }] }] }`;
  const route = (
    name: string,
    rules: string,
    options: {
      namespace?: string;
      parent?: string;
      status?: string;
      kind?: string;
      created?: string;
    } = {},
  ) => `
---
apiVersion: gateway.networking.k8s.io/v1
kind: ${options.kind ?? 'HTTPRoute'}
metadata: { name: ${name}, namespace: ${
    options.namespace ?? 'shop'
  }, creationTimestamp: '${options.created ?? '2026-01-05T00:00:00Z'}' }
spec: { parentRefs: [${options.parent ?? PARENT}], rules: [${rules}] }
status: ${options.status ?? accepted(options.parent ?? PARENT)}
`;
  const versions = service('reviews-v1') + service('reviews-v2');
  const backend = (name: string, weight = 1) =>
    `{ name: ${name}, port: 80, weight: ${weight} }`;

  it('split by the weights of Services', () => {
    const found = portOf(
      versions +
        route(
          'r',
          `{ backendRefs: [${backend('reviews-v1', 3)}, ${backend(
            'reviews-v2',
          )}] }`,
        ),
    );
    expect(found.routing).toMatchObject({
      value: 'rules',
      reasons: [
        { object: { kind: 'gateway.networking.k8s.io/HTTPRoute', name: 'r' } },
      ],
    });
    expect(splits(found)).toEqual(['reviews-v1 75, reviews-v2 25']);
    expect(found.routing.predicted).toBeUndefined();
  });

  it('are put in the order of the Gateway API, across routes', () => {
    const found = portOf(
      versions +
        route(
          'young',
          `{ matches: [{ path: { value: /a } }], backendRefs: [${backend(
            'reviews-v2',
          )}] }, { matches: [{ path: { type: Exact, value: /a } }], backendRefs: [${backend(
            'reviews-v2',
          )}] }`,
        ) +
        route(
          'old',
          `{ backendRefs: [${backend(
            'reviews-v1',
          )}] }, { matches: [{ path: { value: /a } }, { path: { value: /longer } }], backendRefs: [${backend(
            'reviews-v1',
          )}] }`,
          { created: '2026-01-01T00:00:00Z' },
        ),
    );
    expect(
      found.rules.map(
        ({ name, neverMatches }) => `${name}${neverMatches ? ' never' : ''}`,
      ),
    ).toEqual([
      'HTTPRoute shop/young rules[1]',
      'HTTPRoute shop/old rules[1]',
      'HTTPRoute shop/young rules[0] never',
      'HTTPRoute shop/old rules[0]',
    ]);
    expect(found.rules[1].matches.map(([{ value }]) => value)).toEqual([
      '/longer',
      '/a',
    ]);
  });

  it('answer 500 for a backend that is not there, and where no backend has a weight', () => {
    expect(
      splits(
        portOf(
          versions +
            route(
              'r',
              `{ backendRefs: [${backend('gone')}, ${backend('reviews-v1')}] }`,
            ),
        ),
      ),
    ).toEqual(['gone 50 500, reviews-v1 50']);
    expect(
      portOf(route('r', `{ backendRefs: [${backend('reviews-v1', 0)}] }`))
        .rules[0],
    ).toMatchObject({
      action: 'direct-response',
      directResponse: { status: 500 },
    });
  });

  it('count on a cluster where Istio has accepted them', () => {
    const found = portOf(
      versions +
        route('r', `{ backendRefs: [${backend('reviews-v1')}] }`, {
          status: accepted(PARENT, "'False'", 'no such parent'),
        }),
    );
    expect(found.routing.value).toBe('service');
    expect(ignored(found)).toEqual([
      'HTTPRoute shop/r is not accepted: no such parent',
    ]);
    expect(
      ignored(
        portOf(
          versions +
            route('r', `{ backendRefs: [${backend('reviews-v1')}] }`, {
              status: '{ parents: [] }',
            }),
        ),
      )[0],
    ).toMatch(/has not been accepted by Istio/);
    expect(
      ignored(
        portOf(
          versions +
            route('r', `{ backendRefs: [${backend('reviews-v1')}] }`, {
              status: accepted(PARENT).replace(
                'istio.io/gateway-controller',
                'linkerd.io/policy-controller',
              ),
            }),
        ),
      )[0],
    ).toMatch(/has not been accepted by Istio/);
  });

  it('are predicted over files', () => {
    const yaml =
      namespace('shop', 'istio-injection: enabled') +
      namespace('web', 'istio-injection: enabled') +
      versions +
      route('r', `{ backendRefs: [${backend('reviews-v1')}] }`, {
        status: '{}',
      });
    expect(portOf(yaml, { origin: 'files' }).routing).toMatchObject({
      value: 'rules',
      predicted: true,
    });
  });

  it('of the client’s namespace come before those of the Service’s, and others have no effect', () => {
    const parent =
      '{ group: "", kind: Service, name: reviews, namespace: shop }';
    const producer = route(
      'producer',
      `{ backendRefs: [${backend('reviews-v1')}] }`,
      { created: '2026-01-01T00:00:00Z' },
    );
    const consumer = route(
      'consumer',
      '{ backendRefs: [{ name: reviews-v2, namespace: shop, port: 80 }] }',
      { namespace: 'web', parent },
    );
    const third = route(
      'third',
      '{ backendRefs: [{ name: reviews-v2, namespace: shop, port: 80 }] }',
      { namespace: 'third', parent, created: '2025-01-01T00:00:00Z' },
    );
    const found = portOf(versions + producer + consumer + third);
    expect(splits(found)).toEqual(['reviews-v2 100']);
    expect(ignored(found)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(
          /third\/third is neither in the Service's namespace nor in the client's/,
        ),
        expect.stringMatching(/shop\/producer has no effect on port 80/),
      ]),
    );
    expect(
      splits(portOf(versions + producer + consumer, { from: 'shop' })),
    ).toEqual(['reviews-v1 100']);
  });

  it('for one port and for all are kept apart, the older first', () => {
    const ported = (created: string) =>
      route('ported', `{ backendRefs: [${backend('reviews-v1')}] }`, {
        parent: '{ group: "", kind: Service, name: reviews, port: 80 }',
        created,
      });
    const all = route('all', `{ backendRefs: [${backend('reviews-v2')}] }`, {
      created: '2026-01-05T00:00:00Z',
    });
    expect(
      splits(portOf(versions + ported('2026-01-01T00:00:00Z') + all)),
    ).toEqual(['reviews-v1 100']);
    expect(
      splits(portOf(versions + ported('2026-01-09T00:00:00Z') + all)),
    ).toEqual(['reviews-v2 100']);
    const other = route(
      'ported',
      `{ backendRefs: [${backend('reviews-v1')}] }`,
      { parent: '{ group: "", kind: Service, name: reviews, port: 81 }' },
    );
    expect(portOf(versions + other).routing.value).toBe('service');
  });

  it('compete with VirtualServices by age', () => {
    const found = portOf(
      versions +
        subsets +
        vs('old', to('v1'), { created: '2026-01-01T00:00:00Z' }) +
        route('r', `{ backendRefs: [${backend('reviews-v1')}] }`),
    );
    expect(splits(found)).toEqual(['v1 100']);
    expect(ignored(found)[0]).toMatch(
      /HTTPRoute shop\/r has no effect on port 80: VirtualService shop\/old comes first/,
    );
  });

  it('have filters, timeouts and retries', () => {
    const found = portOf(
      versions +
        route(
          'r',
          `{ matches: [{ path: { value: /a } }], timeouts: { request: 10s, backendRequest: 2s }, retry: { attempts: 4, codes: [500] },
             filters: [
               { type: RequestHeaderModifier, requestHeaderModifier: { set: [{ name: X-A, value: '1' }, { name: x-a, value: '2' }], remove: [x-b] } },
               { type: URLRewrite, urlRewrite: { hostname: h, path: { type: ReplacePrefixMatch, replacePrefixMatch: /v/ } } },
               { type: RequestMirror, requestMirror: { backendRef: { name: reviews-v2, port: 80 }, percent: 20 } },
               { type: RequestMirror, requestMirror: { backendRef: { name: gone, port: 80 } } }
             ], backendRefs: [${backend('reviews-v1')}] },
           { matches: [{ path: { value: /b } }], timeouts: { backendRequest: 2s, request: 0s }, filters: [{ type: URLRewrite, urlRewrite: { path: { type: ReplaceFullPath, replaceFullPath: /full } } }], backendRefs: [${backend(
             'reviews-v1',
           )}] },
           { matches: [{ path: { value: /c } }], filters: [{ type: RequestRedirect, requestRedirect: { hostname: o, scheme: https } }] }`,
        ),
    );
    expect(found.rules).toMatchObject([
      {
        timeout: { ms: 10_000 },
        retries: {
          attempts: 4,
          perTryTimeoutMs: 2_000,
          on: [
            'connect-failure',
            'refused-stream',
            'unavailable',
            'cancelled',
            '500',
          ],
        },
        headers: ['request set x-a: 1', 'request remove x-b'],
        rewrite: { pathPrefix: '/v', authority: 'h' },
        mirrors: [{ host: 'reviews-v2.shop.svc.cluster.local', percent: 20 }],
      },
      {
        timeout: { ms: 2_000 },
        rewrite: { path: '/full' },
        retries: { attempts: 2 },
      },
      {
        action: 'redirect',
        redirect: { code: 302, authority: 'o', scheme: 'https' },
      },
    ]);
  });

  it.each([
    [
      'a filter that Istio does not know',
      '{ filters: [{ type: ExtensionRef }] }',
      'filter ExtensionRef',
    ],
    [
      'a backend without port',
      '{ backendRefs: [{ name: reviews-v1 }] }',
      'has no port',
    ],
    [
      'a host as backend',
      '{ backendRefs: [{ name: reviews.shop, port: 80 }] }',
      'names a Service',
    ],
  ])('have no effect as a whole with %s', (_, rules, text) => {
    const found = portOf(
      versions +
        route('r', `{ backendRefs: [${backend('reviews-v1')}] }, ${rules}`),
    );
    expect(found.routing.value).toBe('service');
    expect(ignored(found)[0]).toContain(text);
  });

  it.each([
    [
      'a host of a ServiceEntry',
      '{ group: networking.istio.io, kind: Hostname, name: api.example.org, port: 443 }',
      'api 100',
    ],
    [
      'a host that nobody has',
      '{ group: networking.istio.io, kind: Hostname, name: gone.example.org, port: 443 }',
      'gone 100 500',
    ],
    [
      'a kind that Istio does not know',
      '{ group: example.org, kind: Bucket, name: b }',
      ' 100 500',
    ],
  ])('send to %s', (_, reference, expected) => {
    const found = portOf(
      istio(
        'ServiceEntry',
        'api',
        '{ hosts: [api.example.org], location: MESH_EXTERNAL, resolution: DNS, ports: [{ number: 443, name: tls, protocol: TLS }] }',
      ) + route('r', `{ backendRefs: [${reference}] }`),
    );
    expect(splits(found)).toEqual([expected]);
  });

  it.each([
    [
      'the same call',
      '{ service: s, method: Get }',
      '{ service: s, method: Get }',
      true,
    ],
    [
      'a service, which comes after its methods',
      '{ service: s }',
      '{ service: s, method: Get }',
      false,
    ],
    [
      'a method of any service',
      '{ method: Get }',
      '{ service: s, method: Get }',
      false,
    ],
    [
      'a pattern of services',
      '{ type: RegularExpression, service: "s.*" }',
      '{ type: RegularExpression, service: "s.*" }',
      true,
    ],
    [
      'a pattern of methods',
      '{ type: RegularExpression, service: s, method: "G.*" }',
      '{ service: s, method: Get }',
      false,
    ],
  ])(
    'know of gRPC calls whether a rule leaves nothing over: %s',
    (_, first, second, taken) => {
      const rule = (method: string) =>
        `{ matches: [{ method: ${method}, headers: [{ name: x-a, value: "1" }] }], backendRefs: [${backend(
          'reviews-v1',
        )}] }`;
      const found = portOf(
        versions +
          route('first', rule(first), {
            kind: 'GRPCRoute',
            created: '2026-01-01T00:00:00Z',
          }) +
          route('second', rule(second), { kind: 'GRPCRoute' }),
      );
      expect(found.rules.some(({ neverMatches }) => neverMatches)).toBe(taken);
    },
  );

  it('know gRPC methods', () => {
    const found = portOf(
      versions +
        route(
          'r',
          `{ matches: [{ method: { service: s.v1, method: Get } }, { method: { service: s.v1 } }], backendRefs: [${backend(
            'reviews-v1',
          )}] }, { backendRefs: [${backend('reviews-v2')}] }`,
          { kind: 'GRPCRoute' },
        ),
    );
    expect(found.rules.map(({ matches }) => matches)).toEqual([
      [
        [
          { subject: 'grpc-service', operator: 'exact', value: 's.v1' },
          { subject: 'grpc-method', operator: 'exact', value: 'Get' },
        ],
        [{ subject: 'grpc-service', operator: 'exact', value: 's.v1' }],
      ],
      [],
    ]);
    expect(found.unmatched).toBeUndefined();
  });

  describe('at a waypoint', () => {
    const waypoint = (more = '') => `
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: waypoint, namespace: shop, labels: { istio.io/waypoint-for: service } }
spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE${more} }] }
status: { addresses: [{ value: 10.0.0.9 }] }
`;
    const client = pod('app', { namespace: 'web', mode: 'ambient' });
    const of = (yaml: string, labels = 'istio.io/use-waypoint: waypoint') =>
      routesOf(client + namespace('shop', labels) + yaml, {
        workload: 'app-1',
      });

    it('are applied by it for clients in ambient mode', () => {
      const found = of(
        versions +
          waypoint() +
          route('r', `{ backendRefs: [${backend('reviews-v1')}] }`),
      );
      expect(found.waypoint).toBe('shop/waypoint');
      expect(splits(found.ports[0])).toEqual(['reviews-v1 100']);
    });

    it('are not applied by it for clients with a sidecar', () => {
      const found = routesOf(
        namespace('shop', 'istio.io/use-waypoint: waypoint') + waypoint(),
        { workload: 'web-1' },
      );
      expect(found.waypoint).toBeUndefined();
    });

    it.each([
      ['there is none', '', '', /Neither the Service nor its namespace/],
      [
        'the Gateway is missing',
        '',
        'istio.io/use-waypoint: waypoint',
        /there is no such Gateway/,
      ],
      [
        'it has no address',
        waypoint().replace('value: 10.0.0.9', '').replace('[{  }]', '[]'),
        'istio.io/use-waypoint: waypoint',
        /has no address/,
      ],
      [
        'it is for workloads',
        waypoint().replace('waypoint-for: service', 'waypoint-for: workload'),
        'istio.io/use-waypoint: waypoint',
        /is for workload/,
      ],
      [
        'it is opted out of',
        waypoint(),
        'istio.io/use-waypoint: none',
        /opts out/,
      ],
      [
        'it is in another namespace that keeps it for itself',
        waypoint().replace('namespace: shop', 'namespace: infra'),
        'istio.io/use-waypoint: waypoint, istio.io/use-waypoint-namespace: infra',
        /does not let Services of shop/,
      ],
    ])('are applied by nobody where %s', (_, gateway, labels, text) => {
      const found = of(
        versions +
          gateway +
          route('r', `{ backendRefs: [${backend('reviews-v1')}] }`),
        labels,
      );
      expect(found.ports[0]).toMatchObject({
        routing: { value: 'service' },
        rules: [],
      });
      expect(found.ports[0].routing.reasons[0].text).toMatch(text);
      expect(
        found.ports[0].ignored.map(({ object, field }) => [
          object?.name,
          field,
        ]),
      ).toEqual([['r', 'spec.parentRefs']]);
    });

    it('are applied by one of another namespace that allows it', () => {
      const gateway = waypoint(
        ', allowedRoutes: { namespaces: { from: All } }',
      ).replace('namespace: shop', 'namespace: infra');
      expect(
        of(
          gateway,
          'istio.io/use-waypoint: waypoint, istio.io/use-waypoint-namespace: infra',
        ).waypoint,
      ).toBe('infra/waypoint');
    });

    it('are merged from all VirtualServices from 1.30 on, and before of the first', () => {
      const istiod = (version: string) => `
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: istiod, namespace: istio-system, labels: { app: istiod, istio.io/rev: default } }
spec: { template: { spec: { containers: [{ name: discovery, image: docker.io/istio/pilot:${version} }] } } }
`;
      const two =
        subsets +
        vs('a', to('v1', 'match: [{ uri: { prefix: /a } }],'), {
          created: '2026-01-01T00:00:00Z',
        }) +
        vs('b', to('v2'), { created: '2026-01-02T00:00:00Z' });
      expect(splits(of(waypoint() + istiod('1.30.3') + two).ports[0])).toEqual([
        'v1 100',
        'v2 100',
      ]);
      expect(splits(of(waypoint() + istiod('1.29.2') + two).ports[0])).toEqual([
        'v1 100',
      ]);
      expect(splits(of(waypoint() + two).ports[0])).toEqual([
        'v1 100',
        'v2 100',
      ]);
    });

    it('know no source labels, and no routes of the client’s namespace', () => {
      const consumer = vs('c', to('v1'), {
        namespace: 'web',
        hosts: 'reviews.shop.svc.cluster.local',
      });
      const found = of(
        waypoint() +
          subsets +
          consumer +
          vs(
            'a',
            `${to('v1', 'match: [{ sourceLabels: { app: app } }],')}, ${to(
              'v2',
            )}`,
          ),
      );
      expect(splits(found.ports[0])).toEqual(['v2 100']);
      expect(found.ports[0].rules[0].neverMatches?.text).toMatch(
        /which waypoints do not know/,
      );
      expect(ignored(found.ports[0])[0]).toMatch(
        /the waypoint takes no notice/,
      );
    });

    it('send to the only port of a destination', () => {
      const other = service('other', { ports: '{ name: http, port: 81 }' });
      expect(
        of(
          waypoint() +
            other +
            vs('a', '{ route: [{ destination: { host: other } }] }'),
        ).ports[0].rules[0].backends[0],
      ).toMatchObject({ port: 81 });
    });
  });
});

describe('destinations', () => {
  it('have the limits, ejection and balancing that are written', () => {
    const found = portOf(
      vs(
        'a',
        `{ route: [{ destination: { host: reviews, subset: v1 }, weight: 1 }, { destination: { host: reviews, subset: v2 }, weight: 1 }] }`,
      ) +
        istio(
          'DestinationRule',
          'reviews',
          `{ host: reviews, trafficPolicy: {
               connectionPool: { tcp: { maxConnections: 7, connectTimeout: 2s }, http: { http1MaxPendingRequests: 3, idleTimeout: 1m } },
               outlierDetection: { consecutiveGatewayErrors: 4, consecutive5xxErrors: 0, interval: 5s, maxEjectionPercent: 100 },
               loadBalancer: { consistentHash: { httpHeaderName: x-user } }, tls: { mode: ISTIO_MUTUAL } },
             subsets: [{ name: v1, labels: { version: v1 } }, { name: v2, labels: { version: v2 }, trafficPolicy: { loadBalancer: { simple: LEAST_CONN }, outlierDetection: {} } }] }`,
        ),
    );
    expect(found.destinations).toMatchObject([
      {
        subset: 'v1',
        labels: { version: 'v1' },
        endpoints: { ready: 1, total: 1 },
        loadBalancer: 'RING_HASH (header x-user)',
        limits: [
          { name: 'maxConnections', value: 7, unit: 'count' },
          { name: 'http1MaxPendingRequests', value: 3, unit: 'count' },
          { name: 'connectTimeout', value: 2_000, unit: 'ms' },
          { name: 'idleTimeout', value: 60_000, unit: 'ms' },
        ],
        outlierDetection: {
          ejectsAfter: '4 gateway errors in a row',
          intervalMs: 5_000,
          baseEjectionMs: 30_000,
          maxEjectionPercent: 100,
        },
        tlsMode: 'ISTIO_MUTUAL',
      },
      {
        subset: 'v2',
        endpoints: { ready: 0, total: 0 },
        loadBalancer: 'LEAST_REQUEST',
        outlierDetection: { ejectsAfter: '5 5xx errors in a row' },
      },
    ]);
    expect(found.destinations[1].reasons.map(({ field }) => field)).toContain(
      'spec.subsets[1].trafficPolicy.loadBalancer',
    );
  });
});
