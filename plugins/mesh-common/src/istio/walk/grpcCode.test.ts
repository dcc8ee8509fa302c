import { istio, service } from '../__testUtils__/istio';
import { cart, denyShop, walked, web } from './__testUtils__/walked';

const GRPC = { headers: { 'content-type': 'application/grpc' } };
const virtualService = (http: string) =>
  istio('VirtualService', 'cart', `{ hosts: [cart], http: [${http}] }`);

describe('a request of gRPC that a proxy of Istio refuses', () => {
  it.each<[string, string, number, string]>([
    [
      'for a policy denies it',
      cart + denyShop,
      7,
      'grpc-status 7 (PERMISSION_DENIED)',
    ],
    [
      'for no route takes it',
      cart +
        virtualService(
          '{ match: [{ uri: { prefix: /v1 } }], route: [{ destination: { host: cart } }] }',
        ),
      12,
      'grpc-status 12 (UNIMPLEMENTED)',
    ],
    [
      'for a fault is injected',
      cart +
        virtualService(
          '{ fault: { abort: { httpStatus: 429, percentage: { value: 100 } } }, route: [{ destination: { host: cart } }] }',
        ),
      14,
      'answered grpc-status 14 (UNAVAILABLE)',
    ],
    [
      'for a route answers by itself',
      cart + virtualService('{ directResponse: { status: 503 } }'),
      14,
      'answers grpc-status 14 (UNAVAILABLE) itself',
    ],
    [
      'for the destination is not there',
      cart + virtualService('{ route: [{ destination: { host: missing } }] }'),
      14,
      'grpc-status 14 (UNAVAILABLE)',
    ],
    [
      'for no endpoint is there',
      service('cart'),
      14,
      'grpc-status 14 (UNAVAILABLE)',
    ],
  ])('%s', (_, yaml, grpcStatus, words) => {
    const answer = walked(web + yaml, GRPC);
    expect(answer).toMatchObject({ status: 200, grpcStatus });
    expect(answer.summary).toContain(words);
    // Statuses are found in sentences by their wording: a sentence of another wording would keep that of HTTP.
    expect(
      [answer, ...answer.branches]
        .flatMap(({ steps }) => steps.map(({ text }) => text))
        .concat(answer.summary)
        .filter(text => /\b[45]\d\d\b/.test(text)),
    ).toEqual([]);
  });

  it('is answered in HTTP where it is none', () => {
    expect(walked(web + cart + denyShop).status).toBe(403);
  });
});
