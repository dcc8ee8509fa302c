import { clusterOf } from '../__testUtils__/cluster';
import { ISTIO, istio } from './__testUtils__/istio';
import { ambientPolicies } from './ambientPeerAuthentication';
import { meshConfig } from './meshConfig';
import { peerAuthentications } from './peerAuthentication';
import { convertedPolicy } from './ztunnelPolicy';

const SUBJECT = { namespace: 'shop', labels: { app: 'pay' } };
const policy = (name: string, spec: string, namespace = 'shop') =>
  istio('PeerAuthentication', name, spec, { namespace });
const mesh = (mode: string) =>
  policy('mesh', `{ mtls: { mode: ${mode} } }`, 'istio-system');
const ns = (mode: string) => policy('ns', `{ mtls: { mode: ${mode} } }`);
const workload = (mode: string, ports: string) =>
  policy(
    'w',
    `{ selector: { matchLabels: { app: pay } }, mtls: { mode: ${mode} }, portLevelMtls: { ${ports} } }`,
  );

const NOBODY = { withoutIdentity: true };
const MIXED = '8080: { mode: PERMISSIVE }, 90: { mode: STRICT }';

it.each<[string, string, unknown]>([
  [
    'STRICT with an exception',
    workload('STRICT', MIXED),
    [[NOBODY, { notPorts: [8080] }]],
  ],
  [
    'PERMISSIVE with STRICT ports, each a group',
    workload('PERMISSIVE', '8080: { mode: STRICT }, 90: { mode: STRICT }'),
    [[{ ...NOBODY, ports: [90] }], [{ ...NOBODY, ports: [8080] }]],
  ],
  [
    'an exception from a STRICT mesh, whose strictness goes into it',
    mesh('STRICT') + workload('UNSET', MIXED),
    [[{ notPorts: [8080] }, NOBODY]],
  ],
  ['STRICT ports alone', workload('STRICT', '90: { mode: STRICT }'), undefined],
  [
    'an exception below a namespace without a mode',
    mesh('STRICT') + ns('UNSET') + workload('UNSET', MIXED),
    undefined,
  ],
])('makes of %s', (_, objects, groups) => {
  const {
    workload: own,
    namespace,
    mesh: ofMesh,
  } = peerAuthentications(clusterOf(ISTIO + objects), SUBJECT, 'istio-system');
  expect(own && convertedPolicy(own, namespace, ofMesh)).toEqual(
    groups && {
      namespace: 'shop',
      name: 'converted_peer_authentication_w',
      groups,
    },
  );
});

it.each<[string, string, string[], number]>([
  ['nothing', '', [], 0],
  ['STRICT', ns('STRICT'), ['istio-system/istio_converted_static_strict'], 1],
  [
    'ports',
    workload('STRICT', MIXED),
    ['shop/converted_peer_authentication_w'],
    1,
  ],
  [
    'ports of which nothing is left',
    mesh('STRICT') + ns('UNSET') + workload('UNSET', MIXED),
    ['shop/converted_peer_authentication_w'],
    0,
  ],
])('a ztunnel is given for %s', (_, objects, attached, count) => {
  const snapshot = clusterOf(ISTIO + objects);
  const given = ambientPolicies(snapshot, SUBJECT, meshConfig(snapshot));
  expect(given).toMatchObject({ attached });
  expect('policies' in given && given.policies.length).toBe(count);
});
