import { WalkAnswer } from '../../contract/walk';
import { walkRequestSchema } from '../../contract/schemas/walk';
import { MESHES } from '../meshes';
import { assumedCourse, AssumedServer, TryRules } from './assumed';

type Limits = Pick<
  WalkAnswer,
  'timeoutMs' | 'responseTimeoutMs' | 'retries' | 'delay'
>;

function answer(
  limits: Limits,
  value: WalkAnswer['outcome']['value'] = 'delivered',
): WalkAnswer {
  return {
    request: walkRequestSchema.parse({
      from: { gateway: { namespace: 'shop', name: 'front' } },
      host: 'cart',
      port: 80,
    }),
    outcome: { value, reasons: [] },
    steps: [],
    branches: [],
    mirrors: [],
    summary: '',
    ...limits,
  };
}

function triesOf(mesh: string): TryRules {
  const found = MESHES.find(({ id }) => id === mesh)?.tries;
  if (!found) {
    throw new TypeError(`${mesh} has none`);
  }
  return found;
}

/** `outcome status flag, tries, milliseconds`. */
function course(
  mesh: string,
  limits: Limits,
  server: Partial<AssumedServer> = {},
): string | undefined {
  const found = assumedCourse(
    answer(limits),
    { latencyMs: 100, status: 200, ...server },
    triesOf(mesh),
  );
  return (
    found &&
    [
      found.outcome,
      found.status,
      ...(found.flag ? [found.flag] : []),
      `${found.tries}x`,
      found.afterMs,
    ].join(' ')
  );
}

const retries = (
  attempts: number,
  on: string[],
  perTryTimeoutMs?: number,
  codes: number[] = [],
) => ({
  retries: {
    attempts,
    on,
    codes,
    isDefault: false,
    ...(perTryTimeoutMs && { perTryTimeoutMs }),
  },
});

describe('assumedCourse', () => {
  const slow = { latencyMs: 3_000 };
  const ill = { status: 503 };

  it('counts very many tries without making them', () => {
    const most = 2 ** 31 - 1;
    expect(
      course('istio', retries(most, ['5xx']), { ...ill, latencyMs: 0 }),
    ).toBe(`delivered 503 ${most + 1}x 0`);
  });

  it.each<[string, Limits, Partial<AssumedServer>, string]>([
    ['nothing holds', {}, slow, 'delivered 200 1x 3000'],
    ['a timeout', { timeoutMs: 2_000 }, slow, 'timeout 504 UT 1x 2000'],
    ['in time', { timeoutMs: 2_000 }, {}, 'delivered 200 1x 100'],
    [
      'each try is late',
      retries(3, ['5xx'], 2_000),
      slow,
      'timeout 504 UT 4x 8000',
    ],
    [
      'late tries are not retried',
      retries(3, ['connect-failure'], 2_000),
      slow,
      'timeout 504 UT 1x 2000',
    ],
    [
      'the timeout ends the tries',
      { ...retries(3, ['reset'], 2_000), timeoutMs: 5_000 },
      slow,
      'timeout 504 UT 3x 5000',
    ],
    [
      '503 is none of the conditions',
      retries(2, ['connect-failure', 'retriable-status-codes']),
      ill,
      'delivered 503 1x 100',
    ],
    [
      'a code',
      retries(2, ['retriable-status-codes'], undefined, [503]),
      ill,
      'delivered 503 3x 300',
    ],
    [
      'gateway errors',
      retries(1, ['gateway-error']),
      ill,
      'delivered 503 2x 200',
    ],
    [
      'none of them',
      retries(1, ['gateway-error']),
      { status: 500 },
      'delivered 500 1x 100',
    ],
    [
      'a conflict',
      retries(1, ['retriable-4xx']),
      { status: 409 },
      'delivered 409 2x 200',
    ],
    [
      'an injected delay comes before the timeout',
      { timeoutMs: 2_000, delay: { ms: 10_000, percent: 100 } },
      {},
      'delivered 200 1x 10100',
    ],
  ])('in Istio: %s', (_, limits, server, expected) => {
    expect(course('istio', limits, server)).toBe(expected);
  });

  it.each<[string, Limits, Partial<AssumedServer>, string]>([
    [
      'the last try has time',
      retries(1, [], 1_000),
      slow,
      'delivered 200 2x 4000',
    ],
    [
      'until the timeout',
      { ...retries(1, [], 1_000), timeoutMs: 3_500 },
      slow,
      'timeout 504 2x 3500',
    ],
    [
      'a response that is late is not tried again',
      { ...retries(3, ['5xx']), responseTimeoutMs: 1_000 },
      slow,
      'timeout 504 1x 1000',
    ],
    [
      'that of the last try is cut',
      { ...retries(1, [], 500), responseTimeoutMs: 1_000 },
      slow,
      'timeout 504 2x 1500',
    ],
    [
      'each try has its time',
      { ...retries(2, ['5xx']), responseTimeoutMs: 150 },
      ill,
      'delivered 503 3x 300',
    ],
    ['a range', retries(1, ['500-503']), ill, 'delivered 503 2x 200'],
    ['another code', retries(1, ['502']), ill, 'delivered 503 1x 100'],
  ])('in Linkerd: %s', (_, limits, server, expected) => {
    expect(course('linkerd', limits, server)).toBe(expected);
  });

  it('says nothing of what comes to no application', () => {
    expect(
      assumedCourse(
        answer({ timeoutMs: 1 }, 'denied'),
        { latencyMs: 5, status: 200 },
        triesOf('istio'),
      ),
    ).toBeUndefined();
  });
});
