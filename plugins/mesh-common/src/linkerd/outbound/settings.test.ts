import fc from 'fast-check';
import {
  Text,
  service,
  RouteOptions,
  route,
  grpc,
  policyHttp,
  ask,
  ruleOf,
} from './__testUtils__/policies';
import { OutboundPolicy } from './policy';
import { retriedStatuses } from './retryStatuses';

describe('settings', () => {
  const PARENT = {
    'timeout.linkerd.io/request': '5s',
    'timeout.linkerd.io/idle': '1m',
    'retry.linkerd.io/http': '5xx',
    'retry.linkerd.io/grpc': 'internal',
  };

  const of = (options: RouteOptions, make = route) => {
    const { timeouts, retry } = ruleOf(
      ask(service('cart', { annotations: PARENT }) + make('a', options)),
    );
    return {
      ...Object.fromEntries(
        Object.entries(timeouts).map(([name, { ms }]) => [name, ms]),
      ),
      retry: retry?.on,
      by: timeouts.request?.source.kind,
    };
  };

  it.each<[string, RouteOptions, object]>([
    [
      'those of the Service',
      {},
      { request: 5000, idle: 60000, retry: ['5xx'], by: 'Service' },
    ],
    [
      'timeouts of the route alone',
      { annotations: { 'timeout.linkerd.io/response': '1s' } },
      { response: 1000, retry: ['5xx'] },
    ],
    [
      'retries of the route alone',
      { annotations: { 'retry.linkerd.io/http': '429' } },
      { request: 5000, idle: 60000, retry: ['429'] },
    ],
    [
      'the timeout of the rule',
      { rules: '{ timeouts: { request: 2s } }' },
      { request: 2000, by: 'gateway.networking.k8s.io/HTTPRoute' },
    ],
    [
      'no timeout of the rule that is 0',
      { rules: '{ timeouts: { request: 0s } }' },
      { request: 5000, idle: 60000 },
    ],
    [
      'the annotation before the rule',
      {
        rules: '{ timeouts: { request: 2s } }',
        annotations: { 'timeout.linkerd.io/request': '3s' },
      },
      { request: 3000 },
    ],
  ])('are %s', (_, options, expected) => {
    expect(of(options)).toMatchObject(expected);
    expect(Object.keys(of(options)).sort()).toEqual(
      Object.keys({ retry: 0, by: 0, ...expected }).sort(),
    );
  });

  it.each([
    ['-2s', 2000],
    ['1m30s', 90000],
    ['-0s', 5000],
  ])('are %s of a rule without its sign', (text, request) => {
    const rules = `{ timeouts: { request: ${text} } }`;
    expect(of({ rules }, policyHttp)).toMatchObject({ request });
  });

  it('of gRPC are those for gRPC', () => {
    expect(of({}, grpc)).toMatchObject({ retry: ['internal'], request: 5000 });
  });

  it('apply to requests without a route', () => {
    const policy = ask(service('cart', { annotations: PARENT }));
    expect(policy?.defaultRoute?.rule).toMatchObject({
      timeouts: { request: { ms: 5000 } },
      retry: { on: ['5xx'], limit: 1 },
    });
  });

  it('of a sort are void if one is invalid, which is said', () => {
    const annotations = {
      ...PARENT,
      'timeout.linkerd.io/idle': '1.5s',
      'balancer.linkerd.io/failure-accrual': 'consecutive',
    };
    const policy = ask(service('cart', { annotations }));
    expect(policy?.defaultRoute?.rule.timeouts).toEqual({});
    expect(policy?.defaultRoute?.rule.retry).toBeDefined();
    expect(policy?.failureAccrual).toMatchObject({ maxFailures: 7 });
    expect(policy?.invalidSettings).toMatchObject([
      {
        group: 'timeouts',
        reason: { field: 'metadata.annotations.timeout.linkerd.io/idle' },
      },
    ]);
  });

  it.each<[string, Text, Partial<OutboundPolicy>]>([
    [
      'penalties',
      { 'balancer.alpha.linkerd.io/penalize-failures': 'true' },
      { loadBias: { penaltyMs: 5000, maxRetryAfterMs: 300000 } },
    ],
    ['no penalties', {}, {}],
  ])('of the balancer are %s', (_, annotations, expected) => {
    const policy = ask(service('cart', { annotations }));
    expect(policy?.loadBias).toEqual(expected.loadBias);
    const opaque = { ...annotations, 'config.linkerd.io/opaque-ports': '80' };
    expect(
      ask(service('cart', { annotations: opaque }))?.loadBias,
    ).toBeUndefined();
  });

  it('heed Retry-After in the mode unified only', () => {
    const of2 = (mode: string) =>
      ask(
        service('cart', {
          annotations: {
            'balancer.linkerd.io/failure-accrual': mode,
            'balancer.alpha.linkerd.io/failure-accrual-honor-retry-after':
              'true',
          },
        }),
      )?.failureAccrual?.honorRetryAfter;
    expect([of2('unified'), of2('consecutive')]).toEqual([true, false]);
  });

  it('name status codes', () => {
    expect(retriedStatuses(['5xx', 'gateway-error', '429', '401-403'])).toEqual(
      [
        [500, 599],
        [502, 504],
        [429, 429],
        [401, 403],
      ],
    );
  });
});

it('takes whatever stands in annotations', () => {
  const annotation = fc.constantFrom(
    'retry.linkerd.io/limit',
    'retry.linkerd.io/timeout',
    'retry.linkerd.io/http',
    'retry.linkerd.io/grpc',
    'timeout.linkerd.io/request',
    'balancer.linkerd.io/failure-accrual',
    'balancer.linkerd.io/failure-accrual-consecutive-jitter-ratio',
    'balancer.alpha.linkerd.io/failure-accrual-success-rate-window',
    'balancer.alpha.linkerd.io/penalize-failures',
    'config.linkerd.io/opaque-ports',
  );
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('unified', 'true', '1s', '5xx', '-1', '1e400', '80-', ','),
  );
  fc.assert(
    fc.property(fc.dictionary(annotation, text), annotations => {
      const policy = ask(service('cart', { annotations }));
      expect(policy?.defaultRoute).toBeDefined();
      for (const { reason } of policy?.invalidSettings ?? []) {
        expect(reason.field).toContain('metadata.annotations.');
      }
    }),
  );
});
