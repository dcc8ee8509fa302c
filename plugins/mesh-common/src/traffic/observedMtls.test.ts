import fc from 'fast-check';
import { Answer } from '../contract/common';
import { ObservedTraffic, Verdict, WorkloadMtls } from '../contract/mtls';
import { verdictSchema } from '../contract/schemas/mtls';
import { isBetter } from '../mesh/verdict';
import { observedWorkload, sumTraffic } from './observedMtls';
import { InboundTraffic } from './query';

const workload = {
  cluster: 'east',
  namespace: 'shop',
  kind: 'Deployment',
  name: 'reviews',
};

function verdictOf(value: Verdict): Answer<Verdict> {
  return { value, reasons: [{ rule: 'test', text: value }] };
}

function configured(
  verdict: Verdict,
  ports: [number, Verdict][] = [],
): WorkloadMtls {
  return {
    workload,
    enrolment: {
      value: verdict === 'not-in-mesh' ? 'none' : 'sidecar',
      reasons: [],
      pods: { total: 1, ready: 1, inMesh: 1 },
    },
    ports: ports.map(([port, value]) => ({
      port,
      protocol: 'http',
      services: [],
      accepts: { value: 'mtls-only', reasons: [] },
      verdict: verdictOf(value),
    })),
    clients: [],
    hiddenClients: 0,
    verdict: verdictOf(verdict),
  };
}

const traffic = (
  unit: ObservedTraffic['unit'],
  mtls: number,
  plaintext: number,
  unknown = 0,
): ObservedTraffic => ({ unit, mtls, plaintext, unknown });

function inbound(
  level: InboundTraffic['level'],
  ...callers: InboundTraffic['callers']
): InboundTraffic {
  return { workload, level, callers };
}

describe('sumTraffic', () => {
  it.each<[string, ObservedTraffic[], ObservedTraffic | undefined]>([
    ['nothing', [], undefined],
    [
      'one unit',
      [traffic('requests', 1, 2, 3), traffic('requests', 1, 1, 1)],
      traffic('requests', 2, 3, 4),
    ],
    [
      'requests before connections',
      [traffic('connections', 9, 0), traffic('requests', 1, 0)],
      traffic('requests', 1, 0),
    ],
    [
      'plaintext that only connections saw',
      [traffic('connections', 9, 1), traffic('requests', 5, 0)],
      traffic('connections', 9, 1),
    ],
    [
      'plaintext that both saw',
      [traffic('connections', 9, 1), traffic('requests', 5, 2)],
      traffic('requests', 5, 2),
    ],
  ])('of %s', (_, parts, expected) => {
    expect(sumTraffic(parts)).toEqual(expected);
  });

  it('never hides plaintext', () => {
    const part = fc.record({
      unit: fc.constantFrom('requests' as const, 'connections' as const),
      mtls: fc.nat(9),
      plaintext: fc.nat(2),
      unknown: fc.nat(9),
    });
    fc.assert(
      fc.property(fc.array(part), parts => {
        expect((sumTraffic(parts)?.plaintext ?? 0) > 0).toBe(
          parts.some(({ plaintext }) => plaintext > 0),
        );
      }),
    );
  });
});

describe('observedWorkload', () => {
  it.each<[Verdict, ObservedTraffic[], Verdict]>([
    ['protected', [], 'protected'],
    ['protected', [traffic('requests', 9, 0)], 'protected'],
    ['protected', [traffic('requests', 9, 1)], 'in-part'],
    [
      'protected',
      [traffic('requests', 9, 0), traffic('connections', 0, 1)],
      'in-part',
    ],
    ['mtls-in-use', [traffic('requests', 0, 0, 4)], 'mtls-in-use'],
    ['unknown', [traffic('requests', 9, 1)], 'in-part'],
    ['unprotected', [traffic('requests', 9, 0)], 'unprotected'],
    ['unprotected', [traffic('requests', 9, 1)], 'unprotected'],
    ['not-in-mesh', [traffic('requests', 9, 1)], 'not-in-mesh'],
  ])('configured %s, seen %j: %s', (from, parts, to) => {
    expect(
      observedWorkload(
        configured(from),
        inbound('workload', ...parts.map(t => ({ traffic: t }))),
      ).verdict.value,
    ).toBe(to);
  });

  it('judges each port by what came in there', () => {
    const seen = observedWorkload(
      configured('protected', [
        [80, 'protected'],
        [90, 'protected'],
      ]),
      inbound(
        'port',
        { port: 80, traffic: traffic('requests', 3, 0) },
        { port: 90, traffic: traffic('requests', 0, 1) },
      ),
    );
    expect(seen.verdict.value).toBe('in-part');
    expect(seen.ports).toEqual([
      {
        port: 80,
        observation: { state: 'measured', traffic: traffic('requests', 3, 0) },
      },
      {
        port: 90,
        observation: { state: 'measured', traffic: traffic('requests', 0, 1) },
      },
    ]);
  });

  it('copies no figure of the workload to its ports', () => {
    const seen = observedWorkload(
      configured('protected', [[80, 'protected']]),
      inbound('workload', { traffic: traffic('requests', 3, 0) }),
    );
    expect(seen.ports).toEqual([]);
    expect(seen.total).toEqual({
      state: 'measured',
      traffic: traffic('requests', 3, 0),
    });
  });

  it('tells no traffic from traffic that nothing is known of', () => {
    const of = (...parts: ObservedTraffic[]) =>
      observedWorkload(
        configured('protected'),
        inbound('workload', ...parts.map(t => ({ traffic: t }))),
      ).total.state;
    expect(of()).toBe('no-traffic');
    expect(of(traffic('requests', 0, 0))).toBe('no-traffic');
    expect(of(traffic('requests', 0, 0, 1))).toBe('measured');
  });

  describe.each(['workload', 'port'] as const)(
    'without a proxy, by %s',
    level => {
      const bare = (value: 'none' | 'unknown'): WorkloadMtls => ({
        ...configured('not-in-mesh', [[80, 'not-in-mesh']]),
        enrolment: {
          value,
          reasons: [],
          pods: { total: 2, ready: 2, inMesh: 0 },
        },
      });

      it.each([
        ['none', /^No pod of the workload has a mesh proxy/],
        ['unknown', /^It is not known whether the workload has a mesh proxy/],
      ] as const)('%s: nothing was measured, and it says why', (value, why) => {
        const { total, ports } = observedWorkload(bare(value), inbound(level));
        const expected = {
          state: 'unknown',
          cause: 'not-measured',
          message: expect.stringMatching(why),
        };
        expect(total).toEqual(expected);
        expect(ports.map(({ observation }) => observation)).toEqual(
          level === 'port' ? [expected] : [],
        );
      });

      it('what somebody else reported counts', () => {
        expect(
          observedWorkload(
            bare('none'),
            inbound(level, { port: 80, traffic: traffic('requests', 0, 4) }),
          ).total,
        ).toEqual({ state: 'measured', traffic: traffic('requests', 0, 4) });
      });
    },
  );

  it('is not measured without pods only where they would get no proxy', () => {
    const empty = (value: 'none' | 'sidecar'): WorkloadMtls => ({
      ...configured('protected'),
      enrolment: {
        value,
        reasons: [],
        pods: { total: 0, ready: 0, inMesh: 0 },
      },
    });
    expect(
      observedWorkload(empty('sidecar'), inbound('workload')).total.state,
    ).toBe('no-traffic');
    expect(
      observedWorkload(empty('none'), inbound('workload')).total.state,
    ).toBe('unknown');
  });

  it('never raises a verdict', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...verdictSchema.options),
        fc.nat(3),
        fc.nat(3),
        (from, mtls, plaintext) => {
          const seen = observedWorkload(
            configured(from),
            inbound('workload', {
              traffic: traffic('requests', mtls, plaintext),
            }),
          );
          expect(isBetter(seen.verdict.value, from)).toBe(false);
        },
      ),
    );
  });
});
