import { clusterOf } from '../linkerd/__testUtils__/cluster';
import { Analyzer } from './Analyzer';
import { parentInWrongGroup } from './checks/MESH-0011';

const route = (parent: string, group = 'gateway.networking.k8s.io/v1') => `
apiVersion: ${group}
kind: HTTPRoute
metadata: { name: r, namespace: shop }
spec: { parentRefs: [{ ${parent} }], rules: [{}] }
`;

const found = (yaml: string) =>
  Analyzer.create(parentInWrongGroup)
    .analyze(clusterOf(yaml))
    .findings.map(({ field, message }) => `${field}: ${message}`);

const LINKERD = 'policy.linkerd.io/v1beta3';

describe('the group of a parent', () => {
  it.each([
    [
      'a Service without group',
      route('kind: Service, name: cart'),
      'spec.parentRefs[0]: HTTPRoute shop/r has the parent Service cart in the group gateway.networking.k8s.io, which has no such kind: write group: ""',
    ],
    [
      'a Service of a route of Linkerd without group',
      route('kind: Service, name: cart', LINKERD),
      'spec.parentRefs[0]: HTTPRoute shop/r has the parent Service cart in the group policy.linkerd.io, which has no such kind: write group: ""',
    ],
    [
      'a Server in the core group',
      route('group: core, kind: Server, name: cart'),
      'spec.parentRefs[0].group: HTTPRoute shop/r has the parent Server cart in the group core, which has no such kind: write group: policy.linkerd.io',
    ],
  ])('does not have %s', (_, yaml, finding) => {
    expect(found(yaml)).toEqual([finding]);
  });

  it.each([
    ['a Service', route('group: "", kind: Service, name: cart')],
    [
      'a Service, as Linkerd writes it',
      route('group: core, kind: service, name: cart'),
    ],
    [
      'a Server of a route of Linkerd',
      route('kind: Server, name: cart', LINKERD),
    ],
    ['a Gateway', route('name: front')],
    [
      'a kind of somebody else',
      route('group: example.com, kind: Mesh, name: a'),
    ],
  ])('has %s', (_, yaml) => {
    expect(found(yaml)).toEqual([]);
  });
});
