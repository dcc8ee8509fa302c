import { parse } from 'yaml';
import { Token } from '../../mesh/whoMayCall/facts';
import { JwtRule } from './tokenRule';
import { tokensPassedOn } from './tokensPassedOn';

const own: Token = { claims: { iss: 'own' } };

it.each<[string, string, Token[], number, number | undefined]>([
  ['without rules', '[]', [own], 1, undefined],
  ['an accepted one', '[{ issuer: own }]', [own], 0, 0],
  [
    'an accepted one that is to be forwarded',
    '[{ issuer: own, forwardOriginalToken: true }]',
    [own],
    1,
    undefined,
  ],
  ['one of another issuer', '[{ issuer: other }]', [own], 1, undefined],
  [
    'one that the rule does not read',
    '[{ issuer: own, fromHeaders: [{ name: x-token }] }]',
    [own],
    1,
    undefined,
  ],
  [
    'one that the second rule accepts',
    '[{ issuer: other, forwardOriginalToken: true }, { issuer: own }]',
    [own],
    0,
    1,
  ],
])('passes on %s', (_, yaml, tokens, left, taker) => {
  const written: JwtRule[] = parse(yaml);
  const rules = written.map((rule, index) => ({ rule, index }));
  const passed = tokensPassedOn(rules, tokens);
  expect(passed.tokens.length).toBe(left);
  expect(passed.takenBy?.index).toBe(taker);
});
