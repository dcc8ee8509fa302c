import { clusterOf } from '../__testUtils__/cluster';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { istio } from './adapter';
import { isDiscovered, seenByIstiod } from './discovery';
import {
  istio as object,
  meshSettings,
  namespace,
  pod,
  podOf,
  service,
} from './__testUtils__/istio';

const selecting = (selectors: string) =>
  meshSettings(`discoverySelectors: ${selectors}`);
const ON = selecting('[{ matchLabels: { mesh: "on" } }]');
const WORLD =
  namespace('shop', 'mesh: "on"') +
  namespace('attic') +
  pod('cart') +
  service('cart') +
  pod('box', { namespace: 'attic' }) +
  service('box', { namespace: 'attic' });

const hostsOf = (snapshot: MeshSnapshot) =>
  [...snapshot.list('Service')].map(({ metadata }) => metadata.name).sort();

describe('isDiscovered', () => {
  it.each<[string, string, string[]]>([
    ['no selectors', meshSettings(), ['attic', 'shop']],
    ['one by label', ON, ['shop']],
    [
      'several, of which one is enough',
      selecting(
        '[{ matchLabels: { mesh: "on" } }, { matchExpressions: [{ key: mesh, operator: DoesNotExist }] }]',
      ),
      ['attic', 'shop'],
    ],
    ['an empty selector', selecting('[{}]'), ['attic', 'shop']],
    ['one that matches none', selecting('[{ matchLabels: { a: b } }]'), []],
    [
      'a second control plane that watches all',
      ON + meshSettings('', 'istio-canary'),
      ['attic', 'shop'],
    ],
    [
      'a second control plane with selectors of its own',
      ON +
        meshSettings(
          'discoverySelectors: [{ matchLabels: { a: b } }]',
          'istio-canary',
        ),
      ['shop'],
    ],
  ])('%s', (_, settings, expected) => {
    const snapshot = clusterOf(settings + WORLD);
    expect(
      ['attic', 'shop'].filter(name => isDiscovered(snapshot, name)),
    ).toEqual(expected);
  });
});

describe('seenByIstiod', () => {
  it('leaves out Services and configuration where no selector matches, and keeps what runs', () => {
    const snapshot = clusterOf(ON + WORLD);
    const seen = seenByIstiod(snapshot);
    expect(hostsOf(seen)).toEqual(['cart']);
    expect(seen.get('Service', 'attic', 'box')).toBeUndefined();
    expect(seen.bucket('Service', 'attic').size).toBe(0);
    expect(seen.namespacesOf('Service')).toEqual(['shop']);
    expect([...seen.list('Pod')]).toHaveLength(2);
    expect(hostsOf(snapshot)).toEqual(['box', 'cart']);
  });

  it('is all of the cluster without selectors', () => {
    const snapshot = clusterOf(meshSettings() + WORLD);
    expect(seenByIstiod(snapshot)).toBe(snapshot);
  });

  it('keeps a policy of a namespace that is not watched from deciding', () => {
    const strict = object(
      'PeerAuthentication',
      'strict',
      '{ mtls: { mode: STRICT } }',
      { namespace: 'attic' },
    );
    const modeWith = (settings: string) => {
      const snapshot = clusterOf(settings + WORLD + strict);
      return istio.accepts(
        snapshot,
        podOf(snapshot, 'box', 'attic'),
        8080,
        'sidecar',
      ).accepts.value;
    };
    expect(modeWith(meshSettings())).toBe('mtls-only');
    expect(modeWith(ON)).toBe('mtls-or-plaintext');
  });
});
