import { clusterOf } from '../__testUtils__/cluster';
import { service } from '../istio/__testUtils__/istio';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { Analyzer } from './Analyzer';
import { inconsistentService } from './checks/IST0170';

const messages = (own: MeshSnapshot, ...peers: MeshSnapshot[]) =>
  Analyzer.create([inconsistentService])
    .analyze(own.withPeers('istio', peers))
    .findings.map(({ message }) => message);
const east = clusterOf(service('cart'), { name: 'east' });
const west = (yaml: string) => clusterOf(yaml, { name: 'west' });

describe('IST0170', () => {
  it.each<[string, string, string[]]>([
    ['the same Service', service('cart'), []],
    ['no such Service', service('other'), []],
    ['one in another namespace', service('cart', { namespace: 'else' }), []],
    [
      'another port',
      service('cart', { ports: '{ name: http, port: 81, targetPort: 8080 }' }),
      ['ports http 81 8080 TCP, here http 80 8080 TCP'],
    ],
    [
      'another type',
      service('cart', { spec: 'type: NodePort' }),
      ['type NodePort, here ClusterIP'],
    ],
    [
      'a headless one',
      service('cart').replace('clusterIP: 10.0.0.1', 'clusterIP: None'),
      ['headless on one of them only'],
    ],
  ])('%s', (_, yaml, parts) => {
    expect(messages(east, west(yaml))).toEqual(
      parts.map(
        part =>
          `Service shop/cart is another on west (${part}): make them alike`,
      ),
    );
  });

  it('names all clusters that differ', () => {
    const other = service('cart', { spec: 'type: NodePort' });
    expect(
      messages(east, west(other), clusterOf(other, { name: 'north' })),
    ).toEqual([expect.stringMatching(/on west .* and on north /)]);
  });

  it('follows changes of the other clusters', () => {
    const analyzer = Analyzer.create([inconsistentService]);
    const count = (peer: MeshSnapshot) =>
      analyzer.analyze(east.withPeers('istio', [peer])).findings.length;
    expect(count(west(service('cart')))).toBe(0);
    expect(count(west(service('cart', { spec: 'type: NodePort' })))).toBe(1);
    expect(count(west(''))).toBe(0);
  });
});
