import {
  EXPIRED_CERTIFICATE,
  LONG_CERTIFICATE,
} from '../../__testUtils__/certificates';
import { istio, pod } from '../../istio/__testUtils__/istio';
import { Example } from './example';

const GATEWAY =
  pod('ingress', { namespace: 'edge', mode: 'gateway' }) +
  istio(
    'Gateway',
    'web',
    '{ selector: { app: ingress }, servers: [{ port: { number: 443 }, tls: { credentialName: web } }] }',
  );
const secret = (values: Record<string, string>, place = 'edge') => `
---
apiVersion: v1
kind: Secret
metadata: { name: web, namespace: ${place} }
stringData: ${JSON.stringify(values)}
`;
const encoded = (values: Record<string, string>) =>
  secret(
    Object.fromEntries(
      Object.entries(values).map(([key, value]) => [key, btoa(value)]),
    ),
  ).replace('stringData', 'data');
const FOUND = ['Gateway web spec.servers[0].tls.credentialName'];

export const IST0161: Example[] = [
  {
    about: 'an expired certificate',
    yaml: GATEWAY + encoded({ 'tls.crt': EXPIRED_CERTIFICATE, 'tls.key': 'k' }),
    finds: FOUND,
    says: 'expired on 2021-01-01: renew it',
  },
  {
    about: 'no key',
    yaml: GATEWAY + secret({ 'tls.crt': LONG_CERTIFICATE }),
    finds: FOUND,
    says: 'add both',
  },
  {
    about: 'an empty key',
    yaml: GATEWAY + secret({ 'tls.crt': LONG_CERTIFICATE, 'tls.key': '' }),
    finds: FOUND,
  },
  {
    about: 'no certificate in PEM',
    yaml: GATEWAY + secret({ cert: 'certificate', key: 'k' }),
    finds: FOUND,
    says: 'cert is no certificate in PEM',
  },
  {
    about: 'a valid certificate',
    yaml: GATEWAY + encoded({ 'tls.crt': LONG_CERTIFICATE, 'tls.key': 'k' }),
    finds: [],
  },
  {
    about: 'no Secret, of which another check speaks',
    yaml: GATEWAY,
    finds: [],
  },
];

export const IST0101: Example[] = [
  {
    about: 'no Secret where the pods of the gateway are',
    yaml: GATEWAY + secret({}, 'shop'),
    finds: FOUND,
    says: 'Secret edge/web, which does not exist',
  },
  { about: 'a Secret', yaml: GATEWAY + secret({}), finds: [] },
];
