import { parseFailureAccrual, parseLoadBias } from './failureAccrual';
import { parseRetry, parseTimeouts } from './trafficAnnotations';

const retry = (entries: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(entries).map(([key, value]) => [
      `retry.linkerd.io/${key}`,
      value,
    ]),
  );

describe('parseRetry', () => {
  it.each([
    [{}, undefined],
    [{ limit: '0' }, undefined],
    [{ timeout: '0s' }, undefined],
    [{ grpc: 'internal' }, undefined],
    [{ limit: '3' }, { limit: 3, on: [] }],
    [{ http: '5xx' }, { limit: 1, on: ['5xx'] }],
    [
      { http: 'Gateway-Error,404,500-502', limit: '2', timeout: '250ms' },
      { limit: 2, on: ['gateway-error', '404', '500-502'], timeoutMs: 250 },
    ],
  ])('reads %j', (entries, settings) => {
    const parsed = parseRetry(retry(entries), 'http');
    expect(parsed).toMatchObject({ settings });
  });

  it.each([
    ['http', { http: '5xx,404,5XX' }, ['5xx', '404', '5xx']],
    [
      'grpc',
      { grpc: 'internal,cancelled,Internal' },
      ['internal', 'cancelled'],
    ],
  ] as const)(
    'reads for %s %j, of which one is twice',
    (protocol, entries, on) => {
      const parsed = parseRetry(retry(entries), protocol);
      expect(parsed).toMatchObject({ settings: { on } });
    },
  );

  it.each([
    ['http', { http: '5xx, 404' }, 'http'],
    ['http', { http: '4xx' }, 'http'],
    ['http', { http: '600' }, 'http'],
    ['http', { http: '504-500' }, 'http'],
    ['http', { limit: 'many' }, 'limit'],
    ['http', { limit: '65536' }, 'limit'],
    ['http', { timeout: '1.5s' }, 'timeout'],
    ['grpc', { grpc: 'aborted' }, 'grpc'],
  ] as const)('refuses for %s %j', (protocol, entries, annotation) => {
    expect(parseRetry(retry(entries), protocol)).toEqual({
      annotation: `retry.linkerd.io/${annotation}`,
      error: expect.any(String),
    });
  });
});

describe('parseTimeouts', () => {
  it('reads those that are written', () => {
    expect(
      parseTimeouts({
        'timeout.linkerd.io/request': '1s',
        'timeout.linkerd.io/idle': '0',
      }),
    ).toEqual({ settings: { request: 1000, idle: 0 } });
    expect(parseTimeouts({})).toEqual({ settings: undefined });
  });

  it('names the one that is invalid', () => {
    expect(parseTimeouts({ 'timeout.linkerd.io/response': '-1s' })).toEqual({
      annotation: 'timeout.linkerd.io/response',
      error: 'a duration cannot be negative',
    });
  });
});

const accrual = (mode: string, entries: Record<string, string> = {}) => ({
  'balancer.linkerd.io/failure-accrual': mode,
  ...entries,
});
const CONSECUTIVE = 'balancer.linkerd.io/failure-accrual-consecutive';
const RATE = 'balancer.alpha.linkerd.io/failure-accrual-success-rate';

describe('parseFailureAccrual', () => {
  it.each([
    [{}, undefined],
    [{ [`${CONSECUTIVE}-max-failures`]: '3' }, undefined],
    [
      accrual('consecutive'),
      {
        mode: 'consecutive',
        maxFailures: 7,
        minPenaltyMs: 1_000,
        maxPenaltyMs: 60_000,
        jitterRatio: 0.5,
      },
    ],
    [
      accrual('consecutive', {
        [`${CONSECUTIVE}-max-failures`]: ' 3 ',
        [`${CONSECUTIVE}-min-penalty`]: '2s',
        [`${CONSECUTIVE}-max-penalty`]: '2s',
        [`${CONSECUTIVE}-jitter-ratio`]: '1.5',
        // Has no effect in this mode, valid or not.
        [`${RATE}-threshold`]: 'high',
      }),
      {
        mode: 'consecutive',
        maxFailures: 3,
        minPenaltyMs: 2_000,
        maxPenaltyMs: 2_000,
        jitterRatio: 1.5,
      },
    ],
    [
      accrual('unified', { [`${RATE}-threshold`]: '0.9' }),
      {
        mode: 'unified',
        maxFailures: 7,
        minPenaltyMs: 1_000,
        maxPenaltyMs: 60_000,
        jitterRatio: 0.5,
        successRate: { threshold: 0.9, windowMs: 10_000, minRequests: 5 },
      },
    ],
  ])('reads %j', (annotations, settings) => {
    expect(parseFailureAccrual(annotations)).toEqual({
      settings: settings && { ...settings, honorRetryAfter: false },
    });
  });

  it.each([
    [accrual('true'), 'balancer.linkerd.io/failure-accrual'],
    [
      accrual('consecutive', { [`${CONSECUTIVE}-max-failures`]: '-1' }),
      `${CONSECUTIVE}-max-failures`,
    ],
    [
      accrual('consecutive', { [`${CONSECUTIVE}-min-penalty`]: '2m' }),
      `${CONSECUTIVE}-min-penalty`,
    ],
    [
      accrual('consecutive', {
        [`${CONSECUTIVE}-min-penalty`]: '0',
        [`${CONSECUTIVE}-max-penalty`]: '0',
      }),
      `${CONSECUTIVE}-max-penalty`,
    ],
    [
      accrual('consecutive', { [`${CONSECUTIVE}-jitter-ratio`]: '101' }),
      `${CONSECUTIVE}-jitter-ratio`,
    ],
    [
      accrual('consecutive', { [`${CONSECUTIVE}-jitter-ratio`]: 'NaN' }),
      `${CONSECUTIVE}-jitter-ratio`,
    ],
    [accrual('unified', { [`${RATE}-threshold`]: '80' }), `${RATE}-threshold`],
    [accrual('unified', { [`${RATE}-window`]: '5ms' }), `${RATE}-window`],
    [
      accrual('unified', { [`${RATE}-min-requests`]: '1000001' }),
      `${RATE}-min-requests`,
    ],
  ])('voids %j', (annotations, annotation) => {
    expect(parseFailureAccrual(annotations)).toEqual({
      annotation,
      error: expect.any(String),
    });
  });

  it('asks less of the success rate where it is switched off', () => {
    expect(
      parseFailureAccrual(
        accrual('unified', {
          [`${RATE}-threshold`]: '0',
          [`${RATE}-window`]: '5ms',
        }),
      ),
    ).toMatchObject({ settings: { successRate: { threshold: 0 } } });
  });
});

describe('parseLoadBias', () => {
  const bias = 'balancer.alpha.linkerd.io/';
  it.each([
    [{}, { settings: undefined }],
    [{ [`${bias}penalize-failures`]: 'false' }, { settings: undefined }],
    [
      { [`${bias}penalize-failures`]: ' T ' },
      { settings: { penaltyMs: 5_000, maxRetryAfterMs: 300_000 } },
    ],
    [
      { [`${bias}penalize-failures`]: 'yes' },
      { annotation: `${bias}penalize-failures`, error: expect.any(String) },
    ],
    [
      {
        [`${bias}penalize-failures`]: '1',
        [`${bias}load-biaser-penalty`]: '50d',
      },
      { annotation: `${bias}load-biaser-penalty`, error: expect.any(String) },
    ],
  ])('reads %j', (annotations, parsed) => {
    expect(parseLoadBias(annotations)).toEqual(parsed);
  });
});
