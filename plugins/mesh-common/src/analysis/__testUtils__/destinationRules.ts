import { istio } from '../../istio/__testUtils__/istio';
import { Example } from './example';

const rule = (spec: string) =>
  istio('DestinationRule', 'db', `{ host: db.example.org, ${spec} }`);
const tls = (spec: string) => rule(`trafficPolicy: { tls: { ${spec} } }`);
const portTls = (spec: string, extra = '') =>
  rule(
    `${extra} trafficPolicy: { portLevelSettings: [{ port: { number: 443 }, tls: { ${spec} } }] }`,
  );
const SELECTED = 'workloadSelector: { matchLabels: { app: web } },';

export const IST0128: Example[] = [
  {
    about: 'SIMPLE without certificates of an authority',
    yaml: tls('mode: SIMPLE'),
    finds: ['DestinationRule db spec.trafficPolicy.tls'],
    says: 'set spec.trafficPolicy.tls.caCertificates',
  },
  {
    about: 'MUTUAL with the client’s own certificate only',
    yaml: tls('mode: MUTUAL, clientCertificate: /a, privateKey: /b'),
    finds: ['DestinationRule db spec.trafficPolicy.tls'],
  },
  {
    about: 'a credential that no workload is selected for',
    yaml: tls('mode: SIMPLE, credentialName: ca'),
    finds: ['DestinationRule db spec.trafficPolicy.tls'],
  },
  {
    about: 'a credential of selected workloads',
    yaml: rule(
      `${SELECTED} trafficPolicy: { tls: { mode: SIMPLE, credentialName: ca } }`,
    ),
    finds: [],
  },
  {
    about: 'the authority is named',
    yaml: tls('mode: SIMPLE, caCertificates: system'),
    finds: [],
  },
  { about: 'ISTIO_MUTUAL', yaml: tls('mode: ISTIO_MUTUAL'), finds: [] },
];

export const IST0129: Example[] = [
  {
    about: 'SIMPLE at a port',
    yaml: portTls('mode: SIMPLE'),
    finds: ['DestinationRule db spec.trafficPolicy.portLevelSettings[0].tls'],
    says: 'port 443 of db.example.org',
  },
  {
    about: 'a credential that no workload is selected for',
    yaml: portTls('mode: MUTUAL, credentialName: ca'),
    finds: ['DestinationRule db spec.trafficPolicy.portLevelSettings[0].tls'],
  },
  {
    about: 'a credential of selected workloads',
    yaml: portTls('mode: MUTUAL, credentialName: ca', SELECTED),
    finds: [],
  },
  {
    about: 'the authority is named',
    yaml: portTls('mode: SIMPLE, caCertificates: /ca'),
    finds: [],
  },
];
