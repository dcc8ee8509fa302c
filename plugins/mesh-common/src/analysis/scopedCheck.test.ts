import { clusterOf, objectsOf } from '../__testUtils__/cluster';
import { istio, meshSettings, namespace } from '../istio/__testUtils__/istio';
import { parseObject } from '../kubernetes/parse';
import { SnapshotChange } from '../snapshot/SnapshotChange';
import { Analyzer } from './Analyzer';
import { ISTIO_CHECKS } from './istioChecks';

const SELECTIVE = meshSettings(
  'discoverySelectors: [{ matchLabels: { mesh: "on" } }]',
);
/** Sends to a host that does not exist. */
const broken = (name: string, place: string) =>
  istio(
    'VirtualService',
    name,
    '{ hosts: [a.example], http: [{ route: [{ destination: { host: gone } }] }] }',
    { namespace: place },
  );

function put(yaml: string): SnapshotChange[] {
  return objectsOf(yaml).map(raw => {
    const result = parseObject(raw);
    if (result.status !== 'parsed') {
      throw new TypeError('The object is malformed');
    }
    return { type: 'put', parsed: result.parsed };
  });
}

describe('scopedCheck', () => {
  it('checks what istiod watches, and follows the labels of a namespace and the selectors', () => {
    const analyzer = Analyzer.create(ISTIO_CHECKS);
    let snapshot = clusterOf(
      SELECTIVE +
        namespace('shop', 'mesh: "on"') +
        namespace('attic') +
        broken('one', 'shop') +
        broken('two', 'attic'),
    );
    const found = () => {
      const { findings } = analyzer.analyze(snapshot);
      expect(findings).toEqual(
        Analyzer.create(ISTIO_CHECKS).analyze(snapshot).findings,
      );
      return findings
        .filter(({ code }) => code === 'IST0101')
        .map(({ object }) => object.name)
        .sort();
    };
    expect(found()).toEqual(['one']);
    snapshot = snapshot.apply(put(namespace('attic', 'mesh: "on"')));
    expect(found()).toEqual(['one', 'two']);
    snapshot = snapshot.apply(put(namespace('shop')));
    expect(found()).toEqual(['two']);
    snapshot = snapshot.apply(put(meshSettings()));
    expect(found()).toEqual(['one', 'two']);
  });
});
