import fc from 'fast-check';
import { hideNames } from './callersRedaction';

const HIDDEN = '(an identity that you may not see)';

function textOf(text: string, ...names: string[]): string {
  return hideNames({ rule: 'r', text }, new Set(names)).text;
}

describe('hideNames', () => {
  it.each<[string, string[], string]>([
    ['only page and web may call', ['page'], `only ${HIDDEN} and web may call`],
    [
      'it names "page", (page) and page.',
      ['page'],
      `it names "${HIDDEN}", (${HIDDEN}) and ${HIDDEN}.`,
    ],
    [
      'homepage and page-two stay, as does a_page',
      ['page'],
      'homepage and page-two stay, as does a_page',
    ],
    ['the host page.shop.svc stays', ['page'], 'the host page.shop.svc stays'],
    ['the host front.page stays', ['page'], 'the host front.page stays'],
    ['shop/page may call', ['shop/page'], `${HIDDEN} may call`],
    ['the account shop/page', ['page'], `the account shop/${HIDDEN}`],
    [
      'namespace default/reviews stays',
      ['default'],
      'namespace default/reviews stays',
    ],
    [
      'spiffe://cluster.local/ns/shop/sa/page calls',
      ['cluster.local/ns/shop/sa/page'],
      `spiffe://${HIDDEN} calls`,
    ],
    [
      'cluster.local/ns/shop/sa/page-two and cluster.local/ns/shop/sa/page',
      ['cluster.local/ns/shop/sa/page', 'cluster.local/ns/shop/sa/page-two'],
      `${HIDDEN} and ${HIDDEN}`,
    ],
    [
      'an account, you see',
      ['account', 'you', 'see', 'an'],
      `${HIDDEN} ${HIDDEN}, ${HIDDEN} ${HIDDEN}`,
    ],
    ['a+b and aab', ['a+b'], `${HIDDEN} and aab`],
    ['seitenübersicht', ['seiten'], 'seitenübersicht'],
    ['nothing', [''], 'nothing'],
  ])('in "%s" hides %j', (text, names, expected) => {
    expect(textOf(text, ...names)).toBe(expected);
  });

  it('leaves no identity in a sentence that names it', () => {
    const part = fc.stringMatching(/^[a-z]([a-z0-9-]{0,6}[a-z0-9])?$/);
    const identity = fc
      .tuple(part, part)
      .map(
        ([namespace, account]) => `cluster.local/ns/${namespace}/sa/${account}`,
      );
    fc.assert(
      fc.property(fc.uniqueArray(identity, { minLength: 1 }), identities => {
        const text = `Rule 1 names ${identities.join(', ')}.`;
        const shown = textOf(text, ...identities);
        expect(shown).toBe(
          `Rule 1 names ${identities.map(() => HIDDEN).join(', ')}.`,
        );
      }),
    );
  });
});
