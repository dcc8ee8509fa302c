import { TokenAuthenticator } from './tokens';

const authenticator = TokenAuthenticator.create([
  { token: 'a', user: 'ann', groups: ['team'] },
  { token: 'b', user: 'bob', groups: [] },
]);

it('knows the user of a token', () => {
  expect(authenticator.authenticate('Bearer a')).toEqual({
    name: 'ann',
    groups: ['team', 'system:authenticated'],
  });
  expect(authenticator.authenticate('bearer b').name).toBe('bob');
});

it.each([undefined, '', 'Bearer', 'Bearer ', 'Bearer c', 'Basic a', 'a'])(
  'refuses %j',
  header => {
    expect(() => authenticator.authenticate(header)).toThrow('Unauthorized');
  },
);
