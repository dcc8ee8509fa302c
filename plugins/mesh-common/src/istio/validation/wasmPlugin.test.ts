import { said } from './__testUtils__/refusals';

/** As istiod itself answers (1.31, server-side dry run). */
describe('what istiod says of a WasmPlugin', () => {
  it.each<[string, string[]]>([
    [
      '{ url: oci://a, selector: {} }',
      ['warning spec.selector: workload selector specified without labels'],
    ],
    [
      '{ url: oci://a, selector: { matchLabels: { a: "*" } } }',
      [
        'spec.selector.matchLabels.a: wildcard is not supported in selector: "a=*"',
      ],
    ],
    [
      '{ url: oci://a, selector: { matchLabels: { a: b } }, targetRefs: [ { kind: Service, name: x } ] }',
      ['spec: only one of targetRefs or workloadSelector can be set'],
    ],
    [
      '{ url: oci://a, targetRefs: [ { kind: Service, name: "" } ] }',
      ['spec.targetRefs[0].name: targetRef name must be set'],
    ],
    [
      '{ url: oci://a, targetRefs: [ { kind: Pod, name: x } ] }',
      [
        'spec.targetRefs[0]: targetRef must be to one of [core/v1/Service networking.istio.io/v1/ServiceEntry gateway.networking.k8s.io/v1/Gateway gateway.networking.k8s.io/v1/GatewayClass] but was /Pod',
      ],
    ],
    [
      '{ url: oci://a, targetRefs: [ { group: networking.istio.io, kind: Gateway, name: x } ] }',
      [
        'spec.targetRefs[0]: targetRef must be to one of [core/v1/Service networking.istio.io/v1/ServiceEntry gateway.networking.k8s.io/v1/Gateway gateway.networking.k8s.io/v1/GatewayClass] but was networking.istio.io/Gateway',
      ],
    ],
    [
      '{ url: oci://a, targetRefs: [ { kind: Service, name: x, namespace: y } ] }',
      [
        'spec.targetRefs[0].namespace: targetRef namespace must not be set; cross namespace referencing is not supported',
      ],
    ],
    ['{}', ['spec.url: url field needs to be set']],
    [
      '{ url: ftp://a }',
      ['spec.url: url must have schema one of [http, https, file, oci]'],
    ],
    [
      '{ url: oci://a, sha256: x }',
      ['spec.sha256: sha256 field must match [a-f0-9]{64} pattern'],
    ],
    [
      '{ url: oci://a, imagePullSecret: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa }',
      [
        'spec.imagePullSecret: imagePullSecret field must be less than 253 characters long',
      ],
    ],
    [
      '{ url: oci://a, pluginName: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa }',
      [
        'spec.pluginName: pluginName field must be less than 256 characters long',
      ],
    ],
    [
      '{ url: oci://a, vmConfig: { env: [ { name: a }, { name: a } ] } }',
      ['spec.vmConfig.env[1].name: duplicate env a'],
    ],
    [
      '{ url: oci://a, vmConfig: { env: [ { name: "" } ] } }',
      ['spec.vmConfig.env[0].name: env.name has 1 to 256 characters'],
    ],
    [
      '{ url: oci://a, vmConfig: { env: [ { name: a, value: x, valueFrom: HOST } ] } }',
      [
        'spec.vmConfig.env[0].value: value may only be set when valueFrom is INLINE',
      ],
    ],
    [
      '{ url: oci://a, match: [ { ports: [ {} ] } ] }',
      ['spec.match[0].ports[0].number: port is out of range: 0'],
    ],
  ])('%s', (spec, expected) => {
    expect(said('WasmPlugin', spec)).toEqual(expected);
  });

  it.each([
    '{ url: oci://a, targetRefs: [ { group: core, kind: Service, name: x } ] }',
    '{ url: oci://a, targetRefs: [ { group: gateway.networking.k8s.io, kind: GatewayClass, name: x } ] }',
    '{ url: oci://a, targetRef: { kind: Service, name: x } }',
    '{ url: a }',
    '{ url: file:///a }',
    '{ url: a.b/c:v1 }',
    '{ url: /a }',
    '{ url: "http://[::1" }',
    '{ url: oci://a, sha256: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa }',
    '{ url: oci://a, vmConfig: { env: [ { name: a, value: x } ] } }',
    '{ url: oci://a, match: [ {} ] }',
    '{ url: oci://a, type: NETWORK }',
  ])('nothing: %s', spec => {
    expect(said('WasmPlugin', spec)).toEqual([]);
  });
});
