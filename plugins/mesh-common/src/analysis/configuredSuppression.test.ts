import { Finding } from '../contract/findings';
import {
  parseSuppression,
  suppressedByConfiguration,
} from './configuredSuppression';

const finding = (kind: string, name: string, namespace?: string): Finding => ({
  code: 'IST0101',
  aliases: ['KIA1101'],
  level: 'error',
  title: 'Referenced resource not found',
  message: 'VirtualService shop/cart sends to basket',
  docs: 'https://example.com/checks',
  object: { cluster: 'prod', kind, name, ...(namespace && { namespace }) },
});

const CART = finding('networking.istio.io/VirtualService', 'cart', 'shop');

describe('suppression by configuration', () => {
  it.each([
    ['IST0101=VirtualService cart.shop', true],
    ['KIA1101=VirtualService cart.shop', true],
    ['IST0101=VirtualService *.shop', true],
    ['IST0101=VirtualService c*t.s*p', true],
    ['IST0101=*', true],
    ['IST0101=**', true],
    ['IST0101=VirtualService cart', false],
    ['IST0101=VirtualService cart.shop2', false],
    ['IST0101=DestinationRule cart.shop', false],
    ['IST0101=VirtualService cart*cart.shop', false],
    ['IST0102=VirtualService cart.shop', false],
  ])('of %s: %s', (text, suppressed) => {
    const parsed = parseSuppression(text);
    expect(suppressedByConfiguration(CART, parsed ? [parsed] : [])).toBe(
      suppressed ? `The configuration suppresses ${text}` : undefined,
    );
  });

  it('names objects without a namespace by their name alone', () => {
    const parsed = parseSuppression(' IST0101 = Namespace default ');
    expect(parsed).toEqual({
      text: 'IST0101 = Namespace default',
      code: 'IST0101',
      resource: 'Namespace default',
    });
    expect(
      suppressedByConfiguration(
        finding('Namespace', 'default'),
        parsed ? [parsed] : [],
      ),
    ).toBeDefined();
  });

  it.each(['', 'IST0101', 'IST0101=', '=Pod a.b', 'IST0101=Pod=a', '*=Pod a'])(
    'is not %j',
    text => {
      expect(parseSuppression(text)).toBeUndefined();
    },
  );
});
