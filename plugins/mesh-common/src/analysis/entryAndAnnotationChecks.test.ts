import { clusterOf } from '../__testUtils__/cluster';
import { istio, meshSettings } from '../istio/__testUtils__/istio';
import { Analyzer } from './Analyzer';
import { ISTIO_CHECKS } from './istioChecks';

/** As istioctl answers (1.31). */
describe('what istioctl says of entries and annotations, by the form that they are written in', () => {
  const found = (code: string, yaml: string) =>
    Analyzer.create(ISTIO_CHECKS)
      .analyze(clusterOf(meshSettings() + yaml))
      .findings.filter(finding => finding.code === code)
      .map(({ object }) => object.name);

  it.each([
    ['no list of addresses', '', ['e']],
    ['an empty list', 'addresses: [], ', ['e']],
    ['an address', 'addresses: [10.1.1.1], ', []],
  ])('IST0134: %s', (_, addresses, expected) => {
    const entry = istio(
      'ServiceEntry',
      'e',
      `{ hosts: [db.example.com], ${addresses}ports: [{ number: 3306, name: tcp, protocol: TCP }] }`,
    );
    expect(found('IST0134', entry)).toEqual(expected);
  });

  it.each([
    ['the same protocol', 'protocol: TCP', []],
    ['the same in small letters', 'protocol: tcp', []],
    ['another one', 'protocol: HTTP', ['a', 'b']],
    ['none, which lets proxies look', 'targetPort: 3306', ['a', 'b']],
  ])('IST0177: TCP, and %s', (_, protocol, expected) => {
    const entry = (name: string, text: string) =>
      istio(
        'ServiceEntry',
        name,
        `{ hosts: [db.example.com], ports: [{ number: 3306, name: p, ${text} }] }`,
      );
    expect(
      found('IST0177', entry('a', 'protocol: TCP') + entry('b', protocol)),
    ).toEqual(expected);
  });

  it.each([
    ['v1.5.0', []],
    ['v1.4.1', ['tlsroutes.gateway.networking.k8s.io']],
    ['v1.5.0-rc.1', []],
    ['1.4.0-rc.1', ['tlsroutes.gateway.networking.k8s.io']],
    ['v0.9', ['tlsroutes.gateway.networking.k8s.io']],
    ['v1', ['tlsroutes.gateway.networking.k8s.io']],
    ['v1.4.0.1', []],
    ['main', []],
  ])('IST0176: the version %s of TLSRoute', (version, expected) => {
    const definition = `
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: tlsroutes.gateway.networking.k8s.io
  annotations: { gateway.networking.k8s.io/bundle-version: "${version}" }
spec:
  group: gateway.networking.k8s.io
  names: { plural: tlsroutes, kind: TLSRoute }
  scope: Namespaced
  versions: []`;
    expect(found('IST0176', definition)).toEqual(expected);
  });

  it.each([
    ['', ['p']],
    [', istio.io/dataplane-mode: none', ['p']],
    // The pod is in ambient mode, and IST0123 says that the namespace asks for both.
    [', istio.io/dataplane-mode: ambient', []],
  ])(
    'IST0103: a namespace with istio-injection: enabled%s',
    (also, expected) => {
      const objects = `
---
apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels: { istio-injection: enabled${also} }
---
apiVersion: v1
kind: Pod
metadata: { name: p, namespace: shop }
spec: { containers: [{ name: app }] }`;
      expect(found('IST0103', objects)).toEqual(expected);
    },
  );

  it.each([
    ['eth0, veth_1.a-b', []],
    ['80', ['p']],
    ['~', ['p']],
    ['eth0,', ['p']],
    ['a-very-long-name', ['p']],
  ])('IST0125: the interfaces %s', (value, expected) => {
    const pod = `
---
apiVersion: v1
kind: Pod
metadata:
  name: p
  namespace: shop
  annotations: { traffic.sidecar.istio.io/excludeInterfaces: "${value}" }
spec: { containers: [{ name: app }] }`;
    expect(found('IST0125', pod)).toEqual(expected);
  });
});
