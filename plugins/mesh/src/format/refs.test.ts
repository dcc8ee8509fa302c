import fc from 'fast-check';
import {
  joinKey,
  kindName,
  objectKey,
  objectLabel,
  parseObjectKey,
  splitKey,
} from './refs';

describe('keys of the URL', () => {
  it('can be split into what they were joined from, whatever that is', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string(), { minLength: 1, maxLength: 5 }),
        parts => {
          expect(splitKey(joinKey(...parts), parts.length)).toEqual(parts);
        },
      ),
    );
  });

  it('of objects read well and can be read back', () => {
    const ref = {
      cluster: 'arn:aws:eks:eu-west-1:1:cluster/east',
      kind: 'security.istio.io/PeerAuthentication',
      namespace: 'shop',
      name: 'default',
    };
    expect(objectKey(ref)).toBe(
      'arn:aws:eks:eu-west-1:1:cluster/east,security.istio.io/PeerAuthentication,shop,default',
    );
    expect(parseObjectKey(objectKey(ref))).toEqual(ref);
  });

  it('of objects without a namespace have none', () => {
    expect(parseObjectKey('east,Namespace,,shop')).toEqual({
      cluster: 'east',
      kind: 'Namespace',
      name: 'shop',
    });
  });

  it.each(['', 'east', 'east,Pod,shop', 'east,,shop,web', ',Pod,shop,web'])(
    'that people broke are no key: %p',
    key => {
      expect(parseObjectKey(key)).toBeUndefined();
    },
  );
});

it('names objects as people do', () => {
  expect(kindName('Pod')).toBe('Pod');
  expect(
    objectLabel({
      cluster: 'east',
      kind: 'networking.istio.io/VirtualService',
      namespace: 'shop',
      name: 'reviews',
    }),
  ).toBe('VirtualService shop/reviews');
  expect(
    objectLabel({ cluster: 'east', kind: 'Namespace', name: 'shop' }),
  ).toBe('Namespace shop');
});
