import { createTestWorld, definition } from '../world/testWorld';
import { callHops } from './callHops';
import { mergeSources } from './api';
import type { CallHops, Hop } from './hop';
import type { Span, Trace } from './span';
import { RETENTION, TraceModel } from './traceModel';
import { pods } from '../world/coreKinds';

const START = Date.UTC(2026, 0, 1);
const MINUTE = 60_000;

const WORLD = `
apiVersion: v1
kind: Namespace
metadata: { name: shop }
---
${['edge', 'page', 'reviews']
  .map(
    name => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: shop }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: app, image: app }] }
`,
  )
  .join('---\n')}`;

const world = createTestWorld(WORLD);

function podOf(app: string) {
  const pod = pods.list(world.store).find(({ labels }) => labels.app === app);
  if (!pod) {
    throw new Error(`no pod of ${app}`);
  }
  return pod;
}

function call(
  from: string,
  to: string,
  rate: number,
  overrides: Partial<Hop> = {},
): CallHops {
  const reporter = { service: `${from}.shop`, attributes: {} };
  return {
    key: `${from} ${to}`,
    from: { namespace: 'shop', deployment: from },
    sampled: 0.5,
    hops: [
      {
        request: {
          protocol: 'http',
          host: to,
          port: 80,
          method: 'GET',
          path: `/${to}`,
          headers: {},
          rate,
        },
        rate,
        client: podOf(from),
        server: podOf(to),
        status: 200,
        latency: { p50: 5, p99: 20 },
        rings: [
          {
            reporter,
            pod: podOf(from),
            name: to,
            kind: 'client',
            failed: false,
            attributes: { to },
          },
        ],
        ...overrides,
      },
    ],
  };
}

const CALLS = [call('edge', 'page', 0.1), call('page', 'reviews', 0.2)];

function make(calls = CALLS) {
  let time = START;
  const model = TraceModel.create({
    cluster: 'east',
    now: () => time,
    offsetOf: () => 0,
  });
  model.apply(calls);
  return {
    model,
    all: () => [...model.between(0, Infinity)],
    pass(milliseconds: number) {
      time += milliseconds;
    },
  };
}

function isWithin(child: Span, parent: Span): boolean {
  return (
    child.start >= parent.start &&
    child.start + child.duration <= parent.start + parent.duration
  );
}

describe('TraceModel', () => {
  it('samples as often as it is told', () => {
    const { all } = make();
    const expected = (RETENTION / 1_000) * 0.1 * 0.5;
    expect(Math.abs(all().length - expected)).toBeLessThan(3);
  });

  it('gives the youngest first, and each by its id', () => {
    const { model, all } = make();
    const traces = all().slice(0, 50);
    const starts = traces.map(({ spans }) => spans[spans.length - 1].start);
    expect(starts).toEqual([...starts].sort((a, b) => b - a));
    for (const trace of traces) {
      expect(model.get(trace.id)).toEqual(trace);
    }
    expect(new Set(traces.map(({ id }) => id)).size).toBe(traces.length);
    expect(model.get('0'.repeat(32))).toBeUndefined();
    expect(model.get(traces[0].id.replace(/.$/, 'x'))).toBeUndefined();
  });

  it('calls as often as the traffic does, within what called', () => {
    const traces = make().all();
    const inner = traces.map(
      ({ spans }) => spans.filter(({ name }) => name === 'reviews').length,
    );
    // Two requests to reviews for each to page.
    expect(inner.reduce((sum, count) => sum + count, 0)).toBe(
      2 * traces.length,
    );
    for (const { spans } of traces) {
      const byId = new Map(spans.map(span => [span.id, span]));
      const roots = spans.filter(({ parentId }) => parentId === undefined);
      expect(roots.map(({ name }) => name)).toEqual(['page']);
      for (const span of spans) {
        const parent = byId.get(span.parentId ?? '');
        expect(!parent || isWithin(span, parent)).toBe(true);
      }
    }
  });

  it('is the same whenever it is asked, also when the traffic changed since', () => {
    const { model, all, pass } = make();
    const before = all();
    pass(10 * MINUTE);
    model.apply([call('edge', 'reviews', 0.1)]);
    pass(10 * MINUTE);
    const known = new Map(all().map(trace => [trace.id, trace]));
    const kept = before.filter(({ id }) => known.has(id));
    expect(kept.length).toBeGreaterThan(before.length * 0.9);
    expect(kept.map(({ id }) => known.get(id))).toEqual(kept);
    const names = (traces: Iterable<Trace>) =>
      new Set([...traces].flatMap(({ spans }) => spans.map(s => s.name)));
    expect(names(model.between(START, START + 10 * MINUTE - 1))).toEqual(
      new Set(['page', 'reviews']),
    );
    expect(names(model.between(START + 10 * MINUTE, Infinity))).toEqual(
      new Set(['reviews']),
    );
  });

  it('knows a trace when its last span has ended', () => {
    const slow = call('edge', 'page', 1, {
      latency: { p50: 30_000, p99: 30_001 },
    });
    const { all, pass } = make([slow]);
    const running = START - 20_000;
    const isRunning = (trace: Trace) =>
      trace.spans[0].start > running * 1_000 &&
      trace.spans[0].start < START * 1_000;
    expect(all().filter(isRunning)).toEqual([]);
    pass(MINUTE);
    expect(all().filter(isRunning)).not.toEqual([]);
  });

  it('forgets what is older than it keeps', () => {
    const { model, all, pass } = make();
    const oldest = all().at(-1);
    pass(RETENTION);
    expect(model.get(oldest?.id ?? '')).toBeUndefined();
  });

  it('has no trace where nothing reports spans', () => {
    expect(make([call('edge', 'page', 1, { rings: [] })]).all()).toEqual([]);
  });

  it('is merged with others by age', () => {
    const { model } = make();
    const other = TraceModel.create({
      cluster: 'west',
      now: () => START,
      offsetOf: () => 0,
    });
    other.apply(CALLS);
    const merged = [...mergeSources([model, other]).between(0, Infinity)];
    const starts = merged.map(({ spans }) =>
      Math.min(...spans.map(({ start }) => start)),
    );
    expect(starts).toEqual([...starts].sort((a, b) => b - a));
    expect(merged.length).toBe(
      [model, other].flatMap(one => [...one.between(0, Infinity)]).length,
    );
  });
});

describe('callHops', () => {
  it.each([
    ['with the provider that it names', 'jaeger', 25, 0.25],
    ['with a provider that the mesh does not have', 'other', 25, 0],
  ])('samples by the Telemetry %s', (_, provider, percentage, sampled) => {
    const mesh = createTestWorld(`${definition(
      'telemetry.istio.io',
      'Telemetry',
      'telemetries',
    )}
apiVersion: v1
kind: Namespace
metadata: { name: istio-system }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: istio, namespace: istio-system }
data:
  mesh: |
    extensionProviders: [{ name: jaeger, opentelemetry: { service: jaeger, port: 4317 } }]
---
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: { name: default, namespace: istio-system }
spec:
  tracing: [{ providers: [{ name: ${provider} }], randomSamplingPercentage: ${percentage} }]
`);
    const client = podOf('edge');
    const [hops] = callHops(mesh.store, 'east', {
      mesh: 'istio',
      calls: [
        {
          call: {
            from: { namespace: 'shop', deployment: 'edge' },
            to: 'http://page',
            rate: 1,
            requests: [],
          },
          flows: [
            {
              request: CALLS[0].hops[0].request,
              rate: 1,
              pace: '',
              client,
              wire: 'plaintext',
              outcome: {
                by: 'client',
                code: 503,
                flags: 'UH',
                clusterKnown: true,
              },
              latency: { p50: 1, p99: 2 },
            },
          ],
        },
      ],
    });
    expect(hops.sampled).toBe(sampled);
  });
});
