import { clusterOf } from '../../__testUtils__/cluster';
import { KindId } from '../../kubernetes/kinds';
import { Sample } from '../../traffic/query';
import { certificateExpiry } from './certificateMetrics';

const CLUSTER = `
apiVersion: v1
kind: ConfigMap
metadata: { name: linkerd-config, namespace: mesh, labels: { linkerd.io/control-plane-component: controller, linkerd.io/control-plane-ns: mesh } }
data: { values: 'linkerdVersion: edge-26.8.2' }
---
apiVersion: v1
kind: Pod
metadata: { name: linkerd-identity-a, namespace: mesh, labels: { linkerd.io/control-plane-component: identity } }
spec: { containers: [] }
status: { podIP: fd00::7 }
`;

function ask(forbidden: KindId[] = []) {
  return certificateExpiry(clusterOf(CLUSTER, { forbidden }), {
    windowSeconds: 900,
    matchers: { cluster: 'west' },
  });
}

const MAY = Date.parse('2027-05-01T00:00:00Z') / 1_000;

function of(instance: string, value: number): Sample {
  return { labels: { instance }, value };
}

describe('the expiry of the issuer by the metrics of the identity controller', () => {
  it('is what is left plus the time of the scrape, of the control plane alone where namespaces are told', () => {
    const series = 'issuer_cert_ttl_seconds{cluster="west",namespace=~"|mesh"}';
    expect(ask().expressions).toEqual({
      issuer: `min by (namespace, pod, instance) (timestamp(${series}) + ${series})`,
    });
  });

  it('is the earliest of several, to the second', () => {
    expect(
      ask().read({
        issuer: [
          of('10.0.0.2:9990', MAY + 90),
          of('[fd00::7]:9990', MAY - 0.04),
        ],
      }),
    ).toEqual([
      {
        id: 'issuer',
        title: 'Issuer of the proxies’ certificates',
        warnBelowDays: 60,
        notAfter: '2027-05-01T00:00:00.000Z',
        validity: {
          value: 'known',
          reasons: [
            {
              rule: 'linkerd/control-plane/certificate-metric',
              text: 'Metric issuer_cert_ttl_seconds of mesh/linkerd-identity-a',
              object: {
                cluster: 'test',
                kind: 'Pod',
                namespace: 'mesh',
                name: 'linkerd-identity-a',
              },
            },
            {
              rule: 'linkerd/control-plane/certificate-metric',
              text: 'Later ends, so that not all use the same certificate: the target 10.0.0.2:9990 (2027-05-01T00:01:30.000Z)',
            },
          ],
        },
      },
    ]);
  });

  it('is unknown where the store has nothing', () => {
    expect(ask().read({ issuer: [] })).toMatchObject([
      {
        id: 'issuer',
        validity: {
          value: 'unknown',
          cause: 'not-measured',
          reasons: [
            { text: expect.stringContaining('older than edge-25.2.1') },
          ],
        },
      },
    ]);
  });

  it('is not asked for where the control plane is not known', () => {
    const { expressions, read } = ask(['ConfigMap']);
    expect(expressions).toEqual({});
    expect(read({})).toEqual([]);
  });
});
