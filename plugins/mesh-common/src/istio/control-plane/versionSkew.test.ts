import { minorOf, proxySkew } from './versionSkew';

describe('proxySkew', () => {
  it.each<[string, string, boolean | undefined]>([
    ['1.30.3', '1.30.0', true],
    ['1.30.3', '1.28.0', true],
    ['1.30.3', '1.27.9', false],
    ['1.30.3', '1.31.0', false],
    ['latest', '1.30.0', undefined],
    ['1.30.3', 'mine', undefined],
  ])('of istiod %s and a proxy %s', (own, proxy, supported) => {
    expect(proxySkew(own, proxy)?.supported).toBe(supported);
  });
});

describe('minorOf', () => {
  it.each([
    ['v1.29.1-alpha', 29],
    ['1.30', 30],
    ['2.0.0', undefined],
    ['1.x', undefined],
  ])('%s', (version, minor) => {
    expect(minorOf(version)).toBe(minor);
  });
});
