import fc from 'fast-check';
import {
  clusterOf,
  CONTROL_PLANE,
  meshedPod,
  podOf,
} from './__testUtils__/cluster';
import {
  accountOfIdentity,
  identityOfPod,
  serviceAccountIdentity,
  workloadsWithIdentity,
} from './identity';
import { matchesIdentity, parseIdentityPattern } from './identityMatch';

const CART = 'cart.shop.serviceaccount.identity.linkerd.mesh.example';

describe('identityOfPod', () => {
  it('replaces what the environment refers to', () => {
    const snapshot = clusterOf(CONTROL_PLANE + meshedPod('cart'));
    expect(identityOfPod(snapshot, podOf(snapshot, 'cart'))).toBe(CART);
  });

  it.each([
    ['the variable is not there', null],
    ['it is empty', ''],
    ['it refers to what is not there', '$(_pod_sa).$(_elsewhere)'],
  ])('is none where %s', (_, identity) => {
    const snapshot = clusterOf(CONTROL_PLANE + meshedPod('cart', { identity }));
    expect(identityOfPod(snapshot, podOf(snapshot, 'cart'))).toBeUndefined();
  });

  it('is the one to come for a pod that will be injected', () => {
    const snapshot = clusterOf(`${CONTROL_PLANE}
---
apiVersion: v1
kind: Namespace
metadata: { name: shop, annotations: { linkerd.io/inject: enabled } }
---
apiVersion: v1
kind: Pod
metadata: { name: cart, namespace: shop }
spec: { serviceAccountName: cart, containers: [{ name: app }] }
`);
    expect(identityOfPod(snapshot, podOf(snapshot, 'cart'))).toBe(CART);
  });
});

it('finds the account of an identity again', () => {
  const label = fc.stringMatching(/^[a-z]([-a-z0-9]{0,8}[a-z0-9])?$/);
  fc.assert(
    fc.property(
      fc.array(label, { minLength: 1, maxLength: 3 }),
      label,
      (parts, namespace) => {
        const account = { name: parts.join('.'), namespace };
        expect(
          accountOfIdentity(
            serviceAccountIdentity(account, {
              namespace: 'linkerd',
              trustDomain: 'cluster.local',
            }),
          ),
        ).toEqual(account);
      },
    ),
  );
  expect(accountOfIdentity('spiffe://example/vm')).toBeUndefined();
});

describe('workloadsWithIdentity', () => {
  it('finds those whose proxies present it', () => {
    const snapshot = clusterOf(
      CONTROL_PLANE +
        meshedPod('cart') +
        meshedPod('cart-2', { account: 'cart' }) +
        meshedPod('web') +
        meshedPod('other', { account: 'cart', identity: null }),
    );
    expect(
      workloadsWithIdentity(snapshot, CART).map(({ ref }) => ref.name),
    ).toEqual(['cart', 'cart-2']);
    expect(workloadsWithIdentity(snapshot, 'spiffe://example/vm')).toEqual([]);
  });
});

describe('parseIdentityPattern', () => {
  it.each([
    ['*', { type: 'suffix', labels: [] }],
    ['*.shop.example', { type: 'suffix', labels: ['shop', 'example'] }],
    ['web.*.example', { type: 'exact', identity: 'web.*.example' }],
    ['**.example', { type: 'exact', identity: '**.example' }],
  ])('reads %s', (text, pattern) => {
    expect(parseIdentityPattern(text)).toEqual(pattern);
  });
});

describe('matchesIdentity', () => {
  it.each([
    ['web.shop', ['web.shop'], [], true],
    ['web.shop', [], ['*'], true],
    ['web.shop', [], ['*.shop'], true],
    ['webshop', [], ['*.shop'], false],
    ['spiffe://example/web', ['spiffe://example/web'], [], true],
    ['spiffe://example/web', [], ['*'], false],
  ])('%s against %j, %j: %s', (identity, identities, suffixes, expected) => {
    expect(matchesIdentity(identity, { identities, suffixes })).toBe(expected);
  });
});
