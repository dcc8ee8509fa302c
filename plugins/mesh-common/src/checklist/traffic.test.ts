import { clusterOf } from '../__testUtils__/cluster';
import { ISTIO, istio, pod } from '../istio/__testUtils__/istio';
import { partOf } from './__testUtils__/part';
import { judgePart, judgeTraffic, measureItems } from './evaluate';
import { ChecklistTraffic } from './measurement';

const METRICS = 'observability.configure-metrics-collection';
const STACK = 'installation.set-up-monitoring-stack';
const MTLS = 'security-setup.enable-mtls-for-all-services';

const part = partOf(
  clusterOf(
    ISTIO +
      pod('reviews') +
      istio('PeerAuthentication', 'default', '{ mtls: { mode: STRICT } }'),
  ),
);
const [{ workload }] = part.workloads;

function seen(traffic?: { mtls: number; plaintext: number }): ChecklistTraffic {
  return {
    state: 'measured',
    windowSeconds: 900,
    workloads: [
      {
        workload: workload.ref,
        ...(traffic && {
          traffic: { unit: 'requests', unknown: 0, ...traffic },
        }),
      },
    ],
  };
}

const NO_STORE: ChecklistTraffic = {
  state: 'unknown',
  cause: 'not-measured',
  message: 'No metrics store is configured for the cluster test',
};

function states(traffic: ChecklistTraffic | undefined) {
  const measured = measureItems([
    judgePart(part),
    ...(traffic ? [judgeTraffic(traffic)] : []),
  ]);
  return [METRICS, STACK, MTLS].map(id => {
    const { state, cause } = measured.get(id) ?? { state: 'missing' };
    return cause ? `${state}: ${cause}` : state;
  });
}

describe('what was seen', () => {
  it.each<[string, ChecklistTraffic, string[]]>([
    ['mutual TLS', seen({ mtls: 10, plaintext: 0 }), ['pass', 'pass', 'pass']],
    ['plaintext', seen({ mtls: 10, plaintext: 1 }), ['pass', 'pass', 'fail']],
    ['nothing', seen(), ['unknown: not-measured', 'pass', 'pass']],
    [
      'no store',
      NO_STORE,
      ['unknown: not-measured', 'unknown: not-measured', 'pass'],
    ],
    [
      'a store that does not answer',
      { state: 'unknown', cause: 'unreachable', message: '500' },
      ['unknown: unreachable', 'unknown: unreachable', 'pass'],
    ],
  ])('%s', (_, traffic, expected) => {
    expect(states(traffic)).toEqual(expected);
  });

  it('never raises what the configuration says', () => {
    const open = partOf(clusterOf(ISTIO + pod('reviews')));
    const judged = measureItems([
      judgePart(open),
      judgeTraffic(seen({ mtls: 1000, plaintext: 0 })),
    ]);
    expect(judged.get(MTLS)?.state).toBe('fail');
  });
});
