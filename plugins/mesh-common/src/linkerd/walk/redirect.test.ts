import { meshedPod } from '../__testUtils__/cluster';
import {
  branches,
  CART,
  route,
  seen,
  service,
  walked,
  WEB,
} from './__testUtils__/walked';

const filter = (redirect: string) =>
  `{ type: RequestRedirect, requestRedirect: { ${redirect} } }`;

const redirecting = (redirect: string, match = '{}') =>
  WEB +
  CART +
  service('basket') +
  route(`{ matches: [${match}], filters: [${filter(redirect)}] }`);

const OLD = '{ path: { type: PathPrefix, value: /old } }';
const EXACT = '{ path: { type: Exact, value: /old } }';
const full = (path: string) =>
  `path: { type: ReplaceFullPath, replaceFullPath: "${path}" }`;
const prefix = (path: string) =>
  `path: { type: ReplacePrefixMatch, replacePrefixMatch: ${path} }`;

describe('a redirect', () => {
  it.each<[redirect: string, path: string, location: string, match: string]>([
    ['scheme: https', '/a?b=c', 'https://cart/a?b=c', '{}'],
    ['hostname: new.example', '/a?b=c', 'http://new.example/a?b=c', '{}'],
    ['hostname: a.example, port: 80', '/', 'http://a.example:80/', '{}'],
    ['port: 8443, scheme: https', '/', 'https://cart:8443/', '{}'],
    ['port: 443, scheme: https', '/', 'https://cart/', '{}'],
    [full('/new'), '/old?q=2', 'http://cart/new', '{}'],
    [full('/new?r=1'), '/old?q=2', 'http://cart/new?r=1', '{}'],
    [prefix('/new'), '/old/1?q=2', 'http://cart/new/1?q=2', OLD],
    [prefix('/new'), '/old', 'http://cart/new', OLD],
    [prefix('/new/'), '/old/1', 'http://cart/new//1', OLD],
    [prefix('/'), '/old/1', 'http://cart//1', OLD],
    [prefix('/'), '/old', 'http://cart/', OLD],
    [prefix('/new'), '/1', 'http://cart/new/1', '{}'],
    [
      prefix('/new'),
      '/old/older/1',
      'http://cart/new/1',
      `${OLD}, { path: { type: PathPrefix, value: /old/older/ } }`,
    ],
  ])('with %s leads %s to %s', (redirect, path, location, match) => {
    const answer = walked(redirecting(redirect, match), { path });
    expect(answer.redirect).toEqual({ status: 302, location });
    expect(answer.outcome.value).toBe('redirect');
  });

  it('keeps the port that was asked for', () => {
    const at = (redirect: string, host: string) =>
      walked(redirecting(redirect), { headers: { host } }).redirect?.location;
    expect(at('scheme: https', 'cart:80')).toBe('https://cart:80/');
    expect(at('hostname: a.example', 'cart:8080')).toBe(
      'http://a.example:8080/',
    );
    expect(at('hostname: a.example', 'cart:80')).toBe('http://a.example/');
  });

  it('has the status that is written', () => {
    expect(seen(redirecting('scheme: https, statusCode: 301'))).toBe(
      'redirect 301',
    );
  });

  it('is none to the same place', () => {
    expect(seen(redirecting('scheme: http'), { path: '/a?b' })).toBe(
      'delivered',
    );
    expect(seen(redirecting('hostname: cart'))).toBe('delivered');
  });

  it('fails to replace a prefix where none was asked for', () => {
    expect(seen(redirecting(prefix('/new'), EXACT), { path: '/old' })).toBe(
      'failed 500',
    );
  });

  it('goes by the match that says most', () => {
    const yaml = redirecting(prefix('/new'), `${EXACT}, ${OLD}`);
    expect(seen(yaml, { path: '/old' })).toBe('failed 500');
    expect(seen(yaml, { path: '/old/1' })).toBe('redirect 302');
  });

  describe('of a backend', () => {
    const v2 = meshedPod('v2', { ip: '10.1.0.3' }) + service('v2');
    const backends = (redirect: string, weight: number) =>
      WEB +
      CART +
      v2 +
      route(`{ backendRefs: [
        { name: cart, port: 80, weight: ${weight} },
        { name: v2, port: 80, filters: [${filter(redirect)}] }] }`);

    it('takes its share only', () => {
      const answer = walked(backends('scheme: https', 1));
      expect(branches(answer)).toEqual([
        '50 cart delivered mtls',
        '50 v2 redirect fails',
      ]);
      expect(answer.outcome.value).toBe('depends');
      expect(answer.redirect).toBeUndefined();
    });

    it('is that of the request where all have it', () => {
      const answer = walked(backends('scheme: https', 0));
      expect(answer.outcome.value).toBe('redirect');
      expect(answer.redirect?.location).toBe('https://cart/');
    });
  });
});
