import { differences } from './comparison';
import { Alternative } from './prediction';
import { Received } from './sending';

function echoed(pod: string, more: object = {}): Received {
  const echo = {
    ...{ pod, port: 8080, method: 'GET', path: '/', authority: 'web' },
    headers: {
      'x-forwarded-client-cert':
        'By=spiffe://td/ns/a/sa/web;Hash=1;Subject="";URI=spiffe://td/ns/a/sa/client',
    },
    ...more,
  };
  return {
    status: 200,
    headers: {},
    body: JSON.stringify({ echo }),
    seconds: 0.1,
  };
}

const refused: Received = {
  status: 403,
  headers: {},
  body: 'RBAC: access denied',
  seconds: 0.1,
};

const delivered: Alternative = {
  percent: 100,
  by: 'application',
  status: 200,
  pods: ['web-v1'],
  identity: 'td/ns/a/sa/client',
  path: '/',
  authority: 'web',
  headers: {},
};

describe('differences', () => {
  it.each<[string, Alternative, Received, string[]]>([
    ['equal', delivered, echoed('web-v1'), []],
    [
      'another pod',
      delivered,
      echoed('web-v2'),
      ['web-v2 answered, predicted web-v1'],
    ],
    [
      'no identity',
      delivered,
      echoed('web-v1', { headers: {} }),
      ['the identity is null, predicted td/ns/a/sa/client'],
    ],
    [
      'another path and host',
      { ...delivered, path: '/new', authority: 'new' },
      echoed('web-v1'),
      ['the path is /, predicted /new and the authority is web, predicted new'],
    ],
    [
      'a header that should be gone',
      { ...delivered, headers: { 'x-old': null } },
      echoed('web-v1', { headers: { 'x-old': '1' } }),
      ['the identity is null', 'the header x-old is 1, predicted null'],
    ],
    [
      'refused in place of delivered',
      delivered,
      refused,
      ['403 (RBAC: access denied) came from the mesh, predicted 200'],
    ],
    [
      'a delay that was none',
      { percent: 100, by: 'mesh', status: 403, seconds: 1 },
      refused,
      ['it took 0.1 s, predicted 1 s'],
    ],
  ])('%s', (_, predicted, received, expected) => {
    const found = differences([predicted], [received]).join('\n');
    expect(found === '').toBe(expected.length === 0);
    for (const text of expected) {
      expect(found).toContain(text);
    }
  });

  it('takes what is not predicted as different', () => {
    expect(differences(undefined, [refused])).toHaveLength(1);
  });

  it.each([
    [90, 10, false],
    [80, 20, false],
    [50, 50, true],
  ])('%d and %d of 100 requests at 90 and 10 %%', (first, second, differ) => {
    const received = [
      ...Array.from({ length: first }, () => echoed('web-v1')),
      ...Array.from({ length: second }, () => echoed('web-v2')),
    ];
    const found = differences(
      [
        { ...delivered, percent: 90 },
        { ...delivered, percent: 10, pods: ['web-v2'] },
      ],
      received,
    );
    expect(found.length > 0).toBe(differ);
  });
});
