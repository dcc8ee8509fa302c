import { parse } from 'yaml';
import { clusterOf } from '../../__testUtils__/cluster';
import { service } from '../__testUtils__/istio';
import { SourceRule } from '../routing/source';
import { takenRule } from './takenRule';

const [root, leaf] = ['root', 'leaf'].map(name => {
  const object = clusterOf(service(name)).get('Service', 'shop', name);
  if (!object) {
    throw new TypeError(`There is no Service ${name}`);
  }
  return object;
});

const KIND = 'networking.istio.io/VirtualService';

describe('takenRule', () => {
  it.each([
    ['{}', '{}', undefined],
    ['{ name: main }', '{}', 'main'],
    ['{ name: main }', '{ name: fast }', 'main.fast'],
    ['{}', '{ name: fast }', '.fast'],
  ])('names route %s with match %s: %s', (http, match, route) => {
    const rule: SourceRule = {
      http: parse(http),
      written: { kind: KIND, object: leaf, field: 'spec.http[3]' },
    };
    expect(takenRule(rule, parse(match))).toEqual({
      kind: KIND,
      object: leaf,
      field: 'spec.http[3]',
      rule: 3,
      ...(route && { route }),
    });
  });

  it('names the rule that hands over to a delegate', () => {
    expect(
      takenRule(
        {
          http: {},
          written: { kind: KIND, object: leaf, field: 'spec.http[0]' },
          delegatedBy: { kind: KIND, object: root, field: 'spec.http[2]' },
        },
        {},
      ),
    ).toMatchObject({ object: root, field: 'spec.http[2]', rule: 2 });
  });
});
