import { runMesh } from '../__testUtils__/runMesh';

function object(apiVersion: string, kind: string, namespace = 'shop'): string {
  return `
---
apiVersion: ${apiVersion}
kind: ${kind}
metadata: { name: x, namespace: ${namespace} }
`;
}

const NETWORKING = 'networking.istio.io/v1';
const WITHOUT_AUTO_MTLS = `
---
apiVersion: v1
kind: ConfigMap
metadata: { name: istio, namespace: istio-system }
data: { mesh: 'enableAutoMtls: false' }
`;

/** Each names something that another folder, or the cluster, may have. */
const CASES: [string, string][] = [
  [
    'KIA0205',
    `${WITHOUT_AUTO_MTLS}${object(
      NETWORKING,
      'DestinationRule',
      'istio-system',
    )}spec: { host: "*.local", trafficPolicy: { tls: { mode: ISTIO_MUTUAL } } }`,
  ],
  [
    'KIA0206',
    `${WITHOUT_AUTO_MTLS}${object(
      NETWORKING,
      'DestinationRule',
    )}spec: { host: "*.shop.svc.cluster.local", trafficPolicy: { tls: { mode: ISTIO_MUTUAL } } }`,
  ],
  [
    'KIA1313',
    `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient, istio.io/use-waypoint: way } }
`,
  ],
  [
    'KIA1601',
    `${object(
      'gateway.networking.k8s.io/v1beta1',
      'ReferenceGrant',
    )}spec: { from: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: other }], to: [{ group: "", kind: Service }] }`,
  ],
  [
    'KIA1701',
    `${object(
      NETWORKING,
      'WorkloadGroup',
    )}spec: { template: { serviceAccount: db } }`,
  ],
];

async function levelOf(code: string, stdin: string, ...more: string[]) {
  const { out } = await runMesh(['analyze', '-', '-o', 'json', ...more], {
    stdin,
  });
  const { findings }: { findings: { code: string; level: string }[] } =
    JSON.parse(out);
  return findings.find(finding => finding.code === code)?.level;
}

describe('what the input names and does not have', () => {
  it.each(CASES)(
    'is information where it may be elsewhere: %s',
    async (code, yaml) => {
      expect(await levelOf(code, yaml)).toBe('info');
      expect(await levelOf(code, yaml, '--complete')).toMatch(/error|warning/);
    },
  );
});
