import { istio } from '../__testUtils__/istio';
import { cart, front, Question, seen, walked } from './__testUtils__/walked';

const route = (more = '') =>
  istio(
    'VirtualService',
    'front',
    `{ hosts: [shop.example], gateways: [front], http: [{ ${more} route: [{ destination: { host: cart } }] }] }`,
  );
const accepts = (app: string, more = '') =>
  istio(
    'RequestAuthentication',
    app,
    `{ selector: { matchLabels: { app: ${app} } }, jwtRules: [{ issuer: login ${more} }] }`,
  );
const wanted =
  accepts('cart') +
  istio(
    'AuthorizationPolicy',
    'cart',
    '{ selector: { matchLabels: { app: cart } }, rules: [{ from: [{ source: { requestPrincipals: ["*"] } }] }] }',
  );
const asked: Question = {
  gateway: 'front',
  host: 'shop.example',
  jwt: { iss: 'login', sub: 'ann' },
};
const untold: Question = {
  ...asked,
  jwt: undefined,
  headers: { authorization: 'Bearer a.b.c' },
};
const preflight: Question = {
  ...asked,
  method: 'OPTIONS',
  headers: {
    origin: 'https://app.example',
    'access-control-request-method': 'PUT',
  },
};

describe('a token behind a gateway', () => {
  it.each<[string, string, Question, string]>([
    ['that has no rule for it', route(), asked, 'delivered'],
    [
      'that accepts it, and takes it out',
      route() + accepts('front'),
      asked,
      'denied 403',
    ],
    [
      'that accepts it, and is told to forward it',
      route() + accepts('front', ', forwardOriginalToken: true'),
      asked,
      'delivered',
    ],
    [
      'whose route takes the header out',
      route('headers: { request: { remove: [Authorization] } },'),
      asked,
      'denied 403',
    ],
    [
      'that takes out one that is not told, or refuses it',
      route() + accepts('front'),
      untold,
      'depends',
    ],
    [
      'whose rule does not read a preflight',
      route() + accepts('front'),
      preflight,
      'denied 403',
    ],
  ])('%s', (_, yaml, question, expected) => {
    expect(seen(front + cart + wanted + yaml, question)).toBe(expected);
  });

  it.each<[string, string, Question, string]>([
    ['makes of its claims', '', asked, 'delivered'],
    [
      'lets nobody send',
      '',
      { ...asked, jwt: undefined, headers: { 'x-user': 'ann' } },
      'denied 403',
    ],
    [
      'makes of its claims and routes by',
      'match: [{ headers: { x-user: { exact: ann } } }],',
      asked,
      'delivered',
    ],
    [
      'makes of others, by which it does not route',
      'match: [{ headers: { x-user: { exact: bob } } }],',
      asked,
      'no-route 404 NR',
    ],
  ])('knows a header that a gateway %s', (_, match, question, expected) => {
    const made = accepts(
      'front',
      ', outputClaimToHeaders: [{ header: x-user, claim: sub }]',
    );
    const ann = istio(
      'AuthorizationPolicy',
      'cart',
      '{ selector: { matchLabels: { app: cart } }, rules: [{ when: [{ key: "request.headers[x-user]", values: [ann] }] }] }',
    );
    expect(seen(front + cart + ann + made + route(match), question)).toBe(
      expected,
    );
  });

  it('says which rule takes it out', () => {
    const { steps } = walked(
      front + cart + wanted + route() + accepts('front'),
      asked,
    );
    expect(steps).toContainEqual(
      expect.objectContaining({
        step: 'authorization',
        result: 'ok',
        text: expect.stringContaining('no forwardOriginalToken'),
        reasons: [
          expect.objectContaining({
            object: expect.objectContaining({ name: 'front' }),
            field: 'spec.jwtRules[0]',
          }),
        ],
      }),
    );
  });
});
