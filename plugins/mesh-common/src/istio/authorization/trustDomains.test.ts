import { principalPatterns, trustDomainPatterns } from './trustDomains';

const PLAIN = { trustDomain: 'corp.example', trustDomainAliases: [] };
const MOVED = {
  trustDomain: 'corp.example',
  trustDomainAliases: ['old.example'],
};

it.each([
  ['corp.example/ns/shop/sa/web', PLAIN, ['corp.example/ns/shop/sa/web']],
  ['cluster.local/ns/shop/sa/web', PLAIN, ['corp.example/ns/shop/sa/web']],
  [
    'old.example/ns/shop/sa/web',
    MOVED,
    ['corp.example/ns/shop/sa/web', 'old.example/ns/shop/sa/web'],
  ],
  [
    'cluster.local/ns/shop/sa/*',
    MOVED,
    ['corp.example/ns/shop/sa/*', 'old.example/ns/shop/sa/*'],
  ],
  ['*.example/ns/shop/sa/web', MOVED, ['*.example/ns/shop/sa/web']],
  ['partner.org/ns/shop/sa/web', MOVED, ['partner.org/ns/shop/sa/web']],
  ['*/ns/shop/sa/web', MOVED, ['*/ns/shop/sa/web']],
  ['old.example/*', MOVED, ['old.example/*']],
  ['*', MOVED, ['*']],
])('principals: %s in %j are %j', (pattern, trust, expected) => {
  expect(principalPatterns(pattern, trust)).toEqual(expected);
});

it.each([
  ['corp.example', MOVED, ['corp.example', 'old.example']],
  ['old.example', MOVED, ['corp.example', 'old.example']],
  ['cluster.local', MOVED, ['cluster.local']],
  ['old.*', MOVED, ['old.*']],
])('trustDomains: %s in %j are %j', (pattern, trust, expected) => {
  expect(trustDomainPatterns(pattern, trust)).toEqual(expected);
});
