import { istio } from '../../istio/__testUtils__/istio';
import { Example } from './example';

const filter = (patches: string, extra = '') =>
  istio('EnvoyFilter', 'lua', `{ ${extra} configPatches: [${patches}] }`);
const patch = (operation: string, applyTo = 'HTTP_FILTER', match = '') =>
  `{ applyTo: ${applyTo}, match: { ${match} }, patch: { operation: ${operation}, value: { name: lua } } }`;
const FIRST = 'EnvoyFilter lua spec.configPatches[0]';

export const IST0151: Example[] = [
  ...['INSERT_BEFORE', 'INSERT_AFTER', 'REPLACE', 'REMOVE'].map(operation => ({
    about: operation,
    yaml: filter(patch(operation)),
    finds: [FIRST],
    says: 'set spec.priority',
  })),
  {
    about: 'a priority',
    yaml: filter(patch('INSERT_BEFORE'), 'priority: 10,'),
    finds: [],
  },
  { about: 'an absolute operation', yaml: filter(patch('MERGE')), finds: [] },
  {
    about: 'REMOVE of a route, which is ignored anyway',
    yaml: filter(patch('REMOVE', 'HTTP_ROUTE')),
    finds: [],
  },
];

export const IST0155: Example[] = [
  {
    about: 'after a patch of the same filter for one version',
    yaml: filter(
      `${patch(
        'INSERT_FIRST',
        'HTTP_FILTER',
        'proxy: { proxyVersion: "^1.30" }',
      )}, ${patch('INSERT_BEFORE')}`,
    ),
    finds: ['EnvoyFilter lua spec.configPatches[1]'],
    says: 'for lua',
  },
  {
    about: 'after a patch for all versions',
    yaml: filter(`${patch('INSERT_FIRST')}, ${patch('INSERT_BEFORE')}`),
    finds: [],
  },
];

export const IST0152: Example[] = [
  {
    about: 'REPLACE of a cluster',
    yaml: filter(patch('REPLACE', 'CLUSTER')),
    finds: [FIRST],
    says: 'applyTo CLUSTER',
  },
  {
    about: 'REPLACE of a filter',
    yaml: filter(patch('REPLACE', 'NETWORK_FILTER')),
    finds: [],
  },
];

export const IST0153: Example[] = [
  {
    about: 'ADD of a route',
    yaml: filter(patch('ADD', 'HTTP_ROUTE')),
    finds: [FIRST],
    says: 'use MERGE',
  },
  {
    about: 'ADD of a cluster',
    yaml: filter(patch('ADD', 'CLUSTER')),
    finds: [],
  },
];

export const IST0154: Example[] = [
  {
    about: 'REMOVE of a route configuration',
    yaml: filter(patch('REMOVE', 'ROUTE_CONFIGURATION')),
    finds: [FIRST],
    says: 'use MERGE',
  },
  {
    about: 'REMOVE of a filter',
    yaml: filter(patch('REMOVE')),
    finds: [],
  },
];
