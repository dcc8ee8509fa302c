import { clusterOf } from '../__testUtils__/cluster';
import { istio } from './__testUtils__/istio';
import {
  importsHost,
  importsRoute,
  sidecarName,
  sidecarScope,
  SidecarScope,
} from './sidecarScope';

const CONFIG = {
  rootNamespace: 'istio-system',
  outboundTrafficPolicy: { mode: 'ALLOW_ANY' },
};

const sidecar = (name: string, spec: string, namespace = 'shop') =>
  istio('Sidecar', name, `{ ${spec} }`, { namespace });
const egress = (...hosts: string[]) =>
  `egress: [{ hosts: ${JSON.stringify(hosts)} }]`;

function scopeOf(
  yaml: string,
  labels: Record<string, string> | undefined = { app: 'web' },
): SidecarScope {
  const scope = sidecarScope(
    clusterOf(yaml),
    { namespace: 'shop', labels },
    CONFIG,
  );
  if ('value' in scope) {
    throw new TypeError(scope.reasons[0].text);
  }
  return scope;
}

const SELECTING = 'workloadSelector: { labels: { app: web } }';
const ROOT = sidecar('root', egress('./*'), 'istio-system');

describe('sidecarScope', () => {
  it.each([
    ['none: the default', '', 'the default Sidecar'],
    ['one of the root namespace', ROOT, 'Sidecar istio-system/root'],
    [
      'one of the namespace before the root’s',
      ROOT + sidecar('own', egress('./*')),
      'Sidecar shop/own',
    ],
    [
      'the oldest of several',
      sidecar('first', '') + sidecar('second', ''),
      'Sidecar shop/first',
    ],
    [
      'one that selects before one that does not',
      sidecar('all', '') + sidecar('web', SELECTING),
      'Sidecar shop/web',
    ],
    [
      'one that selects others',
      sidecar('jobs', SELECTING.replace('web', 'jobs')),
      'the default Sidecar',
    ],
    [
      'one of the root namespace with a selector, which applies there only',
      sidecar('root', SELECTING, 'istio-system'),
      'the default Sidecar',
    ],
  ])('is %s', (_, yaml, expected) => {
    expect(sidecarName(scopeOf(yaml))).toBe(expected);
  });

  it('leaves out those that select, for no workload in particular', () => {
    const yaml = sidecar('web', SELECTING);
    const scope = sidecarScope(clusterOf(yaml), { namespace: 'shop' }, CONFIG);
    expect(scope).not.toHaveProperty('sidecar');
  });

  it.each([
    ['', 'ALLOW_ANY'],
    ['outboundTrafficPolicy: { mode: REGISTRY_ONLY }', 'REGISTRY_ONLY'],
    ['outboundTrafficPolicy: {}', 'REGISTRY_ONLY'],
  ])('has the outbound policy of { %s }', (spec, expected) => {
    expect(scopeOf(sidecar('own', spec)).outboundTrafficPolicy).toBe(expected);
  });

  it('is not known where Sidecars cannot be read', () => {
    expect(
      sidecarScope(
        clusterOf('', { forbidden: ['networking.istio.io/Sidecar'] }),
        { namespace: 'shop' },
        CONFIG,
      ),
    ).toMatchObject({ value: 'unknown', cause: 'forbidden' });
  });
});

describe('importsHost', () => {
  const cart = { host: 'cart.shop.svc.cluster.local', namespace: 'shop' };

  it.each<[string, string, boolean]>([
    ['without egress', '', true],
    ['any namespace', egress('*/*'), true],
    ['its own', egress('./*'), true],
    ['another namespace', egress('other/*'), false],
    ['the host', egress(`*/${cart.host}`), true],
    ['a wildcard', egress('shop/*.svc.cluster.local'), true],
    ['another host', egress('./web.shop.svc.cluster.local'), false],
    ['no namespace at all', egress('~/*'), false],
    ['an exclusion', egress('*/*', '~shop/*'), false],
    ['the exclusion of another', egress('*/*', '~other/*'), true],
    [
      'the exclusion of a part',
      egress('*/*', '~./web.shop.svc.cluster.local'),
      true,
    ],
    ['a host that is malformed', egress('cart'), false],
    [
      'a listener for the port',
      'egress: [{ port: { number: 80 }, hosts: ["./*"] }]',
      true,
    ],
    [
      'a listener for another port',
      'egress: [{ port: { number: 81 }, hosts: ["./*"] }]',
      false,
    ],
    [
      'a listener for the port before the one for all',
      'egress: [{ port: { number: 80 }, hosts: ["other/*"] }, { hosts: ["*/*"] }]',
      false,
    ],
  ])('%s', (_, spec, expected) => {
    expect(importsHost(scopeOf(sidecar('own', spec)), cart, 80)).toBe(expected);
  });
});

describe('importsRoute', () => {
  it.each<[string, string, boolean, boolean]>([
    ['the same', 'cart.shop', true, true],
    ['one that covers it', '*.shop', true, true],
    ['one that it covers', 'cart.shop', false, false],
  ])('%s', (_, imported, strict, expected) => {
    const host = strict ? 'cart.shop' : '*.shop';
    const scope = scopeOf(sidecar('own', egress(`*/${imported}`)));
    const route = { namespace: 'shop', hosts: [host] };
    expect(importsRoute(scope, { ...route, strict: true }, 80)).toBe(expected);
    expect(importsRoute(scope, { ...route, strict: false }, 80)).toBe(true);
  });
});
