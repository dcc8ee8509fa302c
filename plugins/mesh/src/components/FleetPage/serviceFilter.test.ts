import { fleetServices } from '../../__fixtures__/fleet';
import {
  choices,
  filterServices,
  orderText,
  parseOrder,
  ServiceFilter,
  sortServices,
} from './serviceFilter';

const { services } = fleetServices;
const names = (list: typeof services) =>
  list.map(({ entityRef }) => entityRef.replace('component:default/', ''));

describe('filterServices', () => {
  it.each<[ServiceFilter, string[]]>([
    [{ q: 'LEGACY proxy' }, ['reviews']],
    [{ q: 'poll' }, ['emoji']],
    [{ verdict: 'unprotected' }, ['payments']],
    [{ mesh: 'linkerd' }, ['reviews', 'emoji']],
    [{ cluster: 'west', mesh: 'istio' }, ['reviews']],
    [{ owner: 'group:default/data' }, ['importer']],
    [{ q: 'nothing of this name' }, []],
  ])('%j', (filter, expected) => {
    expect(names(filterServices(services, filter))).toEqual(expected);
  });

  it('lets everything through without a filter', () => {
    expect(filterServices(services, {})).toEqual(services);
  });
});

describe('sortServices', () => {
  it.each([
    [
      undefined,
      ['importer', 'payments', 'reviews', 'ledger', 'emoji', 'productpage'],
    ],
    [
      'verdict',
      ['productpage', 'emoji', 'ledger', 'reviews', 'payments', 'importer'],
    ],
    [
      '-findings',
      ['payments', 'reviews', 'emoji', 'importer', 'ledger', 'productpage'],
    ],
    [
      'owner',
      ['ledger', 'importer', 'payments', 'emoji', 'productpage', 'reviews'],
    ],
    [
      '-workloads',
      ['reviews', 'emoji', 'importer', 'ledger', 'payments', 'productpage'],
    ],
    [
      'nonsense',
      ['importer', 'payments', 'reviews', 'ledger', 'emoji', 'productpage'],
    ],
  ])('by %p', (text, expected) => {
    expect(names(sortServices(services, parseOrder(text)))).toEqual(expected);
  });

  it('writes the order as it reads it', () => {
    expect(orderText(parseOrder('-owner'))).toBe('-owner');
    expect(orderText(parseOrder('system'))).toBe('system');
  });
});

it('offers the values that there are', () => {
  expect(choices(services, service => service.meshes)).toEqual([
    'istio',
    'linkerd',
  ]);
});
