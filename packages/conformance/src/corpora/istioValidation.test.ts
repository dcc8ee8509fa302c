import { istioValidation } from './istioValidation';

const rule = (spec: object) => ({
  apiVersion: 'networking.istio.io/v1',
  kind: 'DestinationRule',
  metadata: { name: 'cart' },
  spec,
});

describe('istioValidation', () => {
  it.each<[string, object, boolean, string | undefined]>([
    ['nothing wrong', { host: 'cart' }, true, undefined],
    ['a rule of the schema', {}, false, 'spec.host'],
    ['a rule of istiod', { host: '-' }, false, 'domain name'],
    ['a field that is unknown', { host: 'cart', hots: 'x' }, false, 'hots'],
  ])('%s', (id, spec, valid, errorContains) => {
    expect(
      istioValidation.run(
        [{ id, valid, errorContains, object: rule(spec) }],
        () => '',
      ),
    ).toEqual([{ id, outcome: 'passed' }]);
  });
});
