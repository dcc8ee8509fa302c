import { ATTACHMENTS, said } from './__testUtils__/refusals';

/** As istiod itself answers (1.31, server-side dry run). */
describe('what istiod says of a RequestAuthentication', () => {
  it.each<[string, string[]]>([
    [
      '{ jwtRules: [ {} ] }',
      ['spec.jwtRules[0].issuer: issuer or jwksUri must be non-empty string'],
    ],
    [
      '{ jwtRules: [ { issuer: i, audiences: [ "" ] } ] }',
      ['spec.jwtRules[0].audiences[0]: audience must be non-empty string'],
    ],
    [
      '{ jwtRules: [ { issuer: i, jwksUri: x } ] }',
      ['spec.jwtRules[0].jwksUri: url must have scheme http:// or https://'],
    ],
    [
      '{ jwtRules: [ { issuer: i, jwks_uri: ftp://a } ] }',
      ['spec.jwtRules[0].jwks_uri: url must have scheme http:// or https://'],
    ],
    [
      '{ jwtRules: [ { issuer: i, jwks: x } ] }',
      ['spec.jwtRules[0].jwks: jwks parse error: it is no JSON Web Key Set'],
    ],
    [
      '{ jwtRules: [ { issuer: i, jwks: \'{"keys":[{"kty":"oct","k":"AQAB"}]}\' } ] }',
      [
        'warning spec.jwtRules[0].jwks: jwks key at index 0 contains private key material; only public keys are used for verification',
      ],
    ],
    [
      '{ jwtRules: [ { issuer: i, fromHeaders: [ { name: "" } ] } ] }',
      [
        'spec.jwtRules[0].fromHeaders[0].name: location header name must be non-empty string',
      ],
    ],
    [
      '{ jwtRules: [ { issuer: i, fromParams: [ "" ] } ] }',
      [
        'spec.jwtRules[0].fromParams[0]: location query must be non-empty string',
      ],
    ],
    [
      '{ jwtRules: [ { issuer: i, fromCookies: [ "" ] } ] }',
      ['spec.jwtRules[0].fromCookies[0]: cookie name must be non-empty string'],
    ],
    [
      '{ jwtRules: [ { issuer: i, outputClaimToHeaders: [ { claim: a, header: "" } ] } ] }',
      [
        'spec.jwtRules[0].outputClaimToHeaders[0]: outputClaimToHeaders header and claim value must be non-empty string',
      ],
    ],
    [
      '{ jwtRules: [ { issuer: i, outputClaimToHeaders: [ { claim: a, header: x y } ] } ] }',
      [
        'spec.jwtRules[0].outputClaimToHeaders[0].header: header name x y is not a valid header name',
      ],
    ],
    [
      '{ jwtRules: [ { issuer: i, timeout: 0s } ] }',
      ['spec.jwtRules[0].timeout: duration must be greater than 1ms'],
    ],
    [
      '{ jwtRules: [ { issuer: i, timeout: x } ] }',
      [
        'spec.jwtRules[0].timeout: "x" is not a duration such as 1h30m, 5s or 100ms',
      ],
    ],
    ...ATTACHMENTS,
  ])('%s', (spec, expected) => {
    expect(said('RequestAuthentication', spec)).toEqual(expected);
  });

  it.each([
    '{}',
    '{ jwtRules: [ { jwksUri: https://a } ] }',
    '{ jwtRules: [ { issuer: i, audiences: [ a ] } ] }',
    '{ jwtRules: [ { issuer: i, jwksUri: https://a/b } ] }',
    '{ jwtRules: [ { issuer: i, jwks: \'{"keys":[]}\' } ] }',
    '{ jwtRules: [ { issuer: i, jwks: \'{"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB"}]}\' } ] }',
    '{ jwtRules: [ { issuer: i, jwks: \'{"kty":"RSA","n":"AQAB","e":"AQAB"}\' } ] }',
    '{ jwtRules: [ { issuer: i, fromHeaders: [ { name: a b } ] } ] }',
    '{ jwtRules: [ { issuer: i, outputClaimToHeaders: [ { claim: a, header: x_y } ] } ] }',
    '{ jwtRules: [ { issuer: i, timeout: 5s } ] }',
    '{ jwtRules: [ { issuer: i, jwksUri: http:// } ] }',
    '{ jwtRules: [ { issuer: i, jwksUri: https:a } ] }',
    '{ jwtRules: [ { issuer: i, jwksUri: HTTPS://a } ] }',
    '{ targetRefs: [ { group: core, kind: Service, name: x } ] }',
    '{ targetRefs: [ { group: gateway.networking.k8s.io, kind: Gateway, name: x } ] }',
    '{ targetRefs: [ { group: gateway.networking.k8s.io, kind: GatewayClass, name: x } ] }',
    '{ targetRefs: [ { group: networking.istio.io, kind: ServiceEntry, name: x } ] }',
    '{ targetRef: { kind: Service, name: x } }',
    '{ targetRefs: [] }',
  ])('nothing: %s', spec => {
    expect(said('RequestAuthentication', spec)).toEqual([]);
  });
});
