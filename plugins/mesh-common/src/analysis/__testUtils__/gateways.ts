import { istio, pod, service } from '../../istio/__testUtils__/istio';
import { Example } from './example';

const INGRESS =
  pod('ingress', { namespace: 'edge', mode: 'gateway' }) +
  service('ingress', {
    namespace: 'edge',
    ports: '{ port: 443, targetPort: 8443 }, { port: 80 }',
  });
const server = (port: number, extra = '') =>
  `{ port: { number: ${port}, name: p, protocol: HTTPS }, ${extra} }`;
const gateway = (name: string, servers: string, selector = 'app: ingress') =>
  istio(
    'Gateway',
    name,
    `{ selector: { ${selector} }, servers: [${servers}] }`,
  );
const DEPLOYMENT = `
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ingress, namespace: edge }
spec:
  selector: { matchLabels: { app: ingress } }
  template: { metadata: { labels: { app: ingress } }, spec: { containers: [{ name: istio-proxy }] } }
`;

export const IST0162: Example[] = [
  {
    about: 'a port that the Service does not have',
    yaml: INGRESS + gateway('web', `${server(443)}, ${server(9443)}`),
    finds: ['Gateway web spec.servers[1].port'],
    says: 'port 9443',
  },
  {
    about: 'the port of the Service, and the one that it leads to',
    yaml: INGRESS + gateway('web', `${server(443)}, ${server(8443)}`),
    finds: [],
  },
  {
    about: 'no pods, of which another check speaks',
    yaml: gateway('web', server(443)),
    finds: [],
  },
  {
    about: 'a Service that selects other pods',
    yaml:
      pod('ingress', { namespace: 'edge', mode: 'gateway' }) +
      service('other', { namespace: 'edge', ports: '{ port: 443 }' }) +
      gateway('web', server(443)),
    finds: ['Gateway web spec.servers[0].port'],
  },
];

const shared = 'tls: { mode: SIMPLE, credentialName: web }, hosts: [a.org]';

export const IST0138: Example[] = [
  {
    about: 'one credential',
    yaml:
      gateway('one', server(443, shared)) + gateway('two', server(444, shared)),
    finds: ['Gateway one spec.servers', 'Gateway two spec.servers'],
    says: 'make them one Gateway',
  },
  {
    about: 'one pair of files',
    yaml: ['one', 'two']
      .map(name =>
        gateway(
          name,
          server(443, 'tls: { serverCertificate: /a, privateKey: /b }'),
        ),
      )
      .join(''),
    finds: ['Gateway one spec.servers', 'Gateway two spec.servers'],
  },
  {
    about: 'other pods',
    yaml:
      gateway('one', server(443, shared)) +
      gateway('two', server(443, shared), 'app: egress'),
    finds: [],
  },
];

const HOSTS = 'hosts: [a.org, b.org]';

export const IST0145: Example[] = [
  {
    about: 'one host and port',
    yaml:
      gateway('one', server(443, HOSTS)) +
      gateway('two', server(443, 'hosts: [b.org]')),
    finds: ['Gateway one spec.servers[0]', 'Gateway two spec.servers[0]'],
    says: 'keep each host and port in one Gateway',
  },
  {
    about: 'selectors that a pod has both of',
    yaml:
      pod('ingress', { namespace: 'edge', labels: 'tier: edge' }) +
      gateway('one', server(443, HOSTS)) +
      gateway('two', server(443, HOSTS), 'app: ingress, tier: edge'),
    finds: ['Gateway one spec.servers[0]', 'Gateway two spec.servers[0]'],
  },
  {
    about: 'selectors that no pod has both of',
    yaml:
      pod('ingress', { namespace: 'edge' }) +
      gateway('one', server(443, HOSTS)) +
      gateway('two', server(443, HOSTS), 'app: ingress, tier: edge'),
    finds: [],
  },
  {
    about: 'another port, another address, another host',
    yaml:
      gateway('one', server(443, HOSTS)) +
      gateway('two', server(444, HOSTS)) +
      gateway('three', server(443, `${HOSTS}, bind: 10.0.0.1`)) +
      gateway('four', server(443, 'hosts: [c.org]')),
    finds: [],
  },
];

export const IST0101: Example[] = [
  {
    about: 'a Gateway that selects no pod',
    yaml: gateway('web', server(443)),
    finds: ['Gateway web spec.selector'],
    says: 'app=ingress',
  },
  {
    about: 'a Gateway of pods elsewhere',
    yaml: INGRESS + gateway('web', server(443)),
    finds: [],
  },
  {
    about: 'a Gateway of pods that a Deployment would make',
    yaml: DEPLOYMENT + gateway('web', server(443)),
    finds: [],
  },
];

const hosts = (...names: string[]) =>
  gateway(
    'web',
    server(80, `hosts: [${names.map(name => `'${name}'`).join(', ')}]`),
  );

export const MESHI0105: Example[] = [
  {
    about: 'a host of the own namespace after all of all',
    yaml: hosts('b.org', '*/*', './a.org'),
    finds: ['Gateway web spec.servers[0].hosts[2]'],
    says: 'has the host ./a.org after */*',
  },
  {
    about: 'a host of all namespaces after all of all',
    yaml: hosts('*/*', 'b.org', '*/a.org'),
    finds: ['Gateway web spec.servers[0].hosts[2]'],
  },
  {
    about:
      'hosts before all of all, of another namespace, of none, and all of all twice',
    yaml: hosts('./a.org', '*/b.org', '*/*', 'other/c.org', 'd.org', '*/*'),
    finds: [],
  },
  {
    about: 'no host that is all of all',
    yaml: hosts('*', './a.org'),
    finds: [],
  },
];
