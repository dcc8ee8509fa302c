import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { CORPORA } from './corpora';
import { corpus } from './corpus';
import { jsonReport, textReport } from './report';
import { runFolder } from './runFolder';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'conformance-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function write(path: string, content: unknown) {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(
    file,
    typeof content === 'string' ? content : JSON.stringify(content),
  );
}

const server = { namespace: 'shop', labels: { app: 'cart' } };

function inbound(id: string, mode: string, expected: string) {
  return {
    id,
    meshConfig: null,
    rootNamespace: 'istio-system',
    objects: `
apiVersion: v1
kind: Pod
metadata: { name: cart-1, namespace: shop, labels: { app: cart } }
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec: { mtls: { mode: ${mode} } }
`,
    server: { ...server, ports: [] },
    calls: [],
    expect: { ports: { '8080': expected } },
  };
}

it('says which cases failed, and how', () => {
  write('istiod-inbound.json', [
    inbound('right', 'STRICT', 'STRICT'),
    inbound('wrong', 'DISABLE', 'STRICT'),
  ]);
  const reports = runFolder(folder, CORPORA);
  expect(JSON.parse(jsonReport(reports))).toEqual({
    corpora: [
      {
        name: 'istiod-inbound',
        total: 2,
        passed: 1,
        skipped: 0,
        failed: [
          {
            id: 'wrong',
            expected: { ports: { '8080': 'STRICT' }, calls: [] },
            actual: { ports: { '8080': 'DISABLE' }, calls: [] },
          },
        ],
      },
    ],
  });
  expect(textReport(reports)).toBe(
    `istiod-inbound 1/2
  wrong
    expected {"calls":[],"ports":{"8080":"STRICT"}}
    actual   {"calls":[],"ports":{"8080":"DISABLE"}}`,
  );
});

it('reads the files that cases of istioctl name', () => {
  write(
    'istio-analyze-inputs/testdata/policy.yaml',
    `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: nobody, namespace: shop }
spec: { selector: { matchLabels: { app: nobody } } }
`,
  );
  write('istio-analyze.json', [
    {
      id: 'no workload',
      analyzer: 'auth.AuthorizationPoliciesAnalyzer',
      inputs: ['some/where/testdata/policy.yaml'],
      expect: [
        {
          code: 'IST0127',
          kind: 'AuthorizationPolicy',
          namespace: 'shop',
          name: 'nobody',
        },
      ],
    },
    { id: 'unknown', analyzer: 'none.Such', inputs: [], expect: [] },
  ]);
  const [{ passed, skipped, failed, results }] = runFolder(folder, CORPORA);
  expect({ passed, skipped, failed }).toEqual({
    passed: 1,
    skipped: 1,
    failed: [],
  });
  expect(results[1]).toEqual({
    id: 'unknown',
    outcome: 'skipped',
    reason: 'no check comes from none.Such',
  });
});

it('takes a file for what it is not in no case', () => {
  write('istiod-inbound.json', [{ id: 'x' }]);
  expect(() => runFolder(folder, CORPORA)).toThrow('meshConfig');
});

it.each([
  [{ a: 1, b: [1, 2] }, { b: [1, 2], a: 1, c: undefined }, 'passed'],
  [{ b: [1, 2] }, { b: [2, 1] }, 'failed'],
  [{ a: null }, {}, 'failed'],
])('%j against %j: %s', (expected, actual, outcome) => {
  const [result] = corpus({
    name: 'any',
    schema: z.object({ id: z.string() }),
    compare: () => ({ expected, actual }),
  }).run([{ id: 'x' }], () => '');
  expect(result.outcome).toBe(outcome);
});

it('asks the schemas and the rules of istiod about one object', () => {
  const object = (mode: string) => ({
    apiVersion: 'security.istio.io/v1',
    kind: 'PeerAuthentication',
    metadata: { name: 'default' },
    spec: { mtls: { mode } },
  });
  write('istio-validation.json', [
    { id: 'right', valid: true, object: object('STRICT') },
    {
      id: 'wrong',
      valid: false,
      errorContains: 'Unsupported value: "ON"',
      object: object('ON'),
    },
    {
      id: 'another reason',
      valid: false,
      errorContains: 'duration',
      object: object('ON'),
    },
  ]);
  const [{ passed, failed }] = runFolder(folder, CORPORA);
  expect(passed).toBe(2);
  expect(failed).toEqual([
    {
      id: 'another reason',
      outcome: 'failed',
      expected: { valid: false, reason: 'duration' },
      actual: {
        valid: false,
        reason: expect.stringContaining('spec.mtls.mode: Unsupported value'),
      },
    },
  ]);
});

it('asks the questions of situations, each a folder, and takes what means the same', () => {
  write(
    'reports/strict/input.yaml',
    `
apiVersion: v1
kind: Pod
metadata: { name: cart, namespace: shop, labels: { app: cart, security.istio.io/tlsMode: istio } }
spec: { containers: [{ name: app, ports: [{ containerPort: 80 }] }, { name: istio-proxy }] }
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec: { mtls: { mode: STRICT } }
`,
  );
  const ask = { mtls: { workload: 'shop/cart', port: 80 } };
  write('reports/strict/case.json', {
    id: 'strict',
    mesh: 'istio',
    ask,
    expect: {
      accepts: 'STRICT',
      decider: 'PeerAuthentication/shop/*',
      because: 'for people',
    },
    also: [{ ask, expect: { accepts: 'PERMISSIVE', decider: null } }],
  });
  write('reports/nobody/case.json', {
    id: 'nobody',
    mesh: 'istio',
    ask: { mtls: { workload: 'shop/nobody', port: 80 } },
    expect: {},
  });
  write('reports/nobody/input.yaml', '');
  const [{ failed, total }] = runFolder(folder, CORPORA);
  expect(total).toBe(2);
  expect(failed).toEqual([
    {
      id: 'nobody',
      outcome: 'failed',
      expected: 'an answer',
      actual: 'Error: There is no workload shop/nobody',
    },
    {
      id: 'strict',
      outcome: 'failed',
      expected: [
        { accepts: 'STRICT', decider: 'PeerAuthentication/shop/*' },
        { accepts: 'PERMISSIVE', decider: null },
      ],
      actual: [
        { accepts: 'STRICT', decider: 'PeerAuthentication/shop/*' },
        {
          accepts: 'STRICT',
          decider: [
            {
              object: 'PeerAuthentication/shop/default',
              cluster: 'case',
              field: 'spec.mtls.mode',
            },
          ],
        },
      ],
    },
  ]);
});
