import { HttpMatch, HttpRoute } from '../objects';
import { mergeDelegate } from './delegate';

const route = [{ destination: { host: 'reviews' } }];
const to = (...match: HttpMatch[]): HttpRoute => ({ match });

describe('mergeDelegate', () => {
  it.each<[string, HttpMatch[], HttpMatch[], object[] | undefined]>([
    [
      'the delegate’s, where the root has none',
      [],
      [{ uri: { exact: '/a' } }],
      [{ uri: { exact: '/a' } }],
    ],
    [
      'the root’s, where the delegate has none',
      [{ uri: { prefix: '/a' } }],
      [],
      [{ uri: { prefix: '/a' } }],
    ],
    [
      'both',
      [{ uri: { prefix: '/a' }, headers: { x: { exact: '1' } } }],
      [{ uri: { prefix: '/a/b' }, method: { exact: 'GET' } }],
      [
        {
          uri: { prefix: '/a/b' },
          method: { exact: 'GET' },
          headers: { x: { exact: '1' } },
        },
      ],
    ],
    [
      'with each alternative of the root that allows it',
      [{ uri: { prefix: '/a' } }, { method: { exact: 'GET' } }],
      [{ uri: { exact: '/a/b' } }],
      [
        { uri: { exact: '/a/b' } },
        { uri: { exact: '/a/b' }, method: { exact: 'GET' } },
      ],
    ],
    [
      'nothing where a prefix is not part of the root’s',
      [{ uri: { prefix: '/a' } }],
      [{ uri: { prefix: '/b' } }],
      undefined,
    ],
    [
      'nothing where one alternative is not allowed',
      [{ uri: { prefix: '/a' } }],
      [{ uri: { prefix: '/a' } }, { uri: { prefix: '/b' } }],
      undefined,
    ],
    [
      'nothing where expressions meet',
      [{ uri: { regex: '/a.*' } }],
      [{ uri: { exact: '/a' } }],
      undefined,
    ],
    [
      'nothing for other exact values',
      [{ method: { exact: 'GET' } }],
      [{ method: { exact: 'POST' } }],
      undefined,
    ],
    ['nothing for another port', [{ port: 80 }], [{ port: 81 }], undefined],
    [
      'nothing for a namespace that the delegate does not repeat',
      [{ sourceNamespace: 'a' }],
      [{}],
      undefined,
    ],
    [
      'nothing for other labels',
      [{ sourceLabels: { a: '1' } }],
      [{ sourceLabels: { a: '2' } }],
      undefined,
    ],
    [
      'nothing for gateways that the root does not have',
      [{ gateways: ['mesh'] }],
      [{ gateways: ['other'] }],
      undefined,
    ],
    [
      'nothing where only one ignores case',
      [{ ignoreUriCase: true }],
      [{}],
      undefined,
    ],
  ])('matches %s', (_, root, delegate, expected) => {
    const merged = mergeDelegate(to(...root), { ...to(...delegate), route });
    expect(merged?.match?.length).toBe(expected?.length);
    expect(merged?.match ?? []).toMatchObject(expected ?? []);
  });

  it('takes from the root what the delegate does not set', () => {
    expect(
      mergeDelegate(
        {
          name: 'root',
          timeout: '1s',
          retries: { attempts: 1 },
          delegate: { name: 'd' },
        },
        { name: 'leaf', timeout: '2s', route },
      ),
    ).toEqual({
      name: 'root-leaf',
      timeout: '2s',
      retries: { attempts: 1 },
      match: [],
      route,
    });
  });
});
