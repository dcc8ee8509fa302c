import { probePaths } from './probes';

function pathsOf(path: string | undefined) {
  const livenessProbe = { httpGet: { port: 'Http', path } };
  const app = {
    name: 'app',
    env: [],
    ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
    livenessProbe,
  };
  const paths = probePaths({ spec: { initContainers: [], containers: [app] } });
  return [...(paths.get(8080) ?? [])];
}

describe('the paths of probes', () => {
  it.each<[string | undefined, string[]]>([
    [undefined, ['/']],
    ['', ['/']],
    ['/live', ['/live']],
    ['/live?deep=1#top', ['/live']],
    ['/live?a?b', ['/live']],
    ['//live', ['//live']],
    ['live', ['']],
    ['live:80', ['']],
    ['live/deep', []],
    ['li%20ve', []],
    ['*', ['*']],
    ['http://cart/live?deep=1', ['/live']],
    ['http://cart', ['/']],
    ['http://cart?deep=1', ['/']],
    ['http:///live', []],
    ['http://me@cart:80/live', ['/live']],
    ['cart:80:80', []],
    ['?deep=1', []],
    ['/li ve', []],
    ['/live?a="b"', []],
  ])('of %j: %j', (path, expected) => {
    expect(pathsOf(path)).toEqual(expected);
  });
});
