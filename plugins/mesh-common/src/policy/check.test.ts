import { PlaceName, placementOf } from './__testUtils__/places';
import { checkPolicies } from './check';
import { generatePolicies, policyFiles } from './generate';
import { policyIntentSchema } from './intent';

function task(place: PlaceName, protocol = 'http', callers = 1) {
  return {
    intent: policyIntentSchema.parse({
      name: 'cart',
      port: 8080,
      protocol,
      callers: [{ namespace: 'front', serviceAccount: 'web' }].slice(
        0,
        callers,
      ),
      probes: protocol === 'http' ? ['/healthz', '/ready'] : [],
      resilience: {
        timeout: '3s',
        retries: { attempts: 2, idempotent: true },
        circuitBreaker: { consecutiveErrors: 5 },
      },
    }),
    placement: placementOf(place),
  };
}

function findingsFor(...of: Parameters<typeof task>) {
  const asked = task(...of);
  const files = policyFiles(asked, generatePolicies(asked), {
    owner: 'group:default/shop-team',
    callers: [],
  });
  return checkPolicies(asked, files);
}

it.each(
  (['sidecar', 'ambient', 'waypoint', 'linkerd'] as const).flatMap(place =>
    ['http', 'grpc', 'tcp'].map(protocol => [place, protocol] as const),
  ),
)('finds nothing in what is generated: %s, %s', (place, protocol) => {
  const { findings, skipped, checks } = findingsFor(place, protocol);
  expect({ findings, skipped }).toEqual({ findings: [], skipped: [] });
  expect(checks).toBeGreaterThan(20);
});

it('says of a Server for nobody that it lets nobody in, which is what was asked for', () => {
  expect(findingsFor('linkerd', 'tcp', 0).findings).toMatchObject([
    { code: 'MESH-L0104', level: 'warning' },
  ]);
  expect(findingsFor('sidecar', 'tcp', 0).findings).toEqual([]);
});

it.each<[PlaceName, string[], string | RegExp, string]>([
  [
    'sidecar',
    // The AuthorizationPolicy, and the PeerAuthentication beside it.
    ['IST0127', 'KIA0004'],
    /matchLabels:\n\s+app.kubernetes.io\/name: cart/,
    'matchLabels: { app.kubernetes.io/name: other }',
  ],
  [
    'linkerd',
    ['MESH-L0401'],
    'failure-accrual: consecutive',
    'failure-accrual: "true"',
  ],
])('finds what is wrong: %s, %j', (place, codes, right, wrong) => {
  const asked = task(place);
  const files = policyFiles(asked, generatePolicies(asked)).map(file => ({
    ...file,
    content: file.content.replace(right, wrong),
  }));
  expect(
    checkPolicies(asked, files)
      .findings.map(found => found.code)
      .sort(),
  ).toEqual(codes);
});
