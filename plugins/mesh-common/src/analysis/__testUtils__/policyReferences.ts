import {
  istio,
  meshSettings,
  namespace,
  pod,
  service,
} from '../../istio/__testUtils__/istio';
import { Example } from './example';

const AUTO_OFF = meshSettings('enableAutoMtls: false');
const policy = (rule: string, spec = '') =>
  istio('AuthorizationPolicy', 'p', `{ rules: [{ ${rule} }]${spec} }`);
const operation = (text: string) => policy(`to: [{ operation: { ${text} } }]`);
const source = (text: string, spec = '') =>
  policy(`from: [{ source: { ${text} } }]`, spec);
const rule = (host: string, mode: string) =>
  istio(
    'DestinationRule',
    'tls',
    `{ host: '${host}', trafficPolicy: { tls: { mode: ${mode} } } }`,
  );
const mode = (name: string, selector = '') =>
  istio(
    'PeerAuthentication',
    'default',
    `{ mtls: { mode: ${name} }${
      selector && `, selector: { matchLabels: { ${selector} } }`
    } }`,
  );

const PRIVATE = 'networking.istio.io/exportTo: "."';
const METHOD = 'spec.rules[0].to[0].operation.methods';
const HOST = 'spec.rules[0].to[0].operation.hosts';
const SOURCE = 'spec.rules[0].from[0].source';

export const KIA0102: Example[] = [
  {
    about: 'methods that HTTP does not have',
    yaml: operation('methods: [GET, GOT, /shop.Cart/Get]'),
    finds: [
      `AuthorizationPolicy p ${METHOD}[1]`,
      `AuthorizationPolicy p ${METHOD}[2]`,
    ],
    says: 'which HTTP does not have',
  },
  {
    about: 'methods and patterns of them',
    yaml: operation('methods: [POST, "P*", "*T", "*"]'),
    finds: [],
  },
  {
    about: 'a method in lower case',
    yaml: operation('methods: [POST, get]'),
    finds: [`AuthorizationPolicy p ${METHOD}[1]`],
    says: 'write GET',
  },
];

export const KIA0104: Example[] = [
  {
    about: 'Services that are for others',
    yaml:
      namespace('data') +
      service('db', { namespace: 'data', annotations: PRIVATE }) +
      service('cart', { annotations: 'networking.istio.io/exportTo: "~"' }) +
      operation('hosts: [db.data, cart]'),
    finds: [
      `AuthorizationPolicy p ${HOST}[0]`,
      `AuthorizationPolicy p ${HOST}[1]`,
    ],
    says: 'a Service that its namespace sees',
  },
  {
    about: 'Services that do not exist',
    yaml:
      namespace('web') +
      service('cart') +
      operation('hosts: [crat, "shop.web:8080"]'),
    finds: [
      `AuthorizationPolicy p ${HOST}[0]`,
      `AuthorizationPolicy p ${HOST}[1]`,
    ],
  },
  {
    about: 'Services, hosts of other objects, and what is not looked up',
    yaml:
      service('cart', { annotations: PRIVATE }) +
      istio('ServiceEntry', 'e', '{ hosts: [entry] }') +
      istio('VirtualService', 'v', '{ hosts: [virtual] }') +
      operation(
        'hosts: [cart, "cart:80", cart.shop, entry, virtual, "*", "crat*", crat.org, crat.shop.svc.cluster.local]',
      ),
    finds: [],
  },
];

export const KIA0105: Example[] = [
  {
    about: 'a namespace that takes no mutual TLS',
    yaml: mode('DISABLE') + source('principals: ["*"], notNamespaces: [web]'),
    finds: [
      `AuthorizationPolicy p ${SOURCE}.principals`,
      `AuthorizationPolicy p ${SOURCE}.notNamespaces`,
    ],
    says: 'PeerAuthentication shop/default',
  },
  {
    about: 'a condition about the caller, and clients that send plaintext',
    yaml:
      rule('*.local', 'DISABLE') +
      policy('when: [{ key: source.principal, values: [x] }]'),
    finds: ['AuthorizationPolicy p spec.rules[0].when[0].key'],
    says: 'DestinationRule shop/tls',
  },
  {
    about: 'a workload that takes none',
    yaml:
      mode('DISABLE', 'app: cart') +
      source('namespaces: [web]', ', selector: { matchLabels: { app: cart } }'),
    finds: [`AuthorizationPolicy p ${SOURCE}.namespaces`],
  },
  {
    about: 'a workload whose clients send plaintext',
    yaml:
      service('cart') +
      mode('PERMISSIVE', 'app: cart') +
      rule('cart', 'DISABLE') +
      source('namespaces: [web]', ', selector: { matchLabels: { app: cart } }'),
    finds: [`AuthorizationPolicy p ${SOURCE}.namespaces`],
  },
  {
    about: 'a STRICT workload in such a namespace',
    yaml:
      mode('STRICT', 'app: cart') +
      rule('*.local', 'DISABLE') +
      source('namespaces: [web]', ', selector: { matchLabels: { app: cart } }'),
    finds: [],
  },
  {
    about: 'no auto mTLS, and a rule alone',
    yaml:
      AUTO_OFF + rule('*.local', 'ISTIO_MUTUAL') + source('principals: ["*"]'),
    finds: [`AuthorizationPolicy p ${SOURCE}.principals`],
    says: 'no PeerAuthentication',
  },
  {
    about: 'no auto mTLS, and both sides told',
    yaml:
      AUTO_OFF +
      mode('PERMISSIVE') +
      rule('*.local', 'ISTIO_MUTUAL') +
      source('principals: ["*"]'),
    finds: [],
  },
  {
    about: 'auto mTLS',
    yaml: source('principals: ["*"]'),
    finds: [],
  },
  {
    about: 'a namespace in ambient mode',
    yaml:
      namespace('shop', 'istio.io/dataplane-mode: ambient') +
      mode('DISABLE') +
      source('principals: ["*"]'),
    finds: [],
  },
  {
    about: 'a rule about something else',
    yaml: mode('DISABLE') + source('ipBlocks: [10.0.0.0/8]'),
    finds: [],
  },
];

const WEB = pod('web', { namespace: 'web', serviceAccount: 'front' });

const TEMPLATE = `
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: job, namespace: web }
spec: { template: { spec: { serviceAccountName: job, containers: [] } } }
`;

export const KIA0106: Example[] = [
  {
    about: 'an account under which nothing runs, and what is no identity',
    yaml:
      WEB +
      source(
        'principals: [cluster.local/ns/web/sa/frnt, front, "*/sa/frnt", cluster.local/ns/web, /ns/web/sa/front, spiffe://cluster.local/ns/web/sa/front]',
      ),
    finds: [0, 1, 2, 3, 4, 5].map(
      index => `AuthorizationPolicy p ${SOURCE}.principals[${index}]`,
    ),
    says: 'under which no workload runs',
  },
  {
    about: 'accounts of pods, templates and workloads outside',
    yaml:
      WEB +
      istio('WorkloadEntry', 'vm', '{ address: 1.2.3.4, serviceAccount: vm }') +
      TEMPLATE +
      source(
        'principals: [cluster.local/ns/web/sa/front, "*", "cluster.local/ns/web/*", "*/sa/front", cluster.local/ns/shop/sa/vm, cluster.local/ns/web/sa/job]',
      ),
    finds: [],
  },
  {
    about: 'an account under which nothing runs yet',
    yaml: `${WEB}
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: nightly, namespace: web }
${source('principals: [cluster.local/ns/web/sa/nightly, "*/sa/nightly"]')}`,
    finds: [],
  },
  {
    about: 'an identity of the mesh by an alias of its domain',
    yaml:
      meshSettings('trustDomain: new\ntrustDomainAliases: [old]') +
      WEB +
      source(
        'principals: [old/ns/web/sa/front, new/ns/web/sa/front, cluster.local/ns/web/sa/front]',
      ),
    finds: [],
  },
];

export const KIA0107: Example[] = [
  {
    about: 'an account of another cluster, by its domain and by an alias',
    yaml: WEB + source('principals: [west/ns/web/sa/back, far/ns/web/sa/back]'),
    peer:
      meshSettings('trustDomain: west\ntrustDomainAliases: [far]') +
      pod('web', { namespace: 'web', serviceAccount: 'back' }),
    finds: [0, 1].map(
      index => `AuthorizationPolicy p ${SOURCE}.principals[${index}]`,
    ),
    says: 'cluster west',
  },
  {
    about: 'an account that no cluster has, which is KIA0106',
    yaml: WEB + source('principals: [west/ns/web/sa/bakc]'),
    peer:
      meshSettings('trustDomain: west') +
      pod('web', { namespace: 'web', serviceAccount: 'back' }),
    finds: [],
  },
  {
    about: 'an account of this cluster, too',
    yaml: WEB + source('principals: [cluster.local/ns/web/sa/front]'),
    peer: WEB,
    finds: [],
  },
];

export const KIA0108: Example[] = [
  {
    about: 'a domain that the mesh does not have',
    yaml: WEB + source('principals: [other/ns/web/sa/front]'),
    finds: [`AuthorizationPolicy p ${SOURCE}.principals[0]`],
    says: 'trustDomainAliases',
  },
  {
    about: 'such a domain before what is no identity',
    yaml: WEB + source('principals: [foreign.org/ns/foo]'),
    finds: [`AuthorizationPolicy p ${SOURCE}.principals[0]`],
  },
  {
    about: 'patterns, which have no domain',
    yaml:
      WEB + source('principals: ["*ther/ns/web/sa/front", "other/ns/web/*"]'),
    finds: [],
  },
];
