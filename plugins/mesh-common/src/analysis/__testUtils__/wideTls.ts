import { istio, meshSettings } from '../../istio/__testUtils__/istio';
import { Example } from './example';

const AUTO_OFF = meshSettings('enableAutoMtls: false');
const ROOT = { namespace: 'istio-system' };
const rule = (name: string, host: string, tls = '', namespace = 'shop') =>
  istio(
    'DestinationRule',
    name,
    `{ host: '${host}'${tls && `, trafficPolicy: { tls: { mode: ${tls} } }`} }`,
    { namespace },
  );
const policy = (mode: string, options = {}, selector = '') =>
  istio(
    'PeerAuthentication',
    'default',
    `{ mtls: { mode: ${mode} }${
      selector && `, selector: { matchLabels: { ${selector} } }`
    } }`,
    options,
  );

const SHOP = '*.shop.svc.cluster.local';
const TLS_MODE = 'spec.trafficPolicy.tls.mode';

export const KIA0201: Example[] = [
  {
    about: 'two rules for all of one host, in two spellings',
    yaml: rule('a', 'cart') + rule('b', 'cart.shop.svc.cluster.local'),
    finds: ['DestinationRule a spec.host', 'DestinationRule b spec.host'],
    says: 'clients use one of them',
  },
  {
    about: 'one for a host, one for all of the namespace',
    yaml: rule('a', 'cart') + rule('b', SHOP, '', 'web'),
    finds: ['DestinationRule a spec.host', 'DestinationRule b spec.host'],
  },
  {
    about: 'one of two that names a subset',
    yaml:
      istio('DestinationRule', 'a', '{ host: cart, subsets: [{ name: v1 }] }') +
      istio('DestinationRule', 'b', '{ host: cart, subsets: [{ name: v2 }] }'),
    finds: [],
  },
  {
    about: 'rules that no client sees both of',
    yaml:
      istio('DestinationRule', 'a', '{ host: cart.org, exportTo: [.] }') +
      istio('DestinationRule', 'b', '{ host: cart.org, exportTo: [web] }', {
        namespace: 'web',
      }),
    finds: [],
  },
  {
    about: 'a host that the Sidecar of the namespace leaves out',
    yaml:
      istio('Sidecar', 'default', '{ egress: [{ hosts: ["./*"] }] }') +
      rule('a', '*.web.svc.cluster.local') +
      rule('b', 'one.web.svc.cluster.local'),
    finds: [],
  },
  {
    about: 'a host that the Sidecar of the namespace has for one port',
    yaml:
      istio(
        'Sidecar',
        'default',
        '{ egress: [{ port: { number: 80 }, hosts: ["web/*"] }] }',
      ) +
      rule('a', '*.web.svc.cluster.local') +
      rule('b', 'one.web.svc.cluster.local'),
    finds: ['DestinationRule a spec.host', 'DestinationRule b spec.host'],
  },
  {
    about: 'mutual TLS for the namespace, of which others are exceptions',
    yaml: rule('a', 'cart') + rule('b', SHOP, 'ISTIO_MUTUAL'),
    finds: [],
  },
  {
    about: 'rules for the callers that they select',
    yaml: ['a', 'b']
      .map(app =>
        istio(
          'DestinationRule',
          app,
          `{ host: cart, workloadSelector: { matchLabels: { app: ${app} } } }`,
        ),
      )
      .join(''),
    finds: [],
  },
  {
    about: 'more rules than a message can name',
    yaml: ['a', 'b', 'c', 'd', 'e'].map(name => rule(name, 'cart')).join(''),
    finds: ['a', 'b', 'c', 'd', 'e'].map(
      name => `DestinationRule ${name} spec.host`,
    ),
    says: 'and 1 more',
  },
];

export const KIA0204: Example[] = [
  {
    about: 'a rule without TLS beside one for the mesh',
    yaml: AUTO_OFF + rule('a', 'cart') + rule('b', '*.local', 'ISTIO_MUTUAL'),
    finds: ['DestinationRule a spec.trafficPolicy'],
    says: 'b',
  },
  {
    about: 'the older of two rules for the mesh, in whatever order they come',
    yaml:
      AUTO_OFF +
      rule('a', 'cart') +
      istio(
        'DestinationRule',
        'young',
        '{ host: "*.local", trafficPolicy: { tls: { mode: ISTIO_MUTUAL } } }',
        { created: '2026-03-01T00:00:00Z' },
      ) +
      istio(
        'DestinationRule',
        'old',
        '{ host: "*.cluster.local", trafficPolicy: { tls: { mode: ISTIO_MUTUAL } } }',
        { created: '2025-03-01T00:00:00Z' },
      ),
    finds: ['DestinationRule a spec.trafficPolicy'],
    says: 'shop/old',
  },
  {
    about: 'TLS of one port',
    yaml:
      AUTO_OFF +
      istio(
        'DestinationRule',
        'a',
        '{ host: cart, trafficPolicy: { portLevelSettings: [{ port: { number: 80 }, tls: { mode: SIMPLE } }] } }',
      ) +
      rule('b', SHOP, 'ISTIO_MUTUAL'),
    finds: [],
  },
  {
    about:
      'a rule of another namespace for this one, which its own clients see',
    yaml: AUTO_OFF + rule('a', 'cart') + rule('b', SHOP, 'ISTIO_MUTUAL', 'web'),
    finds: [],
  },
  {
    about: 'auto mTLS, which does without',
    yaml: rule('a', 'cart') + rule('b', '*.local', 'ISTIO_MUTUAL'),
    finds: [],
  },
];

export const KIA0205: Example[] = [
  {
    about: 'mutual TLS for the mesh, and no policy',
    yaml: AUTO_OFF + rule('a', '*.local', 'ISTIO_MUTUAL') + policy('STRICT'),
    finds: [`DestinationRule a ${TLS_MODE}`],
    says: 'istio-system',
  },
  {
    about: 'a policy of the mesh',
    yaml:
      AUTO_OFF +
      rule('a', '*.local', 'ISTIO_MUTUAL') +
      policy('PERMISSIVE', ROOT),
    finds: [],
  },
  {
    about: 'auto mTLS',
    yaml: rule('a', '*.local', 'ISTIO_MUTUAL'),
    finds: [],
  },
];

export const KIA0206: Example[] = [
  {
    about: 'mutual TLS for the namespace, and a policy that refuses it',
    yaml: AUTO_OFF + rule('a', SHOP, 'ISTIO_MUTUAL') + policy('DISABLE', ROOT),
    finds: [`DestinationRule a ${TLS_MODE}`],
  },
  {
    about: 'a policy of the namespace',
    yaml: AUTO_OFF + rule('a', SHOP, 'ISTIO_MUTUAL') + policy('STRICT'),
    finds: [],
  },
  {
    about: 'a policy of the mesh',
    yaml: AUTO_OFF + rule('a', SHOP, 'ISTIO_MUTUAL') + policy('STRICT', ROOT),
    finds: [],
  },
];

export const KIA0207: Example[] = [
  {
    about: 'plaintext to a STRICT namespace',
    yaml: rule('a', SHOP, 'DISABLE') + policy('STRICT'),
    finds: [`DestinationRule a ${TLS_MODE}`],
    says: 'connections fail',
  },
  {
    about: 'a namespace that takes plaintext in a STRICT mesh',
    yaml:
      rule('a', SHOP, 'DISABLE') +
      policy('PERMISSIVE') +
      policy('STRICT', ROOT),
    finds: [],
  },
  {
    about: 'a policy for some workloads',
    yaml: rule('a', SHOP, 'DISABLE') + policy('STRICT', {}, 'app: cart'),
    finds: [],
  },
];

export const KIA0208: Example[] = [
  {
    about: 'plaintext to a STRICT mesh',
    yaml: rule('a', '*.local', 'DISABLE') + policy('STRICT', ROOT),
    finds: [`DestinationRule a ${TLS_MODE}`],
  },
  {
    about: 'plaintext to a namespace of a STRICT mesh',
    yaml: rule('a', SHOP, 'DISABLE') + policy('STRICT', ROOT),
    finds: [`DestinationRule a ${TLS_MODE}`],
  },
  {
    about: 'a namespace that disables mutual TLS itself',
    yaml:
      rule('a', SHOP, 'DISABLE') + policy('DISABLE') + policy('STRICT', ROOT),
    finds: [],
  },
];

export const KIA0401: Example[] = [
  {
    about: 'a STRICT mesh without a rule',
    yaml: AUTO_OFF + policy('STRICT', ROOT) + rule('a', SHOP, 'ISTIO_MUTUAL'),
    finds: ['PeerAuthentication default spec.mtls.mode'],
  },
  {
    about: 'a rule for the mesh, in any namespace',
    yaml:
      AUTO_OFF + policy('STRICT', ROOT) + rule('a', '*.local', 'ISTIO_MUTUAL'),
    finds: [],
  },
  { about: 'auto mTLS', yaml: policy('STRICT', ROOT), finds: [] },
];

export const KIA0501: Example[] = [
  {
    about: 'a STRICT namespace without a rule',
    yaml: AUTO_OFF + policy('STRICT') + rule('a', 'cart', 'ISTIO_MUTUAL'),
    finds: ['PeerAuthentication default spec.mtls.mode'],
  },
  {
    about: 'a rule for the namespace',
    yaml: AUTO_OFF + policy('STRICT') + rule('a', SHOP, 'ISTIO_MUTUAL'),
    finds: [],
  },
  { about: 'auto mTLS', yaml: policy('STRICT'), finds: [] },
];

export const KIA0505: Example[] = [
  {
    about: 'mutual TLS to a namespace that disables it',
    yaml: policy('DISABLE') + rule('a', '*.local', 'ISTIO_MUTUAL'),
    finds: ['PeerAuthentication default spec.mtls.mode'],
    says: 'DestinationRule shop/a',
  },
  {
    about: 'a rule for the namespace that disables it too',
    yaml:
      policy('DISABLE') +
      rule('a', '*.local', 'ISTIO_MUTUAL') +
      rule('b', SHOP, 'DISABLE'),
    finds: [],
  },
];

export const KIA0506: Example[] = [
  {
    about: 'mutual TLS to a mesh that disables it',
    yaml: policy('DISABLE', ROOT) + rule('a', '*.local', 'MUTUAL'),
    finds: ['PeerAuthentication default spec.mtls.mode'],
  },
  {
    about: 'a rule for one namespace',
    yaml: policy('DISABLE', ROOT) + rule('a', SHOP, 'ISTIO_MUTUAL'),
    finds: [],
  },
];
