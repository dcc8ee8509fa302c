import { refusedFields } from './__testUtils__/refusedFields';

const ROUTE = 'spec.routes[0]';
const route = (text: string) => `{ routes: [{ name: a, ${text} }] }`;
const answers = (condition: string) =>
  route(
    `condition: { method: GET }, responseClasses: [{ condition: ${condition} }]`,
  );
const ANSWER = `${ROUTE}.responseClasses[0].condition`;

describe('what the webhook refuses of a ServiceProfile', () => {
  it.each<[spec: string, fields: string[]]>([
    ['{}', []],
    ['{ routes: [] }', []],
    [route('condition: { pathRegex: /a }, timeout: 1m30s'), []],
    [route('condition: { any: [] }'), []],
    ['{ routes: [null] }', [ROUTE]],
    ['{ routes: [{ condition: { method: GET } }] }', [`${ROUTE}.name`]],
    [route('timeout: 1s'), [`${ROUTE}.condition`]],
    [route('condition: {}'), [`${ROUTE}.condition`]],
    [
      route('condition: { path: /a }'),
      [`${ROUTE}.condition.path`, `${ROUTE}.condition`],
    ],
    [route('condition: { all: [null] }'), [`${ROUTE}.condition.all[0]`]],
    [route('condition: { not: {} }'), [`${ROUTE}.condition.not`]],
    [route('condition: { method: GET }, timeout: later'), [`${ROUTE}.timeout`]],
    [route('condition: { method: GET }, timeout: 5'), [`${ROUTE}.timeout`]],
    [answers('{ status: { min: 500 } }'), []],
    [answers('{ status: { min: 99 } }'), [`${ANSWER}.status.min`]],
    [answers('{ status: { min: 500, max: 400 } }'), [`${ANSWER}.status.max`]],
    [answers('null'), [ANSWER]],
    ['{ retryBudget: { ttl: 10s, retryRatio: 0.2 } }', []],
    ['{ retryBudget: {} }', ['spec.retryBudget.ttl']],
    [
      '{ retryBudget: { ttl: 10s, retryRatio: -1, minRetriesPerSecond: -2 } }',
      ['spec.retryBudget.minRetriesPerSecond', 'spec.retryBudget.retryRatio'],
    ],
    ['{ dstOverrides: [{ authority: a, weight: 500m }, { weight: 1 }] }', []],
    [
      '{ dstOverrides: [{ authority: a, weight: half }] }',
      ['spec.dstOverrides[0].weight'],
    ],
    ['{ circuitBreakers: [] }', ['spec.circuitBreakers']],
    ['{ opaquePorts: { 80: {} } }', []],
    ['{ opaquePorts: ["80"] }', ['spec.opaquePorts']],
    [
      '{ opaquePorts: { http: {}, 80: true } }',
      ['spec.opaquePorts.80', 'spec.opaquePorts.http'],
    ],
    [route('condition: { method: GET }, timeout: 2562047h'), []],
    [
      route('condition: { method: GET }, timeout: 2562048h'),
      [`${ROUTE}.timeout`],
    ],
  ])('%s', (spec, fields) => {
    expect(refusedFields('ServiceProfile', spec)).toEqual(fields);
  });

  it.each(['-a', 'A.b', 'a..b', ''])('a name like "%s"', name => {
    expect(refusedFields('ServiceProfile', '{}', { name })).toEqual([
      'metadata.name',
    ]);
  });
});
