import { istio, meshSettings } from '../../istio/__testUtils__/istio';
import { Example } from './example';

const entry = (
  name: string,
  port: string,
  extra = '',
  options: { namespace?: string } = {},
) =>
  istio(
    'ServiceEntry',
    name,
    `{ hosts: [db.example.org], ports: [{ number: 5432, name: db, ${port} }], ${extra} }`,
    options,
  );
const TCP = entry('db', 'protocol: tcp');

export const IST0134: Example[] = [
  {
    about: 'TCP without addresses',
    yaml: TCP,
    finds: ['ServiceEntry db spec.ports[0]'],
    says: 'set spec.addresses',
  },
  {
    about: 'no protocol, which means TCP',
    yaml: entry('db', ''),
    finds: ['ServiceEntry db spec.ports[0]'],
  },
  {
    about: 'addresses',
    yaml: entry('db', 'protocol: TCP', 'addresses: [10.0.0.7]'),
    finds: [],
  },
  { about: 'HTTP', yaml: entry('db', 'protocol: HTTP'), finds: [] },
  {
    about: 'addresses that istiod gave it',
    yaml: `${TCP}status: { addresses: [{ value: 240.240.0.1 }] }\n`,
    finds: [],
  },
  {
    about: 'a mesh that makes addresses up',
    yaml:
      TCP +
      meshSettings(`
defaultConfig:
  proxyMetadata:
    ISTIO_META_DNS_CAPTURE: "true"
    ISTIO_META_DNS_AUTO_ALLOCATE: "true"`),
    finds: [],
  },
];

export const IST0177: Example[] = [
  {
    about: 'two protocols',
    yaml: entry('one', 'protocol: HTTP') + entry('two', 'protocol: HTTPS'),
    finds: ['ServiceEntry one spec.ports', 'ServiceEntry two spec.ports'],
    says: 'shop/one, shop/two: port 5432 of db.example.org is HTTP and HTTPS',
  },
  {
    about: 'one for everybody and one for a namespace',
    yaml:
      entry('one', 'protocol: HTTP') +
      entry('two', 'protocol: TCP', 'exportTo: ["."]', { namespace: 'data' }),
    finds: ['ServiceEntry one spec.ports', 'ServiceEntry two spec.ports'],
  },
  {
    about: 'two for different namespaces',
    yaml:
      entry('one', 'protocol: HTTP', 'exportTo: ["."]') +
      entry('two', 'protocol: TCP', 'exportTo: ["."]', { namespace: 'data' }),
    finds: [],
  },
  {
    about: 'one protocol, written differently',
    yaml: entry('one', 'protocol: http') + entry('two', 'protocol: HTTP'),
    finds: [],
  },
];
