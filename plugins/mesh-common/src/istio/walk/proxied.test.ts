import { istio } from '../__testUtils__/istio';
import { cart, walked, web } from './__testUtils__/walked';

function routed(rule: string) {
  return walked(
    web +
      cart +
      istio(
        'VirtualService',
        'cart',
        `{ hosts: [cart], http: [{ ${rule}, route: [{ destination: { host: cart } }] }] }`,
      ),
  );
}

describe('what a rule does with a request that it sends on', () => {
  it('says the retries that are written, and those that are not', () => {
    expect(
      routed('retries: { attempts: 3, perTryTimeout: 2s, retryOn: "5xx,503" }')
        .retries,
    ).toEqual({
      attempts: 3,
      perTryTimeoutMs: 2000,
      on: ['5xx', 'retriable-status-codes'],
      codes: [503],
      isDefault: false,
    });
    expect(routed('timeout: 1s').retries).toMatchObject({
      attempts: 2,
      isDefault: true,
    });
    expect(routed('retries: { attempts: 0 }').retries).toBeUndefined();
  });

  it('says where retries go, unless a hash picks the endpoint', () => {
    const said = (yaml: string) =>
      walked(web + cart + yaml)
        .branches.flatMap(({ steps }) => steps)
        .find(({ step }) => step === 'resilience')?.text;
    const hash = istio(
      'DestinationRule',
      'cart',
      '{ host: cart, trafficPolicy: { loadBalancer: { consistentHash: { useSourceIp: true } } } }',
    );
    expect(said('')).toContain(
      'a retry goes to another endpoint where there is one',
    );
    expect(said(hash)).toContain('a retry goes to the same endpoint again');
    const written = istio(
      'VirtualService',
      'cart',
      '{ hosts: [cart], http: [{ retries: { attempts: 1, retryIgnorePreviousHosts: true }, route: [{ destination: { host: cart } }] }] }',
    );
    expect(said(hash + written)).toContain('another endpoint');
  });

  it('says which share is aborted, and leaves open what comes of a request', () => {
    expect(
      routed(
        'fault: { abort: { httpStatus: 418, percentage: { value: 25 } } }',
      ),
    ).toMatchObject({
      outcome: { value: 'depends' },
      abort: { status: 418, percent: 25 },
    });
  });

  it('says which headers are changed', () => {
    expect(
      routed('headers: { request: { set: { x-by: route }, remove: [x-old] } }')
        .requestHeaders,
    ).toEqual({ set: { 'x-by': 'route' }, remove: ['x-old'] });
  });
});
