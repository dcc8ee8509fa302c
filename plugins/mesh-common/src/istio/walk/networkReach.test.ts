import { clusterOf } from '../../__testUtils__/cluster';
import { walkRequestSchema } from '../../contract/schemas/walk';
import { MeshLinks } from '../../mesh/MeshLinks';
import { MESHES } from '../../mesh/meshes';
import { requestWalk } from '../../mesh/requestWalk';
import { istio as ISTIO_MESH } from '../adapter';
import {
  istio,
  meshSettings,
  namespace,
  pod,
  service,
} from '../__testUtils__/istio';

const MESH = meshSettings('defaultConfig: { meshId: one }');
const on = (network: string) =>
  namespace('istio-system', `topology.istio.io/network: ${network}`);
const EAST_WEST = `
---
apiVersion: v1
kind: Service
metadata: { name: east-west, namespace: istio-system, labels: { topology.istio.io/network: net-west } }
spec: { selector: { istio: eastwest }, ports: [{ name: tls, port: 15443 }] }
`;
const PLAIN = istio(
  'DestinationRule',
  'cart',
  '{ host: cart, trafficPolicy: { tls: { mode: DISABLE } } }',
);

function walkBetween(own: string, peer: string, mode?: 'none') {
  const [snapshot] = MeshLinks.create([ISTIO_MESH]).link([
    clusterOf(MESH + pod('web', { ip: '10.1.0.1' }) + service('cart') + own, {
      name: 'east',
    }),
    clusterOf(
      MESH + pod('cart', { ip: '10.2.0.1', mode }) + service('cart') + peer,
      { name: 'west' },
    ),
  ]);
  const { outcome, flag, branches } = requestWalk(
    snapshot,
    walkRequestSchema.parse({
      from: {
        workload: {
          cluster: 'east',
          namespace: 'shop',
          kind: 'Pod',
          name: 'web-1',
        },
      },
      host: 'cart',
      port: 80,
    }),
    MESHES,
  );
  const texts = branches.flatMap(({ steps }) =>
    steps.flatMap(({ reasons }) => reasons.map(({ text }) => text)),
  );
  return {
    outcome: [outcome.value, flag].filter(Boolean).join(' '),
    said: texts.filter(text => text.includes('net-west')),
  };
}

describe('an endpoint on another network', () => {
  it('is reached through its gateway by mutual TLS', () => {
    const { outcome, said } = walkBetween(
      on('net-east'),
      on('net-west') + EAST_WEST,
    );
    expect(outcome).toBe('delivered');
    expect(said).toEqual([
      'The endpoint is on the network net-west, and the client on net-east: the connection goes through Service istio-system/east-west, port 15443 of the cluster west, which passes mutual TLS on',
    ]);
  });

  it.each<[string, string, 'none' | undefined]>([
    ['where a rule says DISABLE', on('net-east') + PLAIN, undefined],
    ['where it has no proxy', on('net-east'), 'none'],
  ])('is not reached in plaintext %s', (_, own, mode) => {
    const { outcome, said } = walkBetween(
      own,
      on('net-west') + EAST_WEST,
      mode,
    );
    expect(outcome).toBe('failed UH');
    expect(said).toEqual([
      expect.stringMatching(
        /by mutual TLS alone, which the client does not send/,
      ),
    ]);
  });

  it.each([
    ['there is no gateway', on('net-east') + PLAIN, on('net-west')],
    ['both are on one', on('net-west') + PLAIN, on('net-west') + EAST_WEST],
    ['the client’s is not named', PLAIN, on('net-west') + EAST_WEST],
  ])('counts as reachable where %s', (_, own, peer) => {
    expect(walkBetween(own, peer)).toEqual({ outcome: 'delivered', said: [] });
  });
});
