import { clusterOf } from '../__testUtils__/cluster';
import { Analyzer } from './Analyzer';
import { CHECKS } from './catalogue';

function findings(yaml: string) {
  const { findings: found } = Analyzer.create(CHECKS).analyze(
    clusterOf(yaml, { origin: 'files' }),
  );
  return found
    .filter(({ object }) => object.kind.endsWith('VirtualService'))
    .map(({ code, field }) => `${code} ${field}`);
}

const virtualService = (name: string, spec: string) => `
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name}, namespace: shop }
spec: ${spec}
`;
const NAMESPACE = `
---
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
`;

describe('an object that is wrong in part', () => {
  it('is looked at without that part, and named as it is written', () => {
    expect(
      findings(
        NAMESPACE +
          virtualService(
            'a',
            '{ hosts: [a], http: [{ route: [{}, { destination: { host: nobody } }] }] }',
          ),
      ),
    ).toEqual([
      'IST0101 spec.http[0].route[1].destination.host',
      'MESH-0001 spec.http[0].route[0].destination',
    ]);
  });

  it('is seen by the checks of others', () => {
    const bad = virtualService(
      'a',
      '{ hosts: [x.example], http: [{ route: [{}] }] }',
    );
    const good = virtualService(
      'b',
      '{ hosts: [x.example], http: [{ redirect: { uri: /y } }] }',
    );
    expect(findings(NAMESPACE + bad + good)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^IST0109/)]),
    );
  });

  it('is one finding where nothing of it can be read', () => {
    expect(
      findings(NAMESPACE + virtualService('a', '{ hosts: 3, http: [] }')),
    ).toEqual(['MESH-0001 spec.hosts']);
  });

  it('is the same object for analysis as long as nothing of it changes', () => {
    const first = clusterOf(
      virtualService('a', '{ hosts: [a, 3] }') + virtualService('b', '{}'),
    );
    const second = first.apply([
      { type: 'delete', kindId: 'Service', namespace: 'shop', name: 'x' },
    ]);
    const bucketOf = (snapshot: typeof first) =>
      snapshot
        .withReadableParts()
        .bucket('networking.istio.io/VirtualService', 'shop');
    expect([...bucketOf(first).keys()].sort()).toEqual(['a', 'b']);
    expect(bucketOf(second)).toBe(bucketOf(first));
    expect(first.get('networking.istio.io/VirtualService', 'shop', 'a')).toBe(
      undefined,
    );
  });
});
