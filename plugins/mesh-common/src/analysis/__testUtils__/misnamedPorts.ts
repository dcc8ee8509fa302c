import { istio } from '../../istio/__testUtils__/istio';
import { Example } from './example';

const gateway = (name: string) =>
  istio(
    'Gateway',
    'g',
    `{ servers: [{ port: { number: 80, name: ${name}, protocol: HTTP2 } }] }`,
  );
const entry = (name: string, protocol = 'HTTP') =>
  istio(
    'ServiceEntry',
    'e',
    `{ hosts: [a.org], ports: [{ number: 80, name: ${name}, protocol: ${protocol} }] }`,
  );

export const KIA0601: Example[] = [
  {
    about: 'names of other protocols',
    yaml: gateway('http') + entry('web-http'),
    finds: [
      'Gateway g spec.servers[0].port.name',
      'ServiceEntry e spec.ports[0].name',
    ],
    says: 'which its name does not tell',
  },
  {
    about: 'names of their protocols',
    yaml: gateway('http2-web') + entry('HTTP'),
    finds: [],
  },
  {
    about: 'any name for TCP',
    yaml: gateway('db').replace('HTTP2', 'TCP') + entry('mysql', 'tcp'),
    finds: [],
  },
];
