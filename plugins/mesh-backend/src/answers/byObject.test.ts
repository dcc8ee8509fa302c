import { ObjectRef } from 'backstage-plugin-mesh-common';
import { byObject } from './byObject';
import { objectKey } from './namedObjects';

const object = (name: string): ObjectRef => ({
  cluster: 'east',
  kind: 'Service',
  namespace: 'shop',
  name,
});

it('finds the items about objects, in their own order', () => {
  const about = byObject(
    [
      { word: 'first', object: object('cart') },
      { word: 'second', object: object('web') },
      { word: 'third', object: object('cart') },
      { word: 'fourth', object: object('bank') },
    ],
    item => item.object,
  );
  const words = (...names: string[]) =>
    about(names.map(name => objectKey(object(name)))).map(({ word }) => word);

  expect(words('bank', 'cart')).toEqual(['first', 'third', 'fourth']);
  expect(words('elsewhere')).toEqual([]);
  expect(words()).toEqual([]);
});
