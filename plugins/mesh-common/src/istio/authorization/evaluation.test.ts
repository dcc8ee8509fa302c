import { clusterOf } from '../../__testUtils__/cluster';
import { CallEvaluation } from '../../contract/callEvaluation';
import { callEvaluationSchema } from '../../contract/schemas/callEvaluation';
import { CallFacts, Token } from '../../mesh/whoMayCall/facts';
import {
  istio,
  meshSettings,
  namespace,
  pod,
  podOf,
  service,
} from '../__testUtils__/istio';
import { portAuthorization } from './portAuthorization';

const MESH = meshSettings(
  'extensionProviders: [{ name: opa, envoyExtAuthzGrpc: {} }, { name: web, envoyExtAuthzHttp: {} }]',
);

function evaluate(
  objects: string,
  facts: Partial<CallFacts> = {},
  ports?: string,
): CallEvaluation {
  const snapshot = clusterOf(
    MESH +
      namespace('shop') +
      pod('cart') +
      service('cart', { ports }) +
      objects,
  );
  const { evaluate: ask } = portAuthorization(
    snapshot,
    podOf(snapshot, 'cart'),
    8080,
    'sidecar',
  );
  const evaluation = ask!({
    peer: { type: 'identity', identity: 'cluster.local/ns/shop/sa/web' },
    mode: 'sidecar',
    inCluster: true,
    method: 'GET',
    path: '/items',
    host: 'cart',
    tokens: [],
    ...facts,
  });
  return callEvaluationSchema.parse(evaluation);
}

const policy = (name: string, spec: string, dryRun = false) =>
  istio('AuthorizationPolicy', name, spec).replace(
    'metadata: {',
    dryRun
      ? "metadata: { annotations: { istio.io/dry-run: 'true' },"
      : 'metadata: {',
  );
const tokens = (name: string, ...rules: string[]) =>
  istio('RequestAuthentication', name, `{ jwtRules: [${rules.join(', ')}] }`);
const on = (name: string, action: string, path = '/items', dryRun = false) =>
  policy(
    name,
    `{ action: ${action}, rules: [{ to: [{ operation: { paths: ["${path}"] } }] }] }`,
    dryRun,
  );
const ask = (name: string, provider: string) =>
  policy(
    name,
    `{ action: CUSTOM, provider: { name: ${provider} }, rules: [{ to: [{ operation: { ports: ["8080"] } }] }] }`,
  );

const LOGIN = '{ issuer: login }';
const ANN: Token = { claims: { iss: 'login', sub: 'ann' } };
const EVERYTHING =
  on('a-allow', 'ALLOW') +
  on('b-allow', 'ALLOW', '/other') +
  on('c-deny', 'DENY', '/other') +
  on('d-tried', 'DENY', '/items', true) +
  on('e-audit', 'AUDIT') +
  tokens('f-tokens', LOGIN) +
  ask('g-custom', 'opa');

function order({ hops: [{ checks }] }: CallEvaluation): string[] {
  return checks.map(
    ({ step, result, dryRun, reason: { object } }) =>
      `${step} ${object?.name} ${result}${dryRun ? ' dry-run' : ''}`,
  );
}

it('looks at everything in the order of the proxy', () => {
  const evaluation = evaluate(EVERYTHING, {
    authorizer: 'allows',
    tokens: [ANN],
  });
  expect(order(evaluation)).toEqual([
    'custom g-custom match',
    'tokens f-tokens match',
    'audit e-audit match',
    'deny c-deny no-match',
    'deny d-tried match dry-run',
    'allow a-allow match',
    'allow b-allow no-match',
  ]);
  expect(evaluation.hops[0]).toMatchObject({
    by: 'sidecar',
    layer: 'http',
    verdict: 'allow-matched',
    providers: ['opa'],
    decision: { value: 'allowed' },
  });
});

it.each<[string, Partial<CallFacts>, string, string[], string | undefined]>([
  [
    'the external authorizer',
    { authorizer: 'denies' },
    'custom-denied',
    ['custom'],
    undefined,
  ],
  [
    'a token',
    { authorizer: 'allows', tokens: [{ ...ANN, valid: false }] },
    'token-rejected',
    ['custom', 'tokens'],
    undefined,
  ],
  [
    'a rule that denies',
    { authorizer: 'allows', path: '/other' },
    'deny-matched',
    ['custom', 'tokens', 'audit', 'deny'],
    'rbac_access_denied_matched_policy[ns[shop]-policy[c-deny]-rule[0]]',
  ],
  [
    'no rule that allows',
    { authorizer: 'allows', path: '/third' },
    'no-allow-matched',
    ['custom', 'tokens', 'audit', 'deny', 'allow'],
    'rbac_access_denied_matched_policy[none]',
  ],
])('ends with %s', (_, facts, verdict, steps, details) => {
  const [hop] = evaluate(EVERYTHING, facts).hops;
  expect([hop.verdict, hop.details]).toEqual([verdict, details]);
  expect(hop.status).toBe(verdict === 'token-rejected' ? 401 : 403);
  expect([...new Set(hop.checks.map(({ step }) => step))]).toEqual(steps);
});

it('depends on the authorizer where its answer is not known', () => {
  const { decision, hops } = evaluate(ask('g-custom', 'opa'));
  expect(decision).toMatchObject({
    value: 'depends',
    deniedWhen: [[{ subject: 'provider', operator: 'in', values: ['opa'] }]],
  });
  expect(hops[0].verdict).toBeUndefined();
});

it('does not ask an authorizer that speaks HTTP about connections', () => {
  const { decision, hops } = evaluate(
    ask('g-custom', 'web'),
    {},
    '{ name: tcp, port: 80, targetPort: 8080 }',
  );
  expect(decision.value).toBe('allowed');
  expect(hops[0]).toMatchObject({
    layer: 'tcp',
    providers: [],
    checks: [{ step: 'custom', result: 'skipped' }],
  });
});

it('answers nothing where it sees a connection alone', () => {
  const { decision, hops } = evaluate(
    policy('nothing', '{}'),
    {},
    '{ name: tcp, port: 80, targetPort: 8080 }',
  );
  expect(decision.value).toBe('denied');
  expect(hops[0]).not.toHaveProperty('status');
});

it.each([
  ['shop', 'cluster.local/ns/shop/sa/web', true],
  ['sho', 'cluster.local/ns/shop/sa/web', false],
  ['s*', 'cluster.local/ns/shop/sa/web', true],
  ['*p', 'cluster.local/ns/shop/sa/web', true],
  ['s*p', 'cluster.local/ns/shop/sa/web', true],
  ['s*x', 'cluster.local/ns/shop/sa/web', false],
  ['s.op', 'cluster.local/ns/shop/sa/web', false],
  // The expression reaches over the end of the namespace.
  ['s*a', 'cluster.local/ns/shop/sa/web', true],
  ['shop', 'cluster.local/region/ns/shop/own', true],
])('takes the namespace %s for that of %s: %s', (value, identity, expected) => {
  const { decision } = evaluate(
    policy(
      'p',
      `{ rules: [{ from: [{ source: { namespaces: ["${value}"] } }] }] }`,
    ),
    { peer: { type: 'identity', identity } },
  );
  expect(decision.value).toBe(expected ? 'allowed' : 'denied');
});

describe('tokens', () => {
  const OTHER: Token = { claims: { iss: 'other', sub: 'bob' } };
  const BY_HEADER: Token = { ...ANN, place: { header: 'x-token' } };
  const X_TOKEN = '{ issuer: partner, fromHeaders: [{ name: x-token }] }';
  const NEEDED = policy(
    'needed',
    '{ rules: [{ from: [{ source: { requestPrincipals: ["*"] } }] }] }',
  );

  it.each<[string, string, readonly Token[] | undefined, string | undefined]>([
    ['none, where none is needed', tokens('t', LOGIN), [], 'no-allow-policy'],
    [
      'none, where one is needed',
      tokens('t', LOGIN) + NEEDED,
      [],
      'no-allow-matched',
    ],
    [
      'one that is accepted',
      tokens('t', LOGIN) + NEEDED,
      [ANN],
      'allow-matched',
    ],
    [
      'one of an unlisted issuer',
      tokens('t', LOGIN),
      [OTHER],
      'token-rejected',
    ],
    [
      'one in a place that nobody reads',
      tokens('t', LOGIN),
      [{ ...OTHER, place: { header: 'x-other' } }],
      'no-allow-policy',
    ],
    [
      'one that another rule for the same place accepts',
      tokens('t', LOGIN, '{ issuer: other }') + NEEDED,
      [OTHER],
      'allow-matched',
    ],
    [
      'one in a place that only a rule of another issuer reads',
      tokens('t', LOGIN) + tokens('u', X_TOKEN),
      [BY_HEADER],
      'token-rejected',
    ],
    [
      'a bad one beside a good one in another place',
      tokens('t', LOGIN, X_TOKEN),
      [ANN, BY_HEADER],
      'no-allow-policy',
    ],
    ['one that nobody asks for', NEEDED, [ANN], 'no-allow-matched'],
    ['not known which', tokens('t', LOGIN), undefined, 'no-allow-policy'],
  ])('%s', (_, objects, sent, verdict) => {
    expect(evaluate(objects, { tokens: sent }).hops[0].verdict).toBe(verdict);
  });

  it('are not known where what accepts them cannot be read', () => {
    const snapshot = clusterOf(MESH + pod('cart') + service('cart'), {
      forbidden: ['security.istio.io/RequestAuthentication'],
    });
    const decide = portAuthorization(
      snapshot,
      podOf(snapshot, 'cart'),
      8080,
      'sidecar',
    ).decide;
    const facts: CallFacts = {
      peer: { type: 'none' },
      mode: 'none',
      inCluster: true,
    };
    expect(decide(facts).value).toBe('allowed');
    expect(decide({ ...facts, tokens: [ANN] })).toMatchObject({
      value: 'unknown',
      cause: 'forbidden',
    });
  });
});

it.each<[string, string, Partial<CallFacts>, string]>([
  [
    'plaintext where mutual TLS is needed',
    istio('PeerAuthentication', 'default', '{ mtls: { mode: STRICT } }'),
    { peer: { type: 'none' } },
    'mtls-required',
  ],
  [
    'a client of another trust domain',
    '',
    {
      peer: { type: 'identity', identity: 'other.example/ns/shop/sa/web' },
    },
    'untrusted-client',
  ],
])('refuses the connection of %s', (_, objects, facts, verdict) => {
  const [hop] = evaluate(EVERYTHING + objects, facts).hops;
  expect(hop.verdict).toBe(verdict);
  expect(hop.checks.map(({ step }) => step)).toEqual(['connection']);
});

describe('several external authorizers', () => {
  const istiod = (value: string) => `
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: istiod, namespace: istio-system, labels: { app: istiod } }
spec:
  selector: { matchLabels: { app: istiod } }
  template:
    metadata: { labels: { app: istiod } }
    spec: { containers: [{ name: discovery, image: "pilot:1.31.0", env: [{ name: PILOT_ENABLE_MULTIPLE_CUSTOM_AUTHZ_PROVIDERS, value: "${value}" }] }] }
`;
  const both = ask('a', 'opa') + ask('b', 'web');

  it.each<[string, string, CallFacts['authorizer'], string, string[]]>([
    ['', both, 'allows', 'denied', []],
    ['false', both, 'allows', 'denied', []],
    ['true', both, 'allows', 'allowed', ['opa', 'web']],
    ['true', both, 'denies', 'denied', ['opa']],
    ['true', both, undefined, 'depends', ['opa', 'web']],
    ['true', ask('a', 'opa') + ask('b', 'none'), 'allows', 'denied', []],
  ])(
    'with the setting "%s": %#',
    (value, objects, authorizer, decision, asked) => {
      const { decision: found, hops } = evaluate(
        (value && istiod(value)) + objects,
        { ...(authorizer && { authorizer }) },
      );
      expect(found.value).toBe(decision);
      expect(hops[0].providers).toEqual(asked);
    },
  );
});
