import { clusterOf, CONTROL_PLANE } from './__testUtils__/cluster';
import { assumedConfig } from './controlPlaneConfig';
import { rateLimitOf } from './rateLimit';

const server = (protocol: string) => `
---
apiVersion: policy.linkerd.io/v1beta3
kind: Server
metadata: { name: http, namespace: shop }
spec: { podSelector: {}, port: 80, proxyProtocol: ${protocol} }
`;

const limit = (name: string, options: string, accepted: boolean) => `
---
apiVersion: policy.linkerd.io/v1alpha1
kind: HTTPLocalRateLimitPolicy
metadata: { name: ${name}, namespace: shop, creationTimestamp: '2026-01-0${
  name === 'old' ? 1 : 2
}T00:00:00Z' }
spec: { targetRef: { group: policy.linkerd.io, kind: Server, name: http }, ${options} }
status: { conditions: [{ type: Accepted, status: '${
  accepted ? 'True' : 'False'
}' }] }
`;

const OVERRIDES =
  'overrides: [{ requestsPerSecond: 5, clientRefs: [{ kind: ServiceAccount, name: web }] }]';

function limitOf(objects: string) {
  const snapshot = clusterOf(CONTROL_PLANE + objects);
  const found = snapshot.get('policy.linkerd.io/Server', 'shop', 'http');
  if (!found) {
    throw new Error('There is no Server');
  }
  const limited = rateLimitOf(snapshot, found, assumedConfig(snapshot).config);
  if (!limited) {
    return undefined;
  }
  const { policy, ...rest } = limited;
  return { name: policy.metadata.name, ...rest };
}

describe('the rate limit of a Server', () => {
  it.each([
    ['none', '', undefined],
    [
      'the oldest that is accepted',
      limit('new', 'total: { requestsPerSecond: 1 }', true) +
        limit('old', 'identity: { requestsPerSecond: 2 }', true),
      { name: 'old', identity: 2, overrides: [] },
    ],
    [
      'not one with an override for a kind without identity',
      limit(
        'old',
        'overrides: [{ requestsPerSecond: 5, clientRefs: [{ kind: Namespace, name: web }] }]',
        true,
      ),
      undefined,
    ],
    [
      'not one that is not accepted',
      limit('old', 'total: { requestsPerSecond: 1 }', false) +
        limit('new', `total: { requestsPerSecond: 9 }, ${OVERRIDES}`, true),
      {
        name: 'new',
        total: 9,
        overrides: [
          {
            requestsPerSecond: 5,
            identities: [
              'web.shop.serviceaccount.identity.linkerd.mesh.example',
            ],
          },
        ],
      },
    ],
  ])('%s', (_name, limits, expected) => {
    expect(limitOf(server('unknown') + limits)).toEqual(expected);
  });

  it.each(['gRPC', 'opaque', 'TLS'])('is none for %s', protocol => {
    expect(
      limitOf(
        server(protocol) +
          limit('old', 'total: { requestsPerSecond: 1 }', true),
      ),
    ).toBeUndefined();
  });
});
