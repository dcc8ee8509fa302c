import {
  allow,
  CART,
  DENY,
  route,
  service,
  walked,
  WEB,
} from './__testUtils__/walked';

const GRPC = { headers: { 'Content-Type': 'application/grpc+proto' } };
const nobody = '{ backendRefs: [{ name: nobody, port: 80 }] }';
const grpcRoute = (rules: string) =>
  route(rules).replace('kind: HTTPRoute', 'kind: GRPCRoute');

describe('a request of gRPC that the mesh refuses', () => {
  it.each<[string, string, number, string]>([
    [
      'for nobody lets it in',
      CART + DENY + allow('other'),
      7,
      'grpc-status 7 (PERMISSION_DENIED) by the proxy of the server',
    ],
    [
      'for no route takes it',
      CART + route('{ matches: [{ path: { value: /none } }] }'),
      5,
      'grpc-status 5 (NOT_FOUND): with routes',
    ],
    [
      'for nobody is there',
      service('cart'),
      14,
      'grpc-status 14 (UNAVAILABLE): ',
    ],
    [
      'for the backend of an HTTPRoute is missing',
      CART + route(nobody),
      9,
      'grpc-status 9 (FAILED_PRECONDITION): ',
    ],
    [
      'for the backend of a GRPCRoute is missing',
      CART + grpcRoute(nobody),
      2,
      'grpc-status 2 (UNKNOWN): ',
    ],
  ])('%s', (_, yaml, grpcStatus, words) => {
    const answer = walked(WEB + yaml, GRPC);
    expect(answer).toMatchObject({ status: 200, grpcStatus });
    expect(answer.summary).toContain(words);
    expect(answer.summary).not.toMatch(/\b[45]\d\d\b/);
  });

  it('is answered in HTTP where it is none', () => {
    const answer = walked(WEB + CART + DENY + allow('other'), {
      headers: { 'content-type': 'application/grpc-web' },
    });
    expect(answer.status).toBe(403);
    expect(answer.grpcStatus).toBeUndefined();
  });

  it('is answered by the application where it gets there', () => {
    const { outcome, status, grpcStatus } = walked(WEB + CART, GRPC);
    expect([outcome.value, status, grpcStatus]).toEqual([
      'delivered',
      undefined,
      undefined,
    ]);
  });
});
