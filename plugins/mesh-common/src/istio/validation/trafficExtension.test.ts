import { said } from './__testUtils__/refusals';

/** As istiod itself answers (1.31, server-side dry run). */
describe('what istiod says of a TrafficExtension', () => {
  it.each<[string, string[]]>([
    ['{ wasm: { url: "" } }', ['spec.wasm.url: url field needs to be set']],
    [
      '{ wasm: { url: ftp://a } }',
      ['spec.wasm.url: url must have schema one of [http, https, file, oci]'],
    ],
    [
      '{ wasm: { url: oci://a, sha256: x } }',
      ['spec.wasm.sha256: sha256 field must match [a-f0-9]{64} pattern'],
    ],
    [
      '{ wasm: { url: oci://a, pluginName: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa } }',
      [
        'spec.wasm.pluginName: pluginName field must be less than 256 characters long',
      ],
    ],
    [
      '{ wasm: { url: oci://a, vmConfig: { env: [ { name: a }, { name: a } ] } } }',
      ['spec.wasm.vmConfig.env[1].name: duplicate env a'],
    ],
    [
      '{ wasm: { url: oci://a, vmConfig: { env: [ { name: "" } ] } } }',
      ['spec.wasm.vmConfig.env[0].name: env.name has 1 to 256 characters'],
    ],
    [
      '{ wasm: { url: oci://a, vmConfig: { env: [ { name: a, value: x, valueFrom: HOST } ] } } }',
      [
        'spec.wasm.vmConfig.env[0].value: value may only be set when valueFrom is INLINE',
      ],
    ],
    ['{}', ['spec: exactly one of wasm or lua must be set']],
    ['{ lua: {} }', ['spec.lua.inlineCode: lua.inlineCode cannot be empty']],
    [
      '{ lua: { inlineCode: x }, match: [ { ports: [ { number: 0 } ] } ] }',
      ['spec.match[0].ports[0].number: port is out of range: 0'],
    ],
    [
      '{ lua: { inlineCode: x }, selector: { matchLabels: { a: b } }, targetRefs: [ { kind: Service, name: x } ] }',
      ['spec: only one of targetRefs or workloadSelector can be set'],
    ],
  ])('%s', (spec, expected) => {
    expect(said('TrafficExtension', spec)).toEqual(expected);
  });

  it.each([
    '{ wasm: { url: a } }',
    '{ wasm: { url: oci://a/b } }',
    '{ wasm: { url: file:///a } }',
    '{ wasm: { url: http://a b } }',
    '{ wasm: { url: a.b/c:v1 } }',
    '{ wasm: { url: 1.2.3.4:5000/a } }',
    '{ wasm: { url: /a } }',
    '{ wasm: { url: OCI://a } }',
    '{ wasm: { url: "http://[::1" } }',
    '{ wasm: { url: http://a:b/ } }',
    '{ wasm: { url: oci://a, sha256: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa } }',
    '{ wasm: { url: oci://a, sha256: "" } }',
    '{ wasm: { url: oci://a, vmConfig: { env: [ { name: a, value: x } ] } } }',
    '{ wasm: { url: oci://a, vmConfig: { env: [ { name: a, valueFrom: HOST } ] } } }',
    '{ wasm: { url: oci://a, pluginConfig: { a: [ 1 ] } } }',
    '{ wasm: { url: oci://a, type: NETWORK } }',
    '{ lua: { inlineCode: x } }',
  ])('nothing: %s', spec => {
    expect(said('TrafficExtension', spec)).toEqual([]);
  });
});
