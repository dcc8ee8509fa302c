import { clusterOf, document } from '../linkerd/__testUtils__/cluster';
import { Analyzer } from './Analyzer';
import { twoMeshes } from './checks/MESH-0009';

const ISTIO = { labels: { 'istio-injection': 'enabled' } };
const LINKERD = { annotations: { 'linkerd.io/inject': 'enabled' } };

const namespace = (metadata: object) =>
  document({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'shop', ...metadata },
  });

const deployment = (annotations: object = {}) =>
  document({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'cart', namespace: 'shop' },
    spec: {
      selector: { matchLabels: { app: 'cart' } },
      template: {
        metadata: { labels: { app: 'cart' }, annotations },
        spec: { containers: [{ name: 'app' }] },
      },
    },
  });

const pod = (...containers: string[]) =>
  document({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'cart-5f-1',
      namespace: 'shop',
      labels: { app: 'cart', 'pod-template-hash': '5f' },
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'ReplicaSet',
          name: 'cart-5f',
          controller: true,
        },
      ],
    },
    spec: { containers: ['app', ...containers].map(name => ({ name })) },
  });

/** What is found in files, as `level message`. */
function found(yaml: string): string[] {
  return Analyzer.create(twoMeshes)
    .analyze(clusterOf(yaml, { origin: 'files' }))
    .findings.map(({ level, message }) => `${level} ${message}`);
}

describe('two meshes', () => {
  it.each<[what: string, yaml: string, expected: RegExp[]]>([
    ['one mesh, asked by the namespace', namespace(ISTIO) + deployment(), []],
    ['the other one', namespace(LINKERD) + deployment(), []],
    [
      'both, asked by the namespace',
      namespace({ ...ISTIO, ...LINKERD }) + deployment(),
      [/^warning Deployment shop\/cart is asked into Istio and Linkerd: /],
    ],
    [
      'one asked by the namespace, the other by the template',
      namespace(ISTIO) + deployment({ 'linkerd.io/inject': 'enabled' }),
      [/^warning .* Istio and Linkerd/],
    ],
    [
      'both, of which the template declines one',
      namespace({ ...ISTIO, ...LINKERD }) +
        deployment({ 'linkerd.io/inject': 'disabled' }),
      [],
    ],
    ['one proxy', namespace(ISTIO) + deployment() + pod('istio-proxy'), []],
    [
      'the proxies of both',
      namespace(ISTIO) + deployment() + pod('istio-proxy', 'linkerd-proxy'),
      [
        /^error 1 of 1 pods of Deployment shop\/cart run the proxies of Istio and Linkerd/,
      ],
    ],
  ])('%s', (_, yaml, expected) => {
    expect(found(yaml)).toEqual(
      expected.map(pattern => expect.stringMatching(pattern)),
    );
  });
});
