import { clusterOf } from '../__testUtils__/cluster';
import { ISTIO, pod } from '../istio/__testUtils__/istio';
import { CONTROL_PLANE, meshedPod } from '../linkerd/__testUtils__/cluster';
import { CertificateState } from '../mesh/control-plane/certificateState';
import { MESHES } from '../mesh/meshes';
import { measure, partOf } from './__testUtils__/part';
import { judgeMesh, judgePart, judgeTraffic, measureItems } from './evaluate';
import { ChecklistCertificate, ChecklistTraffic } from './measurement';

const ROTATION = 'security-setup.set-up-certificate-rotation';

function managed(
  condition: string,
  namespace = 'istio-system',
  secret = 'cacerts',
) {
  return `
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: ca, namespace: ${namespace} }
spec: { secretName: ${secret}, isCA: true }
status: { notAfter: '2027-01-01T00:00:00Z', renewalTime: '2026-12-20T00:00:00Z', conditions: [${condition}] }
`;
}

const READY = `{ type: Ready, status: 'True' }`;
const FAILED = `{ type: Ready, status: 'False', message: issuer not found }`;

describe('the rotation of certificates, as objects tell', () => {
  it.each<[string, string, string, RegExp]>([
    [
      'cert-manager renews the issuer of Istio',
      ISTIO + pod('reviews') + managed(READY),
      'pass',
      /^“Issuer of the workloads’ certificates” of Istio \(test\) is renewed$/,
    ],
    [
      'cert-manager cannot renew it',
      ISTIO + pod('reviews') + managed(FAILED),
      'fail',
      /cannot be renewed$/,
    ],
    [
      'cert-manager does not say',
      ISTIO + pod('reviews') + managed(''),
      'unknown: absent',
      /^it is not known whether/,
    ],
    [
      'nobody renews it that is known',
      ISTIO + pod('reviews'),
      'unknown: not-assessed',
      /^no renewal of .* of Istio \(test\) is known$/,
    ],
    [
      'cert-manager renews the issuer of Linkerd',
      CONTROL_PLANE +
        meshedPod('reviews') +
        managed(READY, 'linkerd', 'linkerd-identity-issuer'),
      'pass',
      /of Linkerd \(test\) is renewed$/,
    ],
    [
      'no mesh carries the entity',
      pod('reviews', { mode: 'none' }),
      'not-applicable',
      /./,
    ],
  ])('where %s', (_, yaml, expected, evidence) => {
    const measured = measure(clusterOf(yaml), ROTATION);
    const { state, cause } = measured;
    expect(cause ? `${state}: ${cause}` : state).toBe(expected);
    expect(measured.evidence).toMatch(evidence);
  });
});

describe('the rotation of certificates, as metrics tell', () => {
  const [istio] = MESHES;

  function measuredWith(yaml: string, traffic: ChecklistTraffic) {
    const snapshot = clusterOf(ISTIO + pod('reviews') + yaml);
    return measureItems([
      judgePart(partOf(snapshot)),
      judgeMesh(snapshot, istio),
      judgeTraffic(traffic),
    ]).get(ROTATION);
  }

  const inState = (
    state: CertificateState,
    renewed?: ChecklistCertificate['renewed'],
  ): ChecklistTraffic => ({
    state: 'measured',
    windowSeconds: 900,
    workloads: [],
    certificates: [
      {
        mesh: istio,
        cluster: 'east',
        certificate: {
          id: 'issuer',
          title: 'Issuer',
          validity: {
            value: 'known',
            reasons: [{ rule: 'r', text: 'Metric m of istio-system/istiod' }],
          },
          notAfter: '2026-11-01T00:00:00Z',
          warnBelowDays: 30,
        },
        state,
        ...(renewed && { renewed }),
      },
    ],
  });

  it.each<[CertificateState, ChecklistCertificate['renewed'], object]>([
    [
      'ending',
      'just-now',
      {
        state: 'unknown',
        cause: 'not-measured',
        evidence:
          '“Issuer” of Istio (east) ends on 2026-11-01; it has just been renewed, and is not seen in use yet',
      },
    ],
    [
      'ending',
      'long-ago',
      {
        state: 'fail',
        evidence:
          '“Issuer” of Istio (east) ends on 2026-11-01: it has been renewed, and the control plane goes on with the old one',
      },
    ],
    ['expired', 'just-now', { state: 'fail' }],
  ])('of one that is %s, and renewed %s', (state, renewed, expected) => {
    expect(measuredWith(managed(READY), inState(state, renewed))).toMatchObject(
      expected,
    );
  });

  it.each<[CertificateState, string]>([
    ['expired', '“Issuer” of Istio (east) expired on 2026-11-01'],
    [
      'ending',
      '“Issuer” of Istio (east) ends on 2026-11-01, and no renewal before is known',
    ],
    [
      'overdue',
      '“Issuer” of Istio (east) ends on 2026-11-01, and its renewal is overdue',
    ],
  ])('fails where one is %s, whoever renews it', (state, evidence) => {
    expect(measuredWith(managed(READY), inState(state))).toEqual({
      state: 'fail',
      evidence,
      reasons: [{ rule: 'r', text: 'Metric m of istio-system/istiod' }],
    });
  });

  it.each<[string, ChecklistTraffic]>([
    ['good', inState('valid')],
    ['not known', inState('unknown')],
    [
      'not asked for',
      { state: 'unknown', cause: 'not-measured', message: 'no store' },
    ],
  ])('changes nothing where they are %s', (_, traffic) => {
    expect(measuredWith(managed(READY), traffic)?.state).toBe('pass');
    expect(measuredWith('', traffic)).toMatchObject({
      state: 'unknown',
      cause: 'not-assessed',
    });
  });
});
