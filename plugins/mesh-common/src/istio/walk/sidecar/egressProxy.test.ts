import { istio, service } from '../../__testUtils__/istio';
import { inShort } from '../__testUtils__/outbound';

const EGRESS = service('egress', { namespace: 'infra' });
const HOST = 'egress.infra.svc.cluster.local';

function sidecar(policy: string, hosts = '*/*'): string {
  return istio(
    'Sidecar',
    'default',
    `{ egress: [{ hosts: ['${hosts}'] }], outboundTrafficPolicy: { ${policy} } }`,
    { namespace: 'web' },
  );
}

const proxy = (rest = '') =>
  `mode: ALLOW_ANY, egressProxy: { host: ${HOST}, port: { number: 80 }${rest} }`;

describe('what a sidecar does not know', () => {
  it.each<[string, string, string]>([
    ['passes through', sidecar('mode: ALLOW_ANY'), 'passthrough'],
    ['goes to the egressProxy', sidecar(proxy()), 'route egress.infra:80'],
    [
      'goes to a subset of it',
      sidecar(proxy(', subset: v1')),
      'route egress.infra:80 v1',
    ],
    [
      'fails where the proxy does not know it',
      sidecar(proxy(), './*'),
      'route egress.infra:80 missing',
    ],
    [
      'fails where it has no such port',
      sidecar(
        `mode: ALLOW_ANY, egressProxy: { host: ${HOST}, port: { number: 81 } }`,
      ),
      'route egress.infra:81 missing',
    ],
    [
      'is refused all the same',
      sidecar(
        `mode: REGISTRY_ONLY, egressProxy: { host: ${HOST}, port: { number: 80 } }`,
      ),
      'blackhole',
    ],
  ])('%s', (_, yaml, expected) => {
    for (const protocol of ['http', 'tcp'] as const) {
      expect(
        inShort(EGRESS + yaml, {
          protocol,
          host: 'outside.example',
          address: '192.0.2.1',
          port: 80,
        }),
      ).toBe(expected);
    }
  });
});
