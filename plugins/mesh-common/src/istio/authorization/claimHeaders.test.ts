import { claimHeaders } from './claimHeaders';

const rule = {
  outputClaimToHeaders: [
    { header: 'X-User', claim: 'sub' },
    { header: 'x-role', claim: 'access.role' },
    { header: 'x-groups', claim: 'groups' },
  ],
};
const remove = ['x-user', 'x-role', 'x-groups'];

it.each<[string, Record<string, unknown>, Record<string, string>]>([
  ['texts', { sub: 'ann' }, { 'x-user': 'ann' }],
  ['numbers', { sub: 7 }, { 'x-user': '7' }],
  ['truth values', { sub: false }, { 'x-user': 'false' }],
  ['claims in objects', { access: { role: 'admin' } }, { 'x-role': 'admin' }],
  ['lists', { groups: ['a', 'é'] }, { 'x-groups': 'WyJhIiwiw6kiXQ==' }],
  ['nothing', { sub: '', access: 'x', groups: null }, {}],
])('makes headers of %s', (_, claims, set) => {
  expect(claimHeaders([{ rule }], { rule, token: { claims } })).toEqual({
    remove,
    set,
  });
});

it('takes out what a client sends in their place', () => {
  expect(claimHeaders([{ rule }], undefined)).toEqual({ remove, set: {} });
});

it('leaves other headers alone', () => {
  expect(claimHeaders([{ rule: {} }], undefined)).toBeUndefined();
});
