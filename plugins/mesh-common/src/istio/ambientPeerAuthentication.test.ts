import fc from 'fast-check';
import { clusterOf } from '../__testUtils__/cluster';
import { ISTIO, istio } from './__testUtils__/istio';
import { ambientMode } from './ambientPeerAuthentication';
import { meshConfig } from './meshConfig';

const policy = (name: string, spec: string, namespace = 'shop') =>
  istio('PeerAuthentication', name, spec, { namespace });

function modeOf(yaml: string, port = 8080) {
  const snapshot = clusterOf(ISTIO + yaml);
  return ambientMode(
    snapshot,
    { namespace: 'shop', labels: { app: 'pay' } },
    port,
    meshConfig(snapshot),
  );
}

const mesh = (mode: string) =>
  policy('mesh', `{ mtls: { mode: ${mode} } }`, 'istio-system');
const ns = (mode: string) => policy('ns', `{ mtls: { mode: ${mode} } }`);
const workload = (mode: string, ports = '') =>
  policy(
    'w',
    `{ selector: { matchLabels: { app: pay } }, mtls: { mode: ${mode} }, portLevelMtls: { ${ports} } }`,
  );

describe('ambientMode', () => {
  it.each<[string, string, string, string]>([
    ['nothing', '', 'PERMISSIVE', 'PERMISSIVE'],
    ['STRICT mesh', mesh('STRICT'), 'STRICT', 'STRICT'],
    [
      'STRICT mesh, PERMISSIVE namespace',
      mesh('STRICT') + ns('PERMISSIVE'),
      'PERMISSIVE',
      'PERMISSIVE',
    ],
    [
      'STRICT mesh, namespace without a mode',
      mesh('STRICT') + ns('UNSET'),
      'STRICT',
      'STRICT',
    ],
    ['DISABLE namespace', ns('DISABLE'), 'PERMISSIVE', 'PERMISSIVE'],
    [
      'STRICT workload',
      ns('PERMISSIVE') + workload('STRICT'),
      'STRICT',
      'STRICT',
    ],
    [
      'DISABLE workload, STRICT namespace',
      ns('STRICT') + workload('DISABLE'),
      'PERMISSIVE',
      'PERMISSIVE',
    ],
    [
      'STRICT workload, one port PERMISSIVE',
      workload('STRICT', '8080: { mode: PERMISSIVE }'),
      'PERMISSIVE',
      'STRICT',
    ],
    [
      'STRICT workload, one port DISABLE',
      workload('STRICT', '8080: { mode: DISABLE }'),
      'PERMISSIVE',
      'STRICT',
    ],
    [
      'STRICT workload, all ports STRICT',
      workload('STRICT', '8080: { mode: STRICT }'),
      'STRICT',
      'STRICT',
    ],
    [
      'PERMISSIVE workload, one port STRICT',
      workload('PERMISSIVE', '8080: { mode: STRICT }'),
      'STRICT',
      'PERMISSIVE',
    ],
    [
      'STRICT namespace, PERMISSIVE workload, one port STRICT',
      ns('STRICT') + workload('PERMISSIVE', '8080: { mode: STRICT }'),
      'STRICT',
      'PERMISSIVE',
    ],
    [
      'STRICT namespace, workload without a mode, one port PERMISSIVE',
      ns('STRICT') + workload('UNSET', '8080: { mode: PERMISSIVE }'),
      'PERMISSIVE',
      'STRICT',
    ],
    [
      'PERMISSIVE namespace, workload without a mode, one port STRICT',
      ns('PERMISSIVE') + workload('UNSET', '8080: { mode: STRICT }'),
      'STRICT',
      'PERMISSIVE',
    ],
    [
      'STRICT mesh, workload without a mode, one port PERMISSIVE',
      mesh('STRICT') + workload('UNSET', '8080: { mode: PERMISSIVE }'),
      'PERMISSIVE',
      'STRICT',
    ],
    // Where istiod's two looks at the ports do not agree.
    [
      'a STRICT parent, a port DISABLE: stays STRICT',
      ns('STRICT') + workload('UNSET', '8080: { mode: DISABLE }'),
      'STRICT',
      'STRICT',
    ],
    [
      'STRICT mesh, namespace without a mode, a port PERMISSIVE: nothing is refused',
      mesh('STRICT') +
        ns('UNSET') +
        workload('UNSET', '8080: { mode: PERMISSIVE }'),
      'PERMISSIVE',
      'PERMISSIVE',
    ],
    [
      'STRICT mesh, PERMISSIVE workload, a port STRICT: nothing is refused',
      mesh('STRICT') + workload('PERMISSIVE', '8080: { mode: STRICT }'),
      'PERMISSIVE',
      'PERMISSIVE',
    ],
    [
      'an empty selector in the root namespace',
      policy('m', '{ selector: {}, mtls: { mode: STRICT } }', 'istio-system'),
      'PERMISSIVE',
      'PERMISSIVE',
    ],
  ])('%s', (_, yaml, on8080, on9090) => {
    expect([modeOf(yaml, 8080).value, modeOf(yaml, 9090).value]).toEqual([
      on8080,
      on9090,
    ]);
  });

  it('names the policy and the field that decide', () => {
    expect(
      modeOf(workload('STRICT', '8080: { mode: PERMISSIVE }')).reasons[0],
    ).toMatchObject({
      object: { name: 'w' },
      field: 'spec.portLevelMtls.8080.mode',
    });
    expect(modeOf(ns('DISABLE')).reasons[0]).toMatchObject({
      object: { name: 'ns' },
      field: 'spec.mtls.mode',
      text: expect.stringContaining('DISABLE does not stop mTLS'),
    });
  });

  it('is unknown where the mesh would have to decide and is not known', () => {
    const snapshot = clusterOf(ns('UNSET'));
    expect(
      ambientMode(
        snapshot,
        { namespace: 'shop', labels: {} },
        80,
        meshConfig(snapshot),
      ).value,
    ).toBe('unknown');
  });

  it('makes no difference between DISABLE and PERMISSIVE where no port is excepted', () => {
    const mode = fc.constantFrom('UNSET', 'DISABLE', 'PERMISSIVE', 'STRICT');
    fc.assert(
      fc.property(mode, mode, mode, (m, n, w) => {
        const of = (change: (one: string) => string) =>
          modeOf(mesh(change(m)) + ns(change(n)) + workload(change(w))).value;
        expect(of(one => one)).toBe(
          of(one => (one === 'DISABLE' ? 'PERMISSIVE' : one)),
        );
      }),
      { numRuns: 40 },
    );
  });
});
