import fc from 'fast-check';
import { ANY_NAMESPACE, EntityScope, reachOf, scopeLimit } from './entityScope';

const reviews = {
  ref: 'component:default/reviews',
  owner: 'group:default/shop-team',
};

const scope = (
  rules: EntityScope['rules'],
  fallback: EntityScope['default'] = 'any',
): EntityScope => ({ default: fallback, rules });

describe('reachOf', () => {
  it.each<[string, EntityScope, string, boolean]>([
    ['no rule', ANY_NAMESPACE, 'payments', true],
    ['the default', scope([], ['shop']), 'payments', false],
    [
      'its owner',
      scope([{ owner: 'group:default/shop-team', namespaces: ['shop'] }]),
      'payments',
      false,
    ],
    [
      'its owner, within',
      scope([{ owner: 'group:default/shop-team', namespaces: ['shop'] }], []),
      'shop',
      true,
    ],
    [
      'another owner',
      scope(
        [{ owner: 'group:default/pay-team', namespaces: ['payments'] }],
        [],
      ),
      'payments',
      false,
    ],
    [
      'the first rule that names it',
      scope([
        { entity: 'component:default/reviews', namespaces: ['reviews'] },
        { owner: 'group:default/shop-team', namespaces: ['shop'] },
      ]),
      'shop',
      false,
    ],
    ['a pattern', scope([], ['shop-*']), 'shop-canary', true],
    ['what only begins alike', scope([], ['shop']), 'shop-canary', false],
  ])('%s', (_, config, namespace, expected) => {
    expect(reachOf(reviews, config).includes(namespace)).toBe(expected);
  });

  it('reaches nothing where nothing is listed', () => {
    fc.assert(
      fc.property(fc.string(), namespace => {
        expect(reachOf(reviews, scope([], [])).includes(namespace)).toBe(false);
      }),
    );
  });
});

describe('scopeLimit', () => {
  const selected = (namespace?: string) => ({
    ref: reviews.ref,
    selection: {
      selector: {},
      selectorText: '',
      ...(namespace && { namespace }),
    },
  });
  const shop = reachOf(reviews, scope([], ['shop']));

  it.each([
    [
      'payments',
      'The annotation backstage.io/kubernetes-namespace of component:default/reviews names payments, but mesh.entityScope lets it reach the namespaces shop only',
    ],
    [
      undefined,
      'mesh.entityScope lets component:default/reviews reach the namespaces shop only: its workloads are not looked for in others',
    ],
    ['shop', undefined],
  ])('says what is kept from one that asks for %s', (namespace, text) => {
    expect(scopeLimit(selected(namespace), shop)).toBe(text);
  });

  it('says nothing where everything may be reached', () => {
    expect(scopeLimit(selected(), reachOf(reviews, ANY_NAMESPACE))).toBe(
      undefined,
    );
  });
});
