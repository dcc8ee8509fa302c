import fc from 'fast-check';
import { Chain, chainFor, Connection, isSameMatch } from './chains';

function chain(
  leadsTo: string,
  match: Partial<Omit<Chain<string>, 'leadsTo'>> = {},
): Chain<string> {
  return { sniHosts: [], ranges: [], httpOnly: false, ...match, leadsTo };
}

const HTTP = chain('http', { httpOnly: true });
const REST = chain('rest');
const NET = chain('net', { ranges: ['10.0.0.0/8'] });
const SUBNET = chain('subnet', { ranges: ['10.1.0.0/16', '192.0.2.1'] });
const NAMED = chain('named', { sniHosts: ['a.example.com', 'b.example.com'] });
const WILD = chain('wild', { sniHosts: ['*.example.com'] });
const NAMED_THERE = chain('named there', {
  sniHosts: ['a.example.com'],
  ranges: ['10.1.0.0/16'],
});
const ANY_NAME = chain('any name', { sniHosts: ['*'] });

describe('chainFor', () => {
  it.each<[string, Chain<string>[], Connection, string | undefined]>([
    ['HTTP', [HTTP, REST], { protocol: 'http' }, 'http'],
    ['other bytes', [HTTP, REST], { protocol: 'tcp' }, 'rest'],
    ['TLS', [HTTP, REST], { protocol: 'tls', sni: 'a.example.com' }, 'rest'],
    [
      'other bytes, for which nothing is there',
      [HTTP],
      { protocol: 'tcp' },
      undefined,
    ],
    ['HTTP, without looking', [REST], { protocol: 'http' }, 'rest'],
    [
      'the smallest range',
      [NET, SUBNET],
      { protocol: 'tcp', address: '10.1.2.3' },
      'subnet',
    ],
    [
      'the wider range',
      [NET, SUBNET],
      { protocol: 'tcp', address: '10.2.2.3' },
      'net',
    ],
    [
      'a single address',
      [NET, SUBNET],
      { protocol: 'tcp', address: '192.0.2.1' },
      'subnet',
    ],
    [
      'no range',
      [NET, REST],
      { protocol: 'tcp', address: '192.0.2.1' },
      'rest',
    ],
    ['an address that is not known', [NET, REST], { protocol: 'tcp' }, 'rest'],
    [
      'a name',
      [NAMED, WILD],
      { protocol: 'tls', sni: 'B.example.com' },
      'named',
    ],
    [
      'a wildcard',
      [NAMED, WILD],
      { protocol: 'tls', sni: 'x.y.example.com' },
      'wild',
    ],
    [
      'no name',
      [NAMED, WILD],
      { protocol: 'tls', sni: 'example.com' },
      undefined,
    ],
    [
      'a name, but no TLS',
      [NAMED],
      { protocol: 'http', sni: 'a.example.com' },
      undefined,
    ],
    [
      'any name',
      [NAMED, ANY_NAME],
      { protocol: 'tls', sni: 'other' },
      'any name',
    ],
    [
      'any name, and not the one beside it',
      [WILD, chain('both', { sniHosts: ['*', 'a.example.com'] })],
      { protocol: 'tls', sni: 'a.example.com' },
      'wild',
    ],
    [
      'a range before a name, and the rest for another name there',
      [NAMED_THERE, WILD, REST],
      { protocol: 'tls', sni: 'c.example.com', address: '10.1.0.1' },
      'rest',
    ],
  ])('%s', (_, chains, connection, expected) => {
    expect(chainFor(chains, connection)?.leadsTo).toBe(expected);
    expect(chainFor([...chains].reverse(), connection)?.leadsTo).toBe(expected);
  });

  it('takes nothing that is no range for one', () => {
    expect(
      chainFor([chain('odd', { ranges: ['10.0.0.0/99', 'x'] })], {
        protocol: 'tcp',
        address: '10.0.0.1',
      }),
    ).toBeUndefined();
  });
});

describe('isSameMatch', () => {
  it.each([
    [{}, {}, true],
    [{ httpOnly: true }, {}, false],
    [{ sniHosts: ['a', 'b'] }, { sniHosts: ['b', 'a'] }, true],
    [{ sniHosts: ['*'] }, {}, true],
    [{ ranges: ['10.1.2.3/8'] }, { ranges: ['10.0.0.0/8'] }, true],
    [{ ranges: ['10.0.0.0/8'] }, {}, false],
  ])('%j and %j: %s', (a, b, expected) => {
    expect(isSameMatch(chain('a', a), chain('b', b))).toBe(expected);
  });

  it('goes both ways', () => {
    const chains = fc.record({
      sniHosts: fc.array(fc.constantFrom('a', '*', '*.b')),
      ranges: fc.array(fc.constantFrom('10.0.0.0/8', '10.1.0.0/8', 'x')),
      httpOnly: fc.boolean(),
    });
    fc.assert(
      fc.property(chains, chains, (a, b) => {
        expect(isSameMatch(chain('', a), chain('', a))).toBe(true);
        expect(isSameMatch(chain('', a), chain('', b))).toBe(
          isSameMatch(chain('', b), chain('', a)),
        );
      }),
    );
  });
});
