import { ATTACHMENTS, said } from './__testUtils__/refusals';

/** As istiod itself answers (1.31, server-side dry run). */
describe('what istiod says of a Telemetry', () => {
  it.each<[string, string[]]>([
    ...ATTACHMENTS,
    [
      '{ metrics: [ { providers: [ {} ] } ] }',
      ['spec.metrics[0].providers[0].name: providers.name may not be empty'],
    ],
    [
      '{ metrics: [ { overrides: [ { match: { customMetric: "" } } ] } ] }',
      [
        'spec.metrics[0].overrides[0].match.customMetric: customMetric may not be empty',
      ],
    ],
    [
      '{ metrics: [ { overrides: [ { tagOverrides: { a: {} } } ] } ] }',
      [
        'spec.metrics[0].overrides[0].tagOverrides.a.value: tagOverrides.value must be set when operation is UPSERT',
      ],
    ],
    [
      '{ metrics: [ { overrides: [ { tagOverrides: { a: { operation: REMOVE, value: x } } } ] } ] }',
      [
        'spec.metrics[0].overrides[0].tagOverrides.a.value: tagOverrides.value may only be set when operation is UPSERT',
      ],
    ],
    [
      '{ metrics: [ { overrides: [ { tagOverrides: { "": { value: x } } } ] } ] }',
      [
        'warning spec.metrics[0].overrides[0].tagOverrides.: tagOverrides.name may not be empty',
      ],
    ],
    [
      '{ tracing: [ {}, {} ] }',
      ['warning spec.tracing: multiple tracing is not currently supported'],
    ],
    [
      '{ tracing: [ { providers: [ { name: a }, { name: b } ] } ] }',
      [
        'warning spec.tracing[0].providers: multiple providers is not currently supported',
      ],
    ],
    [
      '{ tracing: [ { randomSamplingPercentage: 101 } ] }',
      [
        'spec.tracing[0].randomSamplingPercentage: randomSamplingPercentage must be in range [0.0, 100.0]',
      ],
    ],
    [
      '{ tracing: [ { customTags: { a: { literal: {} } } } ] }',
      [
        'spec.tracing[0].customTags.a.literal.value: literal tag value may not be empty',
      ],
    ],
    [
      '{ tracing: [ { customTags: { a: { header: { name: "" } } } } ] }',
      [
        'spec.tracing[0].customTags.a.header.name: header tag name may not be empty',
      ],
    ],
    [
      '{ tracing: [ { customTags: { a: { environment: {} } } } ] }',
      [
        'spec.tracing[0].customTags.a.environment.name: environment tag name may not be empty',
      ],
    ],
    [
      '{ tracing: [ { customTags: { "": { literal: { value: x } } } } ] }',
      ['spec.tracing[0].customTags.: tag name may not be empty'],
    ],
    [
      '{ accessLogging: [ { filter: { expression: "" } } ] }',
      [
        'spec.accessLogging[0].filter.expression: must be a valid CEL expression: it is empty',
      ],
    ],
    [
      '{ accessLogging: [ { providers: [ { name: "" } ] } ] }',
      [
        'spec.accessLogging[0].providers[0].name: providers.name may not be empty',
      ],
    ],
  ])('%s', (spec, expected) => {
    expect(said('Telemetry', spec)).toEqual(expected);
  });

  it.each([
    '{ targetRefs: [ { group: core, kind: Service, name: x } ] }',
    '{ targetRefs: [ { group: gateway.networking.k8s.io, kind: Gateway, name: x } ] }',
    '{ targetRefs: [ { group: gateway.networking.k8s.io, kind: GatewayClass, name: x } ] }',
    '{ targetRefs: [ { group: networking.istio.io, kind: ServiceEntry, name: x } ] }',
    '{ targetRef: { kind: Service, name: x } }',
    '{ targetRefs: [] }',
    '{}',
    '{ metrics: [ {} ] }',
    '{ metrics: [ { providers: [ { name: a } ] } ] }',
    '{ metrics: [ { overrides: [ {} ] } ] }',
    '{ metrics: [ { overrides: [ { match: {} } ] } ] }',
    '{ metrics: [ { overrides: [ { tagOverrides: { a: { value: x } } } ] } ] }',
    '{ metrics: [ { overrides: [ { tagOverrides: { a: { operation: REMOVE } } } ] } ] }',
    '{ metrics: [ { reportingInterval: 5s } ] }',
    '{ tracing: [ { randomSamplingPercentage: 0.5 } ] }',
    '{ tracing: [ { customTags: { a: {} } } ] }',
    '{ accessLogging: [ { filter: { expression: response.code >= 400 } } ] }',
    '{ accessLogging: [ { filter: { expression: "has(request.x) && a.b[\'c\'] in [1,2]" } } ] }',
  ])('nothing: %s', spec => {
    expect(said('Telemetry', spec)).toEqual([]);
  });
});
