import { clusterOf, CONTROL_PLANE } from '../__testUtils__/cluster';
import { egressNetworkOf } from './egressNetworks';

const network = (
  name: string,
  options: {
    namespace?: string;
    networks?: string;
    created?: string;
    accepted?: boolean;
  } = {},
) => `
---
apiVersion: policy.linkerd.io/v1alpha1
kind: EgressNetwork
metadata:
  name: ${name}
  namespace: ${options.namespace ?? 'linkerd-egress'}
  ${options.created ? `creationTimestamp: ${options.created}T00:00:00Z` : ''}
spec:
  trafficPolicy: Allow
  ${options.networks ? `networks: [${options.networks}]` : ''}
status:
  conditions: [{ type: Accepted, status: '${
    options.accepted === false ? 'False' : 'True'
  }' }]
`;

const of = (yaml: string, address = '198.51.100.7') => {
  const found = egressNetworkOf(
    clusterOf(CONTROL_PLANE + yaml),
    address,
    'shop',
  );
  return found && `${found.metadata.namespace}/${found.metadata.name}`;
};

const cidr = (block: string) => `{ cidr: ${block} }`;

it.each<[string, string, string | undefined]>([
  ['all that is outside the cluster', network('a'), 'linkerd-egress/a'],
  [
    'the smallest network',
    network('a', { networks: cidr('198.51.0.0/16') }) +
      network('b', { networks: cidr('198.51.100.0/24') }),
    'linkerd-egress/b',
  ],
  [
    'an address',
    network('a', { networks: cidr('198.51.100.0/24') }) +
      network('b', {
        networks: `${cidr('192.0.2.1')}, ${cidr('198.51.100.7')}`,
      }),
    'linkerd-egress/b',
  ],
  [
    'what is left out',
    network('a', {
      networks: '{ cidr: 198.51.0.0/16, except: [198.51.100.0/24] }',
    }),
    undefined,
  ],
  [
    'a network that what is left out makes smaller',
    network('a', { networks: cidr('198.51.100.0/24') }) +
      network('b', {
        networks: '{ cidr: 198.51.100.0/24, except: [198.51.100.128/25] }',
      }),
    'linkerd-egress/b',
  ],
  [
    'of equal networks the oldest',
    network('a', { created: '2026-02-01' }) +
      network('b', { created: '2026-01-01' }),
    'linkerd-egress/b',
  ],
  ['of equal ages by name', network('b') + network('a'), 'linkerd-egress/a'],
  [
    'its own namespace before the global one',
    network('a', { networks: cidr('198.51.100.7') }) +
      network('b', { namespace: 'shop' }),
    'shop/b',
  ],
  [
    'none, where its own namespace has none that fits',
    network('a') +
      network('b', { namespace: 'shop', networks: cidr('192.0.2.0/24') }),
    undefined,
  ],
  ['none of another namespace', network('a', { namespace: 'pay' }), undefined],
  [
    'what is left out, of which a part cannot be read',
    network('a', {
      networks: '{ cidr: 198.51.0.0/16, except: [198.51.1.0/24, all] }',
    }),
    'linkerd-egress/a',
  ],
  [
    'none that is not accepted',
    network('a') + network('b', { namespace: 'shop', accepted: false }),
    'linkerd-egress/a',
  ],
])('finds %s', (_, yaml, expected) => {
  expect(of(yaml)).toBe(expected);
});

it('leaves the addresses of the cluster out, and takes those of IPv6', () => {
  expect(of(network('a'), '10.1.1.1')).toBeUndefined();
  expect(of(network('a'), '2001:db8::1')).toBe('linkerd-egress/a');
  expect(of(network('a'), 'fd00::1')).toBeUndefined();
});

it.each<[what: string, yaml: string, address: string]>([
  [
    'a large network of IPv6 before a small one, whose addresses can be counted',
    network('a', { networks: cidr('2001:db8::/96') }) +
      network('b', { networks: cidr('2001:db8::/32') }),
    '2001:db8::1',
  ],
  [
    'of large networks of IPv6 the oldest',
    network('a', { networks: cidr('2001:db8::/64'), created: '2026-02-01' }) +
      network('b', { networks: cidr('::/0'), created: '2026-01-01' }),
    '2001:db8::1',
  ],
  [
    'a network of which more is left out than it has after all others',
    network('a', {
      networks: '{ cidr: 198.51.100.0/24, except: [203.0.0.0/16] }',
    }) + network('b', { networks: cidr('198.51.0.0/16') }),
    '198.51.100.7',
  ],
])('takes %s', (_, yaml, address) => {
  expect(of(yaml, address)).toBe('linkerd-egress/b');
});
