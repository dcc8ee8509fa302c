import { clusterOf } from '../../__testUtils__/cluster';
import { CallDecision } from '../../contract/callDecision';
import { EnrolmentMode } from '../../contract/mtls';
import { CallFacts, Peer } from '../../mesh/whoMayCall/facts';
import {
  ISTIO,
  istio,
  meshSettings,
  namespace,
  pod,
  podOf,
  service,
  serviceOf,
} from '../__testUtils__/istio';
import { portAuthorization } from './portAuthorization';

const policy = (name: string, spec: string, place?: string) =>
  istio('AuthorizationPolicy', name, spec, place ? { namespace: place } : {});

const WEB: Peer = {
  type: 'identity',
  identity: 'cluster.local/ns/shop/sa/web',
};
const PLAINTEXT: Peer = { type: 'none' };
const IN_SHOP: Peer = {
  type: 'somebody',
  namespace: 'shop',
  except: new Set(['cluster.local/ns/shop/sa/web']),
};
const ELSEWHERE: Peer = {
  type: 'somebody',
  notNamespace: 'shop',
  except: new Set(['cluster.local/ns/shop/sa/web']),
};

function decide(
  objects: string,
  facts: Partial<CallFacts> = {},
  options: { mode?: EnrolmentMode; mesh?: string; named?: boolean } = {},
): CallDecision {
  const { mode = 'sidecar', mesh = ISTIO, named = true } = options;
  const snapshot = clusterOf(
    `${mesh}${namespace('shop')}${pod('cart', {
      mode: mode === 'ambient' ? 'ambient' : 'sidecar',
    })}${objects.includes('kind: Service\n') ? '' : service('cart')}${objects}`,
  );
  return portAuthorization(
    snapshot,
    podOf(snapshot, 'cart'),
    8080,
    mode,
  ).decide(
    { peer: WEB, mode, inCluster: true, ...facts },
    named ? serviceOf(snapshot, 'cart') : undefined,
  );
}

const GET_ITEMS = policy(
  'callers',
  `
  selector: { matchLabels: { app: cart } }
  rules:
    - from: [{ source: { principals: [cluster.local/ns/shop/sa/web] } }]
      to: [{ operation: { methods: [GET], paths: [/items/*] } }]`,
);
const WEB_ONLY = policy(
  'callers',
  '{ rules: [{ from: [{ source: { principals: [cluster.local/ns/shop/sa/web] } }] }] }',
);
const NO_POST = policy(
  'no-post',
  '{ action: DENY, rules: [{ to: [{ operation: { methods: [POST] } }] }] }',
);
const STRICT = istio(
  'PeerAuthentication',
  'default',
  '{ mtls: { mode: STRICT } }',
);
const TCP = service('cart', {
  ports: '{ name: tcp, port: 80, targetPort: 8080 }',
});
const EXT = meshSettings(
  'extensionProviders: [{ name: opa, envoyExtAuthzGrpc: {} }]',
);
const CUSTOM = policy(
  'ask',
  '{ action: CUSTOM, provider: { name: opa }, rules: [{ to: [{ operation: { paths: [/admin] } }] }] }',
);

describe('a request of which everything is known', () => {
  const GET = {
    protocol: 'http',
    method: 'GET',
    path: '/items/1?q=x',
  } as const;

  it.each<[string, string, Partial<CallFacts>, string]>([
    ['no policy', '', GET, 'allowed'],
    ['a rule that allows it', GET_ITEMS, GET, 'allowed by callers'],
    [
      'another path',
      GET_ITEMS,
      { ...GET, path: '/admin' },
      'denied by callers',
    ],
    [
      'another method',
      GET_ITEMS,
      { ...GET, method: 'PUT' },
      'denied by callers',
    ],
    [
      'plaintext, which has no identity',
      GET_ITEMS,
      { ...GET, peer: PLAINTEXT },
      'denied by callers',
    ],
    [
      'plaintext to STRICT',
      GET_ITEMS + STRICT,
      { ...GET, peer: PLAINTEXT },
      'denied by default',
    ],
    [
      'DENY before ALLOW',
      GET_ITEMS + NO_POST,
      { ...GET, method: 'POST' },
      'denied by no-post',
    ],
    [
      'an ALLOW policy without rules',
      policy('nothing', '{}'),
      GET,
      'denied by nothing',
    ],
    [
      'a DENY policy without rules',
      policy('nothing', '{ action: DENY }'),
      GET,
      'allowed',
    ],
    [
      'a rule of everything',
      policy('all', '{ rules: [{}] }'),
      GET,
      'allowed by all',
    ],
    [
      'AUDIT decides nothing',
      policy('log', '{ action: AUDIT, rules: [{}] }'),
      GET,
      'allowed',
    ],
    [
      'a policy of the root namespace',
      policy('none', '{}', 'istio-system'),
      GET,
      'denied by none',
    ],
    [
      'a selector in the root namespace',
      policy(
        'none',
        '{ selector: { matchLabels: { app: other } } }',
        'istio-system',
      ),
      GET,
      'allowed',
    ],
    [
      'a policy of another namespace',
      policy('none', '{}', 'other'),
      GET,
      'allowed',
    ],
    [
      'a policy with a target',
      policy('none', '{ targetRefs: [{ kind: Service, name: cart }] }'),
      GET,
      'allowed',
    ],
    [
      'notPrincipals matches who has none',
      policy(
        'x',
        '{ rules: [{ from: [{ source: { notPrincipals: ["*"] } }] }] }',
      ),
      { ...GET, peer: PLAINTEXT },
      'allowed by x',
    ],
    [
      'a foreign trust domain',
      '',
      {
        ...GET,
        peer: { type: 'identity', identity: 'elsewhere/ns/shop/sa/web' },
      },
      'denied',
    ],
    [
      'a header',
      policy(
        'x',
        '{ rules: [{ when: [{ key: "request.headers[X-Team]", values: [shop*] }] }] }',
      ),
      { ...GET, headers: { 'x-team': 'shopping' } },
      'allowed by x',
    ],
    [
      'a claim of a token without any RequestAuthentication',
      policy(
        'x',
        '{ rules: [{ when: [{ key: "request.auth.claims[a]", values: [b] }] }] }',
      ),
      { ...GET, tokens: [{ claims: { a: 'b' } }] },
      'denied by x',
    ],
    [
      'a path template',
      policy(
        'x',
        '{ rules: [{ to: [{ operation: { paths: ["/items/{*}/tags/{**}"] } }] }] }',
      ),
      { ...GET, path: '/items/7/tags/a/b' },
      'allowed by x',
    ],
    [
      'hosts, with the port that was sent',
      policy(
        'x',
        '{ rules: [{ to: [{ operation: { hosts: [cart.shop] } }] }] }',
      ),
      { ...GET, host: 'cart.shop:8080' },
      'denied by x',
    ],
    [
      'an address outside the excluded block',
      policy(
        'x',
        '{ rules: [{ from: [{ source: { ipBlocks: [10.0.0.0/8], notIpBlocks: [10.1.0.0/16] } }] }] }',
      ),
      { ...GET, sourceIp: '10.2.0.1' },
      'allowed by x',
    ],
  ])('%s', (_, objects, facts, expected) => {
    const { value, reasons } = decide(objects, facts);
    const decider = reasons[0].object?.name;
    expect(decider ? `${value} by ${decider}` : value).toBe(expected);
  });

  it.each<[string, string, string, CallDecision['value']]>([
    ['HTTP conditions of ALLOW never match', TCP, GET_ITEMS, 'denied'],
    ['HTTP conditions of DENY are left out', TCP, NO_POST, 'denied'],
  ])('on a TCP port: %s', (_, port, objects, value) => {
    expect(decide(port + objects, { protocol: 'tcp' }).value).toBe(value);
  });

  it('does not enforce a policy that is only tried', () => {
    const tried = GET_ITEMS.replace(
      'namespace: shop,',
      "namespace: shop, annotations: { istio.io/dry-run: 'true' },",
    );
    expect(decide(tried, { method: 'PUT', path: '/' }).value).toBe('allowed');
  });

  it.each([
    ['its provider', EXT, '/admin', 'depends'],
    ['no provider, for what it does not match', EXT, '/', 'allowed'],
    ['a provider that the mesh does not know', ISTIO, '/admin', 'denied'],
  ])('asks %s', (_, mesh, path, value) => {
    expect(decide(CUSTOM, { method: 'GET', path }, { mesh }).value).toBe(value);
  });
});

describe('a trust domain', () => {
  const denied = (domain: string) =>
    policy(
      'old',
      `{ action: DENY, rules: [{ from: [{ source: { trustDomains: ["${domain}"] } }] }] }`,
    );

  it.each([
    ['old.example', 'trustDomainAliases: [old.example]', 'denied'],
    ['old.*', 'trustDomainAliases: [old.example]', 'depends'],
    ['old.example', 'trustDomainAliases: [other.example]', 'allowed'],
  ])(
    '%s may be that of somebody of the mesh with %s: %s',
    (domain, settings, value) => {
      const mesh = meshSettings(settings);
      const decision = decide(denied(domain), { peer: IN_SHOP }, { mesh });
      expect(decision.value).toBe(value);
    },
  );
});

describe('several providers of CUSTOM policies', () => {
  const mesh = meshSettings(
    'extensionProviders: [{ name: one, envoyExtAuthzGrpc: {} }, { name: two, envoyExtAuthzGrpc: {} }]',
  );
  const ask = (provider: string, operation: string) =>
    policy(
      provider,
      `{ action: CUSTOM, provider: { name: ${provider} }, rules: [{ to: [{ operation: ${operation} }] }] }`,
    );
  const BOTH = ask('one', '{ hosts: [cart] }') + ask('two', '{ paths: [/a] }');

  it('refuse what a rule of any of them matches', () => {
    const { value, reasons } = decide(BOTH, { path: '/a' }, { mesh });
    expect([value, reasons[0].object?.name]).toEqual(['denied', 'two']);
  });

  it('refuse on the conditions of all of them, and say that none is asked', () => {
    const { deniedWhen, reasons } = decide(BOTH, {}, { mesh });
    expect(deniedWhen).toEqual([
      [expect.objectContaining({ subject: 'host', values: ['cart'] })],
      [expect.objectContaining({ subject: 'path', values: ['/a'] })],
    ]);
    expect(reasons.slice(0, 2).map(({ text }) => text)).toEqual(
      ['one', 'two'].map(
        name =>
          `AuthorizationPolicy shop/${name} rule 1 names the provider ${name}, and other policies here name others, of which a workload can have one: what it matches is denied on conditions`,
      ),
    );
  });
});

describe('the provider of a CUSTOM policy', () => {
  const custom = policy(
    'custom',
    '{ action: CUSTOM, provider: { name: opa }, rules: [{}] }',
  );
  const opa = (address: string, kind = 'envoyExtAuthzGrpc') =>
    `{ name: opa, ${kind}: { service: ${address}, port: 9000 } }`;
  const entry = (place: string) =>
    istio('ServiceEntry', 'opa', '{ hosts: [opa.example] }', {
      namespace: place,
    });
  const HERE = 'cart.shop.svc.cluster.local';

  const asked = (providers: string, objects: string) =>
    decide(
      custom + objects,
      {},
      { mesh: meshSettings(`extensionProviders: [${providers}]`) },
    );

  it.each([
    ['a Service', opa(HERE), ''],
    ['a Service of its namespace', opa(`shop/${HERE}`), ''],
    ['a ServiceEntry', opa('opa.example'), entry('data')],
  ])('is asked: %s', (_, providers, objects) => {
    expect(asked(providers, objects).value).toBe('depends');
  });

  it.each([
    [
      `whose service data/${HERE} the mesh does not know`,
      opa(`data/${HERE}`),
      '',
    ],
    [
      'whose service opa.nowhere the mesh does not know',
      opa('opa.nowhere'),
      '',
    ],
    [
      'whose service opa.example is one of several namespaces',
      opa('opa.example'),
      entry('data') + entry('pay'),
    ],
    ['which is no external authorizer', opa(HERE, 'zipkin'), ''],
    ['which the mesh knows twice', `${opa(HERE)}, ${opa(HERE)}`, ''],
    ['which the mesh does not know', '', ''],
  ])('refuses all as one %s', (problem, providers, objects) => {
    const { value, reasons } = asked(providers, objects);
    expect(value).toBe('denied');
    expect(reasons[0].text).toContain(problem);
  });
});

describe('a client of which not everything is known', () => {
  const written = ({ allowedWhen, deniedWhen, value }: CallDecision) => ({
    value,
    allowed: allowedWhen.map(all =>
      all.map(({ subject, values }) => `${subject} ${values}`),
    ),
    denied: deniedWhen.map(all =>
      all.map(({ subject, values }) => `${subject} ${values}`),
    ),
  });

  it.each<[string, string, Peer, ReturnType<typeof written>]>([
    [
      'who is named, for some requests',
      GET_ITEMS,
      WEB,
      {
        value: 'depends',
        allowed: [['method GET', 'path /items/*']],
        denied: [],
      },
    ],
    [
      'who is not named',
      GET_ITEMS,
      IN_SHOP,
      { value: 'denied', allowed: [], denied: [] },
    ],
    [
      'outside the mesh',
      GET_ITEMS,
      PLAINTEXT,
      { value: 'denied', allowed: [], denied: [] },
    ],
    [
      'what is denied to everybody',
      NO_POST,
      ELSEWHERE,
      { value: 'depends', allowed: [], denied: [['method POST']] },
    ],
    [
      'whoever is in the namespace',
      policy(
        'x',
        '{ rules: [{ from: [{ source: { namespaces: [shop] } }] }] }',
      ),
      IN_SHOP,
      { value: 'allowed', allowed: [], denied: [] },
    ],
    [
      'whoever is not',
      policy(
        'x',
        '{ rules: [{ from: [{ source: { namespaces: [shop] } }] }] }',
      ),
      ELSEWHERE,
      { value: 'denied', allowed: [], denied: [] },
    ],
    [
      'somebody of a namespace that is named',
      policy('x', '{ rules: [{ from: [{ source: { namespaces: [pay] } }] }] }'),
      ELSEWHERE,
      { value: 'depends', allowed: [['namespace pay']], denied: [] },
    ],
    [
      'a pattern of identities',
      policy(
        'x',
        '{ rules: [{ from: [{ source: { principals: ["cluster.local/ns/shop/*"] } }] }] }',
      ),
      IN_SHOP,
      { value: 'allowed', allowed: [], denied: [] },
    ],
    [
      'an identity that is denied',
      policy(
        'x',
        '{ action: DENY, rules: [{ from: [{ source: { principals: [cluster.local/ns/shop/sa/old] } }] }] }',
      ),
      IN_SHOP,
      {
        value: 'depends',
        allowed: [],
        denied: [['identity cluster.local/ns/shop/sa/old']],
      },
    ],
    [
      'an identity that is denied, and that cannot be theirs',
      policy(
        'x',
        '{ action: DENY, rules: [{ from: [{ source: { principals: [cluster.local/ns/shop/sa/old] } }] }] }',
      ),
      ELSEWHERE,
      { value: 'allowed', allowed: [], denied: [] },
    ],
  ])('%s', (_, objects, peer, expected) => {
    expect(written(decide(objects, { peer }))).toEqual(expected);
  });

  it('says how it depends on the protocol where the port does not tell', () => {
    const detected = service('cart', {
      ports: '{ port: 80, targetPort: 8080 }',
    });
    expect(written(decide(detected + GET_ITEMS))).toEqual({
      value: 'depends',
      allowed: [['protocol HTTP', 'method GET', 'path /items/*']],
      denied: [],
    });
  });
});

describe('in ambient mode', () => {
  const WAYPOINT = `
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: front, namespace: shop }
spec:
  gatewayClassName: istio-waypoint
  listeners: [{ name: mesh, port: 15008, protocol: HBONE }]
status: { addresses: [{ value: 10.0.0.9 }] }
`;
  const RUNNER = pod('front', {
    mode: 'waypoint',
    labels: 'gateway.networking.k8s.io/gateway-name: front',
    serviceAccount: 'runner',
  });
  const bound =
    service('cart', { labels: 'istio.io/use-waypoint: front' }) + WAYPOINT;
  const AT_WAYPOINT = policy(
    'l7',
    '{ targetRefs: [{ kind: Service, group: "", name: cart }], rules: [{ from: [{ source: { principals: [cluster.local/ns/shop/sa/web] } }], to: [{ operation: { methods: [GET] } }] }] }',
  );
  const ask = (objects: string, facts: Partial<CallFacts> = {}, named = true) =>
    decide(objects, facts, { mode: 'ambient', named });

  it('lets nobody in by a rule that a ztunnel drops', () => {
    const decision = ask(GET_ITEMS);
    expect(decision.value).toBe('denied');
    expect(decision.reasons[0].text).toContain('a ztunnel drops those');
  });

  it.each<[string, string, 'matches' | 'does not']>([
    ['a caller', 'from: [{ source: { namespaces: [shop] } }]', 'matches'],
    ['everything', '', 'matches'],
    [
      'a caller and a method, which are two things to it',
      'from: [{ source: { namespaces: [shop] } }], to: [{ operation: { methods: [GET] } }]',
      'does not',
    ],
    [
      'a port and a method, of which it is told the port',
      'to: [{ operation: { ports: ["8080"], methods: [GET] } }]',
      'matches',
    ],
    [
      'another port and a method',
      'to: [{ operation: { ports: ["81"], methods: [GET] } }]',
      'does not',
    ],
    [
      'other callers or those with a token',
      'from: [{ source: { namespaces: [pay] } }, { source: { requestPrincipals: ["*"] } }]',
      'does not',
    ],
    [
      'a caller from a trust domain, of which it is not told',
      'from: [{ source: { namespaces: [shop], trustDomains: [other] } }]',
      'matches',
    ],
    [
      'a trust domain',
      'from: [{ source: { trustDomains: [cluster.local] } }]',
      'does not',
    ],
    [
      'a caller and a header',
      'from: [{ source: { namespaces: [shop] } }], when: [{ key: "request.headers[x-a]", values: [b] }]',
      'does not',
    ],
    [
      'a caller and a server name',
      'from: [{ source: { namespaces: [shop] } }], when: [{ key: connection.sni, values: ["*"] }]',
      'does not',
    ],
    [
      'an account as a condition',
      'when: [{ key: source.serviceAccount, values: [shop/web] }]',
      'does not',
    ],
    [
      'an account as a caller',
      'from: [{ source: { serviceAccounts: [web] } }]',
      'matches',
    ],
    [
      'a star within a namespace',
      'from: [{ source: { namespaces: [s*p] } }]',
      'does not',
    ],
  ])('a ztunnel denies %s: %s', (_, rule, expected) => {
    const deny = policy('deny', `{ action: DENY, rules: [{ ${rule} }] }`);
    expect(ask(deny, { tokens: [] }).value).toBe(
      expected === 'matches' ? 'denied' : 'allowed',
    );
  });

  it.each([
    ['', 'denied', 'denied'],
    ['selector: { matchLabels: { app: cart } }, ', 'denied', 'denied'],
    ['selector: {}, ', 'denied', 'allowed'],
    ['selector: { matchLabels: {} }, ', 'denied', 'allowed'],
  ])('with %s: a sidecar %s, a ztunnel %s', (selector, sidecar, ztunnel) => {
    const deny = policy('deny', `{ ${selector}action: DENY, rules: [{}] }`);
    expect(decide(deny).value).toBe(sidecar);
    expect(ask(deny).value).toBe(ztunnel);
  });

  it('knows no aliases of the trust domain at a ztunnel', () => {
    const mesh = meshSettings(
      'trustDomain: new.example\ntrustDomainAliases: [cluster.local]',
    );
    const peer: Peer = {
      type: 'identity',
      identity: 'new.example/ns/shop/sa/web',
    };
    expect(decide(WEB_ONLY, { peer }, { mesh }).value).toBe('allowed');
    expect(decide(WEB_ONLY, { peer }, { mesh, mode: 'ambient' }).value).toBe(
      'denied',
    );
  });

  it('ignores what is for a waypoint where there is none', () => {
    expect(ask(AT_WAYPOINT).value).toBe('allowed');
  });

  it.each<[string, string, Partial<CallFacts>, boolean, CallDecision['value']]>(
    [
      ['a client that goes through it', AT_WAYPOINT, {}, true, 'depends'],
      [
        'a client whom it does not name',
        AT_WAYPOINT,
        { peer: ELSEWHERE },
        true,
        'denied',
      ],
      ['a client that calls the pod itself', AT_WAYPOINT, {}, false, 'allowed'],
      [
        'a client with a sidecar',
        AT_WAYPOINT,
        { mode: 'sidecar' },
        true,
        'allowed',
      ],
      [
        'a ztunnel that sees the waypoint instead',
        WEB_ONLY,
        {},
        true,
        'denied',
      ],
    ],
  )('with a waypoint: %s', (_, objects, facts, named, value) => {
    expect(ask(bound + objects, facts, named).value).toBe(value);
  });

  it.each([
    ['the port of the Service', 80, 'allowed'],
    ['not the port of the pod', 8080, 'denied'],
  ])('rules of a waypoint see %s', (_, port, value) => {
    const AT_PORT = policy(
      'port',
      `{ targetRefs: [{ kind: Service, group: "", name: cart }], rules: [{ to: [{ operation: { ports: ["${port}"] } }] }] }`,
    );
    expect(ask(bound + AT_PORT).value).toBe(value);
  });

  it('depends on which of several ports of a Service a client names', () => {
    const TWO = service('cart', {
      labels: 'istio.io/use-waypoint: front',
      ports:
        '{ name: http, port: 80, targetPort: 8080 }, { name: http-alt, port: 81, targetPort: 8080 }',
    });
    const AT_80 = policy(
      'port',
      '{ targetRefs: [{ kind: Service, group: "", name: cart }], rules: [{ to: [{ operation: { ports: ["80"] } }] }] }',
    );
    const objects = TWO + WAYPOINT + AT_80;
    expect([
      ask(objects).value,
      ask(objects, { servicePort: 80 }).value,
      ask(objects, { servicePort: 81 }).value,
    ]).toEqual(['unknown', 'allowed', 'denied']);
  });

  it.each([
    ['its own, by its pods', RUNNER, 'runner', 'allowed'],
    ['another one', RUNNER, 'front', 'denied'],
    ['its Gateway’s, without pods', '', 'front', 'allowed'],
  ])('the account of a waypoint is %s', (_, pods, account, value) => {
    const admitted = policy(
      'behind',
      `{ selector: { matchLabels: { app: cart } }, rules: [{ from: [{ source: { principals: [cluster.local/ns/shop/sa/${account}] } }] }] }`,
    );
    expect(ask(bound + pods + admitted).value).toBe(value);
  });
});

describe('what cannot be told', () => {
  it('is unknown where policies may not be read', () => {
    const snapshot = clusterOf(ISTIO + pod('cart'), {
      forbidden: ['security.istio.io/AuthorizationPolicy'],
    });
    expect(
      portAuthorization(
        snapshot,
        podOf(snapshot, 'cart'),
        8080,
        'sidecar',
      ).decide({
        peer: WEB,
        mode: 'sidecar',
        inCluster: true,
      }),
    ).toMatchObject({ value: 'unknown', cause: 'forbidden' });
  });

  it('is unknown where a policy that would apply is malformed', () => {
    const broken = policy('broken', '{ rules: nothing }');
    expect(decide(broken)).toMatchObject({
      value: 'unknown',
      cause: 'malformed',
    });
  });
});

it('lists the rules as they are written, in the order in which they are looked at', () => {
  const snapshot = clusterOf(
    ISTIO + pod('cart') + service('cart') + GET_ITEMS + NO_POST,
  );
  expect(
    portAuthorization(snapshot, podOf(snapshot, 'cart'), 8080, 'sidecar').rules,
  ).toEqual([
    {
      effect: 'deny',
      term: 'DENY',
      state: 'enforced',
      from: [[]],
      requests: [[{ subject: 'method', operator: 'in', values: ['POST'] }]],
      reason: expect.objectContaining({
        object: expect.objectContaining({ name: 'no-post' }),
        field: 'spec.rules[0]',
      }),
    },
    {
      effect: 'allow',
      term: 'ALLOW',
      state: 'enforced',
      from: [
        [
          {
            subject: 'identity',
            operator: 'in',
            values: ['cluster.local/ns/shop/sa/web'],
          },
        ],
      ],
      requests: [
        [
          { subject: 'method', operator: 'in', values: ['GET'] },
          { subject: 'path', operator: 'in', values: ['/items/*'] },
        ],
      ],
      reason: expect.objectContaining({ field: 'spec.rules[0]' }),
    },
  ]);
});
