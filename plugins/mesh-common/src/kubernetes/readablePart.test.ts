import { parse } from 'yaml';
import { parseObject } from './parse';
import { isPart, originalField } from './readablePart';

function partOf(spec: string) {
  const result = parseObject({
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name: 'a', namespace: 'shop' },
    spec: parse(spec),
  });
  return result.status === 'malformed' ? result.malformed.part : 'read';
}

const to = (host: string) => `{ destination: { host: ${host} } }`;

describe('what can be read of an object that is wrong in part', () => {
  it.each<[string, string, string | undefined]>([
    [
      'one route of several',
      `http: [{ route: [{}, ${to('b')}] }]`,
      `http: [{ route: [${to('b')}] }]`,
    ],
    [
      'several routes',
      `http: [{ route: [${to('a')}, {}, ${to('b')}, { weight: 3 }] }]`,
      `http: [{ route: [${to('a')}, ${to('b')}] }]`,
    ],
    [
      'the only route of a rule: the rule',
      `http: [{ route: [{}] }, { route: [${to('b')}] }]`,
      `http: [{ route: [${to('b')}] }]`,
    ],
    [
      'all routes of a rule: the rule',
      `http: [{ route: [{}, {}] }, { route: [${to('b')}] }]`,
      `http: [{ route: [${to('b')}] }]`,
    ],
    [
      'the only rule: the list',
      'hosts: [a], http: [{ route: [{}] }]',
      'hosts: [a]',
    ],
    ['a host of several', 'hosts: [a, 3]', 'hosts: [a]'],
    [
      'elements of two lists',
      `hosts: [3, a], http: [{ route: [{}, ${to('b')}] }]`,
      `hosts: [a], http: [{ route: [${to('b')}] }]`,
    ],
    ['what is in no list', 'hosts: 3', undefined],
    [
      'both: nothing',
      `hosts: 3, http: [{ route: [{}, ${to('b')}] }]`,
      undefined,
    ],
  ])('leaves out %s', (_, spec, expected) => {
    const part = partOf(`{ ${spec} }`);
    const object = part === 'read' ? undefined : part?.object;
    expect(object && 'spec' in object ? object.spec : undefined).toEqual(
      expected === undefined ? undefined : parse(`{ ${expected} }`),
    );
  });

  it('is nothing of an object that is right', () => {
    expect(partOf(`{ http: [{ route: [${to('b')}] }] }`)).toBe('read');
  });

  it('knows where the fields are in the whole', () => {
    const part = partOf(
      `{ hosts: [3, a], http: [{ route: [{}] }, { route: [{}, ${to(
        'a',
      )}, {}, ${to('b')}] }] }`,
    );
    if (part === 'read' || !part) {
      throw new TypeError('There is no part');
    }
    expect(isPart(part.object)).toBe(true);
    expect(
      [
        'spec.hosts[0]',
        'spec.http[0].route[0].destination.host',
        'spec.http[0].route[1]',
        'metadata.annotations.a.b/c',
      ].map(field => originalField(part.object, field)),
    ).toEqual([
      'spec.hosts[1]',
      'spec.http[1].route[1].destination.host',
      'spec.http[1].route[3]',
      'metadata.annotations.a.b/c',
    ]);
  });
});
