import { istio } from '../__testUtils__/istio';
import { cart, Question, walked, web } from './__testUtils__/walked';

const objects =
  web +
  cart +
  istio(
    'RequestAuthentication',
    'tokens',
    '{ jwtRules: [{ issuer: "https://own.example", audiences: [cart] }] }',
  );

describe('tokens of a request', () => {
  it.each<[string, Question, object]>([
    [
      'for the service',
      { jwt: { iss: 'https://own.example', aud: 'cart' } },
      { outcome: { value: 'delivered' } },
    ],
    [
      'for another one',
      { jwt: { iss: 'https://own.example', aud: 'other' } },
      { outcome: { value: 'denied' }, status: 403 },
    ],
    [
      'of another issuer',
      { jwt: { iss: 'https://other.example', aud: 'cart' } },
      { outcome: { value: 'denied' }, status: 401 },
    ],
    [
      'what is no token',
      { headers: { authorization: 'Bearer nothing' } },
      { outcome: { value: 'denied' }, status: 401 },
    ],
    [
      'whose claims are not told',
      { headers: { authorization: 'Bearer a.b.c' } },
      { outcome: { value: 'depends' } },
    ],
    [
      'of another issuer, with a CORS preflight',
      {
        method: 'OPTIONS',
        jwt: { iss: 'https://other.example' },
        headers: {
          Origin: 'https://app.example',
          'Access-Control-Request-Method': 'PUT',
        },
      },
      { outcome: { value: 'delivered' } },
    ],
    [
      'of another issuer, with OPTIONS that is no preflight',
      { method: 'OPTIONS', jwt: { iss: 'https://other.example' } },
      { outcome: { value: 'denied' }, status: 401 },
    ],
    [
      'a password',
      { headers: { authorization: 'Basic dXNlcjpwYXNz' } },
      { outcome: { value: 'delivered' } },
    ],
  ])('%s', (_, question, expected) => {
    expect(walked(objects, question)).toMatchObject(expected);
  });
});
