import { binomialTail } from './binomial';
import { Alternative } from './prediction';
import { echoOf, identitySeen, Received } from './sending';

/**
 * A share is taken as different where so few, or so many, requests would come to a destination less often than once
 * in so many runs.
 */
export const CONFIDENCE = 1 - 1e-4;

/** What came back differs from what was predicted, each in a sentence; empty: it is equal. */
export function differences(
  predicted: readonly Alternative[] | undefined,
  received: readonly Received[],
): string[] {
  if (!predicted) {
    return [`nothing is predicted, and ${shown(received[0])} came back`];
  }
  const alternatives = merged(predicted);
  const counts = alternatives.map(() => 0);
  const wrong: string[] = [];
  for (const one of received) {
    const each = alternatives.map(alternative => oneDiffers(alternative, one));
    const found = each.findIndex(({ length }) => length === 0);
    if (found >= 0) {
      counts[found]++;
    } else {
      wrong.push(each.map(texts => texts.join(' and ')).join('; or: '));
    }
  }
  return [...new Set(wrong), ...shares(alternatives, counts, received.length)];
}

/** Destinations that cannot be told apart count as one. */
function merged(alternatives: readonly Alternative[]): Alternative[] {
  const byExpectation = new Map<string, Alternative>();
  for (const alternative of alternatives) {
    const { percent, ...rest } = alternative;
    const key = JSON.stringify(rest);
    const sum = (byExpectation.get(key)?.percent ?? 0) + percent;
    byExpectation.set(key, { ...alternative, percent: sum });
  }
  return [...byExpectation.values()];
}

function shares(
  alternatives: readonly Alternative[],
  counts: readonly number[],
  total: number,
): string[] {
  return alternatives.flatMap(({ percent, pods }, index) =>
    binomialTail(total, percent / 100, counts[index]) < (1 - CONFIDENCE) / 2
      ? [
          `${counts[index]} of ${total} requests came to ${
            pods?.join(' or ') ?? 'an alternative'
          }, and ${percent} % are predicted`,
        ]
      : [],
  );
}

function oneDiffers(expected: Alternative, received: Received): string[] {
  const echo = echoOf(received);
  const { by, status, pods, identity, path, authority } = expected;
  const differ = (what: string, wanted: unknown, seen: unknown) =>
    wanted === undefined || wanted === seen
      ? []
      : [`${what} is ${seen}, predicted ${wanted}`];
  const answered = echo ? 'application' : 'mesh';
  if (by !== 'either' && by !== answered) {
    return [
      `${shown(received)} came from the ${answered}, predicted ${
        status === undefined ? 'an answer' : status
      } from the ${by}`,
    ];
  }
  return [
    ...(received.error?.startsWith('timeout')
      ? ['no answer came in time']
      : []),
    ...differ('the status', status, received.status),
    ...differ('location', expected.location, received.headers.location),
    ...(expected.seconds !== undefined && received.seconds < expected.seconds
      ? [`it took ${received.seconds} s, predicted ${expected.seconds} s`]
      : []),
    ...(echo
      ? [
          ...(pods && !pods.includes(echo.pod)
            ? [`${echo.pod} answered, predicted ${pods.join(' or ')}`]
            : []),
          ...differ('the identity', identity, identitySeen(echo) ?? null),
          ...differ('the path', path, echo.path),
          ...differ('the authority', authority, echo.authority),
          ...Object.entries(expected.headers ?? {}).flatMap(([name, value]) =>
            differ(`the header ${name}`, value, echo.headers[name] ?? null),
          ),
        ]
      : []),
  ];
}

/** What came back, in a few words. */
export function shown(received: Received | undefined): string {
  if (!received) {
    return 'nothing';
  }
  const { status, error, body } = received;
  const echo = echoOf(received);
  return echo
    ? `${status} of ${echo.pod}`
    : `${status ?? 'a closed connection'} (${error ?? body.slice(0, 80)})`;
}
