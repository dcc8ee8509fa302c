import fc from 'fast-check';
import { createMatcher } from '../../prometheus/promql/matcher';
import { windowOf } from '../../prometheus/promql/series';
import { pods, type Pod } from '../../world/coreKinds';
import type { Growth, SeriesRate } from '../rates';
import { SeriesStore } from './seriesStore';

const INTERVAL = 5_000;
const START = 1_700_000_000_000;
const LOOKBACK = 300_000;

function pod(uid: string, created = START - 3_600_000): Pod {
  const item = pods.read({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: uid,
      namespace: 'test',
      uid,
      creationTimestamp: new Date(created).toISOString(),
    },
    spec: { containers: [] },
  });
  if (!item) {
    throw new Error('not a pod');
  }
  return item;
}

function setUp() {
  let time = START;
  const store = SeriesStore.create({ now: () => time, interval: INTERVAL });
  const apply = (exporter: Pod, growth?: Growth, exists = [exporter]) =>
    store.apply(
      new Map<string, SeriesRate>(
        growth
          ? [
              [
                'key',
                {
                  labels: { __name__: 'requests', pod: exporter.name },
                  growth,
                  pod: exporter,
                  pace: 'a call',
                },
              ],
            ]
          : [],
      ),
      new Set(exists.map(({ uid }) => uid)),
    );
  const series = () => {
    const [found] = store.select([createMatcher('__name__', '=', 'requests')]);
    return found;
  };
  return {
    apply,
    series,
    store,
    advance(milliseconds: number) {
      time += milliseconds;
      return time;
    },
    now: () => time,
  };
}

const count = (rate: number): Growth => ({ type: 'count', rate });

it('has a past as long as the pod', () => {
  const { apply, series, now } = setUp();
  apply(pod('a'), count(10));
  const window = series().window(now() - 3_600_000, now());
  expect(window?.count).toBe(720);
  expect(series().window(now() - 7_200_000, now())?.count).toBe(721);
  expect(series().at(now() - 3_700_000, LOOKBACK)).toBeUndefined();
});

it('knows nothing of the future', () => {
  const { apply, series, now } = setUp();
  apply(pod('a'), count(10));
  expect(series().samples(now(), now() + 60_000)).toEqual([]);
  expect(series().at(now() + 60_000, LOOKBACK)?.time).toBeLessThanOrEqual(
    now(),
  );
});

it('follows a new rate from the moment of the change', () => {
  const { apply, series, advance, now } = setUp();
  const exporter = pod('a');
  apply(exporter, count(10));
  const change = now();
  apply(exporter, count(1_000));
  advance(INTERVAL);
  const [before, after] = series().samples(change - INTERVAL - 1, now());
  const growth = series().samples(change, now()).pop();
  expect(after.value - before.value).toBeGreaterThan(30);
  expect(after.value - before.value).toBeLessThan(70);
  expect((growth?.value ?? 0) - after.value).toBeGreaterThan(3_000);
});

it('stops where no traffic comes any more, and goes on when it comes again', () => {
  const { apply, series, advance, now } = setUp();
  const exporter = pod('a');
  apply(exporter, count(10));
  apply(exporter, undefined);
  const stopped = series().at(now(), LOOKBACK)?.value;
  advance(600_000);
  expect(series().at(now(), LOOKBACK)?.value).toBe(stopped);
  apply(exporter, count(10));
  advance(60_000);
  expect(series().at(now(), LOOKBACK)?.value).toBeGreaterThan(stopped ?? 0);
});

it('ends with its pod, and begins anew at zero with the next of that name', () => {
  const { apply, series, advance, now } = setUp();
  apply(pod('a'), count(10));
  const next = pod('a2', START);
  apply(next, undefined, [next]);
  const end = now();
  advance(60_000);
  expect(series().at(now(), LOOKBACK)).toBeUndefined();
  expect(series().at(end - 1, LOOKBACK)).toBeDefined();
  apply(next, count(10), [next]);
  advance(60_000);
  const value = series().at(now(), LOOKBACK)?.value ?? 0;
  expect(value).toBeGreaterThan(400);
  expect(value).toBeLessThan(800);
  expect(series().window(START - 60_000, now())?.resets).toBeGreaterThan(0);
});

it('lets a gauge go with what it measures', () => {
  const { apply, series, advance, now } = setUp();
  const exporter = pod('a');
  apply(exporter, { type: 'gauge', value: 3 });
  expect(series().at(now(), LOOKBACK)?.value).toBe(3);
  apply(exporter, undefined);
  advance(INTERVAL);
  expect(series().at(now(), LOOKBACK)).toBeUndefined();
});

it('counts the seconds down until a moment, and below zero after it', () => {
  const { apply, series, advance, now } = setUp();
  const exporter = pod('a');
  apply(exporter, { type: 'countdown', until: now() + 60_000 });
  expect(series().at(now(), LOOKBACK)?.value).toBe(60);
  advance(90_000);
  expect(series().at(now(), LOOKBACK)?.value).toBe(-30);
});

it('renews certificates', () => {
  const { apply, series, now } = setUp();
  const since = START - 100_000_000;
  apply(pod('a', since), { type: 'certificate', since });
  const end = (series().at(now(), LOOKBACK)?.value ?? 0) * 1_000;
  expect(end).toBeGreaterThan(now());
  expect(end).toBeLessThan(now() + 86_400_000);
});

describe('properties', () => {
  const steps = fc.array(
    fc.record({
      after: fc.integer({ min: 1, max: 200_000 }),
      rate: fc.option(fc.double({ min: 0, max: 500, noNaN: true })),
    }),
    { minLength: 1, maxLength: 12 },
  );

  /** A series after a history of changes. */
  function lived(history: { after: number; rate: number | null }[]) {
    const world = setUp();
    const exporter = pod('a');
    world.apply(exporter, count(1));
    for (const { after, rate } of history) {
      world.advance(after);
      world.apply(exporter, rate === null ? undefined : count(rate));
    }
    world.advance(60_000);
    return world;
  }

  it('never lets a counter decrease', () => {
    fc.assert(
      fc.property(steps, history => {
        const { series, now } = lived(history);
        const samples = series().samples(START - 600_000, now());
        for (let index = 1; index < samples.length; index++) {
          expect(samples[index].value).toBeGreaterThanOrEqual(
            samples[index - 1].value,
          );
          expect(samples[index].time - samples[index - 1].time).toBe(INTERVAL);
        }
      }),
    );
  });

  it('summarises a window as its samples would', () => {
    fc.assert(
      fc.property(
        steps,
        fc.nat(900_000),
        fc.nat(900_000),
        (history, ago, length) => {
          const { series, now } = lived(history);
          const to = now() - ago;
          expect(series().window(to - length, to)).toEqual(
            windowOf(series().samples(to - length, to)),
          );
        },
      ),
    );
  });

  it('answers a moment with the last sample before it', () => {
    fc.assert(
      fc.property(steps, fc.nat(900_000), (history, ago) => {
        const { series, now } = lived(history);
        const time = now() - ago;
        expect(series().at(time, LOOKBACK)).toEqual(
          series()
            .samples(time - LOOKBACK, time)
            .pop(),
        );
      }),
    );
  });
});
