import { CONTROL_PLANE, clusterOf } from '../linkerd/__testUtils__/cluster';
import { Analyzer } from './Analyzer';
import { LINKERD_CHECKS } from './linkerdChecks';

/** What is refused, as `Kind name field`, and the unknown fields of ServiceProfiles. */
function refusals(yaml: string): string[] {
  return Analyzer.create(LINKERD_CHECKS)
    .analyze(clusterOf(CONTROL_PLANE + yaml, { origin: 'files' }))
    .findings.filter(({ code }) => /MESH-L0001|MESH-L0306/.test(code))
    .map(
      ({ code, object, field }) =>
        `${code} ${object.kind.split('/').at(-1)} ${object.name} ${field}`,
    );
}

const object = (apiVersion: string, kind: string, spec: string) => `
---
apiVersion: ${apiVersion}
kind: ${kind}
metadata: { name: x, namespace: shop }
spec: { ${spec} }
`;
const POLICY = 'policy.linkerd.io/v1alpha1';
const GATEWAY_API = 'gateway.networking.k8s.io';
const NETWORK =
  '{ group: policy.linkerd.io, kind: EgressNetwork, name: internet }';
const GATEWAY = '{ name: gate }';
const RULES = 'rules: [{ matches: [{ path: { value: relative } }] }]';

it.each<[what: string, yaml: string, expected: string[]]>([
  [
    'a policy',
    object(POLICY, 'NetworkAuthentication', 'networks: [{ cidr: 10.1/16 }]'),
    ['MESH-L0001 NetworkAuthentication x spec.networks[0].cidr'],
  ],
  [
    'a policy that is as it should be',
    object(
      POLICY,
      'NetworkAuthentication',
      'networks: [{ cidr: 10.1.0.0/16 }]',
    ),
    [],
  ],
  [
    'a ServiceProfile, whose unknown fields have a check of their own',
    object(
      'linkerd.io/v1alpha2',
      'ServiceProfile',
      'retryBudget: { retryRatio: -1, ttl: 10s, percentile: 5 }',
    ),
    [
      'MESH-L0001 ServiceProfile x spec.retryBudget.retryRatio',
      'MESH-L0306 ServiceProfile x spec.retryBudget.percentile',
    ],
  ],
  [
    "a route on one of Linkerd's parents",
    object(
      `${GATEWAY_API}/v1`,
      'HTTPRoute',
      `parentRefs: [${NETWORK}], ${RULES}`,
    ),
    [
      'MESH-L0001 HTTPRoute x spec.parentRefs[0]',
      'MESH-L0001 HTTPRoute x spec.rules[0].matches[0].path.value',
    ],
  ],
  [
    'a route of connections',
    object(
      `${GATEWAY_API}/v1alpha2`,
      'TLSRoute',
      `parentRefs: [${NETWORK.replace(
        ' }',
        ', port: 443 }',
      )}], rules: [{}, {}]`,
    ),
    ['MESH-L0001 TLSRoute x spec.rules'],
  ],
  [
    'not a route that is for others',
    object(
      `${GATEWAY_API}/v1`,
      'HTTPRoute',
      `parentRefs: [${GATEWAY}], ${RULES}`,
    ),
    [],
  ],
])('%s', (_, yaml, expected) => {
  expect(refusals(yaml).sort()).toEqual(expected);
});
