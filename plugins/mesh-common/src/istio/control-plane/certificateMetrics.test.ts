import { clusterOf } from '../../__testUtils__/cluster';
import { Sample } from '../../traffic/query';
import { certificateExpiry } from './certificateMetrics';

const CLUSTER = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: istiod, namespace: istio-system, labels: { app: istiod } }
spec: { template: { spec: { containers: [{ name: discovery, image: 'pilot:1.30.1' }] } } }
---
apiVersion: v1
kind: Pod
metadata: { name: istiod-a, namespace: istio-system, labels: { app: istiod, istio.io/rev: canary } }
spec: { containers: [] }
status: { podIP: 10.0.0.7 }
`;

const snapshot = clusterOf(CLUSTER);
const ROOT = 'citadel_server_root_cert_expiry_timestamp';
const CHAIN = 'citadel_server_cert_chain_expiry_timestamp';

const ask = (matchers = {}) =>
  certificateExpiry(snapshot, { windowSeconds: 900, matchers });

function of(pod: string, value: number): Sample {
  return { labels: { namespace: 'istio-system', pod, instance: 'x' }, value };
}

const at = (moment: string) => Date.parse(moment) / 1_000;
const JANUARY = at('2027-01-01T00:00:00Z');
const MAY = at('2027-05-01T00:00:00Z');

function told(root: Sample[], chain: Sample[]) {
  return ask()
    .read({ root, chain })
    .map(({ id, notAfter, validity: { value, cause, reasons } }) => ({
      id,
      value,
      ...(cause && { cause }),
      ...(notAfter && { notAfter }),
      why: reasons.map(({ text }) => text),
    }));
}

describe('the expiry of certificates by the metrics of istiod', () => {
  it('is asked for by one expression for each metric, in the part of the store that is the cluster’s', () => {
    expect(ask({ cluster: 'ea"st' }).expressions).toEqual({
      root: `min by (namespace, pod, instance) (${ROOT}{cluster="ea\\"st"})`,
      chain: `min by (namespace, pod, instance) (${CHAIN}{cluster="ea\\"st"})`,
    });
  });

  it('is that of the root and of the chain, with the pod that says so', () => {
    const [root, issuer] = ask().read({
      root: [of('istiod-a', MAY)],
      chain: [of('istiod-a', JANUARY)],
    });
    expect(root).toEqual({
      id: 'root',
      title: 'Root of the mesh',
      warnBelowDays: 30,
      notAfter: '2027-05-01T00:00:00.000Z',
      validity: {
        value: 'known',
        reasons: [
          {
            rule: 'istio/control-plane/certificate-metric',
            text: `Metric ${ROOT} of istio-system/istiod-a (revision canary)`,
            object: {
              cluster: 'test',
              kind: 'Pod',
              namespace: 'istio-system',
              name: 'istiod-a',
            },
          },
        ],
      },
    });
    expect(issuer).toMatchObject({
      id: 'issuer',
      notAfter: '2027-01-01T00:00:00.000Z',
      validity: {
        reasons: [
          {
            text: `Metric ${CHAIN} of istio-system/istiod-a (revision canary)`,
          },
        ],
      },
    });
  });

  it('is the earliest of several', () => {
    expect(
      told(
        [of('istiod-b', MAY), of('istiod-c', JANUARY), of('istiod-d', JANUARY)],
        [],
      )[0],
    ).toEqual({
      id: 'root',
      value: 'known',
      notAfter: '2027-01-01T00:00:00.000Z',
      why: [
        `Metric ${ROOT} of istio-system/istiod-c`,
        '1 more says the same',
        'Later ends, so that not all use the same certificate: istio-system/istiod-b (2027-05-01T00:00:00.000Z)',
      ],
    });
  });

  it('names a few of those that say something else', () => {
    const [{ why }] = told(
      [
        of('istiod-a', JANUARY),
        ...['b', 'c', 'd', 'e', 'f'].map(name => of(`istiod-${name}`, MAY)),
      ],
      [],
    );
    expect(why[1]).toMatch(/istiod-b \(.*istiod-d \([^,]*\), 2 more$/);
  });

  it('of the issuer is that of the root where istiod is its own root', () => {
    expect(told([of('istiod-b', MAY)], [])[1]).toEqual({
      id: 'issuer',
      value: 'known',
      notAfter: '2027-05-01T00:00:00.000Z',
      why: [
        `Metric ${ROOT} of istio-system/istiod-b`,
        `Where istiod exports no ${CHAIN}, it signs with the root itself`,
      ],
    });
  });

  it('of the issuer is the earliest of chains and of roots without one', () => {
    expect(
      told(
        [of('istiod-b', JANUARY), of('istiod-c', JANUARY)],
        [of('istiod-b', MAY)],
      )[1],
    ).toMatchObject({ notAfter: '2027-01-01T00:00:00.000Z' });
  });

  it('names the target where the scraper names no pod, and the pod that has its address', () => {
    const sample = (instance: string) => ({
      labels: { instance },
      value: MAY,
    });
    expect(told([sample('10.0.0.7:15014')], [])[0].why[0]).toMatch(
      /of istio-system\/istiod-a \(revision canary\)$/,
    );
    expect(told([sample('10.0.0.8:15014')], [])[0].why[0]).toMatch(
      /of the target 10\.0\.0\.8:15014$/,
    );
    expect(told([{ labels: {}, value: MAY }], [])[0].why[0]).toMatch(
      /of an unnamed target$/,
    );
  });

  it('is unknown where the store has nothing', () => {
    expect(told([], [])).toEqual([
      {
        id: 'root',
        value: 'unknown',
        cause: 'not-measured',
        why: [expect.stringContaining(`The store has no ${ROOT}`)],
      },
      {
        id: 'issuer',
        value: 'unknown',
        cause: 'not-measured',
        why: [expect.stringContaining(`The store has no ${CHAIN}`)],
      },
    ]);
  });

  it.each([-1, 0, Infinity, 1e15])(
    'is unknown where a pod says %d, whatever the others say',
    value => {
      expect(
        told([of('istiod-b', MAY), of('istiod-c', value)], [])[0],
      ).toMatchObject({
        value: 'unknown',
        cause: 'malformed',
        why: [expect.stringContaining('of istio-system/istiod-c')],
      });
    },
  );
});
