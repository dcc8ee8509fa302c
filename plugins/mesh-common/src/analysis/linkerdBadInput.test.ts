import {
  EXPIRED_CERTIFICATE,
  LONG_CERTIFICATE,
} from '../__testUtils__/certificates';
import { document } from '../linkerd/__testUtils__/cluster';
import { cart, findings, object } from './__testUtils__/linkerdFindings';

const POLICY = 'policy.linkerd.io/v1beta3';
const ALPHA = 'policy.linkerd.io/v1alpha1';

const networks = (list: object[]) =>
  object(ALPHA, 'NetworkAuthentication', 'n', { networks: list });

const egress = (name: string, list?: object[], created = '2026-01-01') =>
  object(
    ALPHA,
    'EgressNetwork',
    name,
    { trafficPolicy: 'Allow', ...(list && { networks: list }) },
    { creationTimestamp: `${created}T00:00:00Z` },
  );

const vm = (spec: object) =>
  object('workload.linkerd.io/v1beta1', 'ExternalWorkload', 'vm', {
    meshTLS: {
      identity: 'spiffe://mesh.example/vm',
      serverName: 'vm.shop.example',
    },
    workloadIPs: [{ ip: '192.0.2.1' }],
    ...spec,
  });

const identities = (list: string[]) =>
  object(ALPHA, 'MeshTLSAuthentication', 'm', { identities: list });

const roots = (pem: string) =>
  document({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'linkerd-identity-trust-roots', namespace: 'linkerd' },
    data: { 'ca-bundle.crt': pem },
  });

type Case = [what: string, name: string, yaml: string, expected: RegExp[]];

describe('bad input', () => {
  it.each<Case>([
    [
      'a Server for a port that no container has',
      's',
      cart +
        object(POLICY, 'Server', 's', {
          podSelector: { matchLabels: { app: 'cart' } },
          port: 'grpc',
        }),
      [/^MESH-L0101 error spec\.port: .* named grpc.*Named ports there: http$/],
    ],
    [
      'an exception that another network lets in',
      'n',
      networks([
        { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] },
        { cidr: '10.1.0.0/16' },
      ]),
      [
        /^MESH-L0206 warning spec\.networks\[0\]\.except\[0\]: The exception 10\.1\.0\.0\/16 has no effect/,
      ],
    ],
    [
      'a network in another one',
      'n',
      networks([{ cidr: 'fd00:1::/32' }, { cidr: 'fd00::/8' }]),
      [
        /^MESH-L0206 info spec\.networks\[0\]\.cidr: fd00:1::\/32 has no effect: fd00::\/8 contains all of it/,
      ],
    ],
    [
      'an exception that two other networks let in',
      'n',
      networks([
        { cidr: '10.0.0.0/8', except: ['not one', '10.1.0.0/16'] },
        { cidr: '10.1.0.0/17' },
        { cidr: '10.0.0.0/15' },
        { cidr: '10.1.0.0/16' },
      ]),
      [
        /^MESH-L0001 error spec\.networks\[0\]\.except\[0\]: /,
        /^MESH-L0206 warning spec\.networks\[0\]\.except\[1\]: The exception 10\.1\.0\.0\/16 has no effect: 10\.0\.0\.0\/15 lets it in/,
        /^MESH-L0206 info spec\.networks\[1\]\.cidr/,
        /^MESH-L0206 info spec\.networks\[3\]\.cidr: 10\.1\.0\.0\/16 has no effect: 10\.0\.0\.0\/15 contains all of it/,
      ],
    ],
    [
      'the same network twice',
      'n',
      networks([{ cidr: '10.0.0.0/8' }, { cidr: '10.0.0.0/8' }]),
      [/^MESH-L0206 info spec\.networks\[1\]\.cidr/],
    ],
    [
      'networks that have a part that the others leave out',
      'n',
      networks([
        { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] },
        { cidr: '10.1.2.0/24' },
        { cidr: '192.168.0.0/16' },
      ]),
      [],
    ],
    [
      'an EgressNetwork that an older one makes useless',
      'new',
      egress('old', [{ cidr: '192.0.2.0/24' }]) +
        egress('new', [{ cidr: '192.0.2.0/24' }], '2026-02-01'),
      [
        /^MESH-L0704 warning spec\.networks\[0\]\.cidr: EgressNetwork shop\/new has no effect for 192\.0\.2\.0\/24: shop\/old has it too, and is older$/,
      ],
    ],
    [
      'an EgressNetwork that one of the same age makes useless',
      'new',
      egress('a', [{ cidr: '192.0.2.0/24' }]) +
        egress('new', [{ cidr: '192.0.2.0/24' }]),
      [/^MESH-L0704 .*: shop\/a has it too, and comes before it$/],
    ],
    [
      'two EgressNetworks for everything',
      'new',
      egress('old') + egress('new', undefined, '2026-02-01'),
      [/^MESH-L0704 warning spec: .* for everything outside the cluster/],
    ],
    [
      'EgressNetworks of which one is smaller',
      'new',
      egress('old', [{ cidr: '192.0.0.0/16' }]) +
        egress('new', [{ cidr: '192.0.2.0/24' }], '2026-02-01'),
      [],
    ],
    [
      'an EgressNetwork with networks of the cluster',
      'e',
      egress('e', [{ cidr: '10.1.0.0/16' }]),
      [/^MESH-L0701 error spec\.networks: .*EgressReasonNetworkOverlap/],
    ],
    [
      'identities that are no names',
      'm',
      identities(['Cart.shop', 'a b', '*.x.*', 'spiffe://', '*', 'a.b']),
      [0, 1, 2, 3].map(
        index =>
          new RegExp(
            `^MESH-L0001 error spec\\.identities\\[${index}\\]: .* must be a valid SPIFFE id or a DNS SAN`,
          ),
      ),
    ],
    [
      'identities of a ServerAuthorization that are no names',
      'z',
      object('policy.linkerd.io/v1beta1', 'ServerAuthorization', 'z', {
        server: { name: 's' },
        client: { meshTLS: { identities: ['Cart', 'spiffe://a/b', '*.shop'] } },
      }),
      [
        /^MESH-L0001 error spec\.client\.meshTLS\.identities\[0\]: .* must be a DNS name.* Cart is none/,
        /^MESH-L0001 error spec\.client\.meshTLS\.identities\[1\]: .* spiffe:\/\/a\/b is none/,
      ],
    ],
    [
      'a workload outside Kubernetes without names and addresses',
      'vm',
      vm({
        meshTLS: { identity: 'my vm', serverName: '*.shop' },
        workloadIPs: [{ ip: '192.0.2.300' }],
      }),
      [
        /^MESH-L0505 error spec\.meshTLS\.identity: .* my vm: it is neither/,
        /^MESH-L0505 error spec\.meshTLS\.serverName: .* \*\.shop$/,
        /^MESH-L0505 error spec\.workloadIPs\[0\]\.ip: 192\.0\.2\.300 of/,
      ],
    ],
    ['a workload outside Kubernetes', 'vm', vm({}), []],
    [
      'trust anchors with text between them',
      'linkerd-identity-trust-roots',
      roots(`${LONG_CERTIFICATE}\nold:\n${EXPIRED_CERTIFICATE}`),
      [
        /^MESH-L0602 error data\.ca-bundle\.crt: Trust anchor 2 of 2/,
        /^MESH-L0603 warning data\.ca-bundle\.crt: .* line 9 is neither/,
      ],
    ],
  ])('%s', (_, name, yaml, expected) => {
    expect(findings(name, yaml)).toEqual(
      expected.map(pattern => expect.stringMatching(pattern)),
    );
  });
});
