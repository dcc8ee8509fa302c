import { clusterOf, CONTROL_PLANE } from './__testUtils__/cluster';
import { assumedConfig, controlPlaneConfig } from './controlPlaneConfig';

const configMap = (values: string) => `
apiVersion: v1
kind: ConfigMap
metadata: { name: linkerd-config, namespace: mesh-system }
data:
  values: |
${values.replace(/^/gm, '    ')}
`;

describe('controlPlaneConfig', () => {
  it('reads the values of the chart', () => {
    expect(controlPlaneConfig(clusterOf(CONTROL_PLANE))).toMatchObject({
      state: 'read',
      config: {
        namespace: 'linkerd',
        version: 'edge-26.8.2',
        trustDomain: 'mesh.example',
        clusterNetworks: ['10.0.0.0/8', 'fd00::/8'],
        defaultInboundPolicy: 'all-unauthenticated',
        opaquePorts: '3306,6379',
      },
    });
  });

  it('fills in the chart’s defaults, and the trust domain by the domain of the cluster', () => {
    expect(
      controlPlaneConfig(clusterOf(configMap('clusterDomain: k8s.example'))),
    ).toMatchObject({
      state: 'read',
      config: {
        namespace: 'mesh-system',
        trustDomain: 'k8s.example',
        defaultInboundPolicy: 'all-unauthenticated',
        probeNetworks: ['0.0.0.0/0', '::/0'],
        nativeSidecar: false,
      },
    });
  });

  it.each([
    ['text that is no YAML', 'proxy: [', 'malformed', 'data.values'],
    ['a value of another type', 'proxy: all', 'malformed', 'proxy: '],
  ])('is unknown for %s', (_, values, cause, text) => {
    expect(controlPlaneConfig(clusterOf(configMap(values)))).toMatchObject({
      state: 'unknown',
      answer: { cause, reasons: [{ text: expect.stringContaining(text) }] },
    });
  });

  it('is unknown where ConfigMaps could not be read', () => {
    expect(
      controlPlaneConfig(clusterOf('', { forbidden: ['ConfigMap'] })),
    ).toMatchObject({ state: 'unknown', answer: { cause: 'forbidden' } });
  });

  it('tells a cluster without Linkerd from files without its settings', () => {
    expect(controlPlaneConfig(clusterOf('')).state).toBe('not-installed');
    expect(
      controlPlaneConfig(clusterOf('', { origin: 'files' })),
    ).toMatchObject({
      state: 'read',
      config: { namespace: 'linkerd' },
    });
  });
});

describe('assumedConfig', () => {
  it('says that an answer may differ where the settings are not known', () => {
    const { config, mayDiffer } = assumedConfig(
      clusterOf('', { forbidden: ['ConfigMap'] }),
    );
    expect(config.clusterDomain).toBe('cluster.local');
    expect(mayDiffer?.[0].text).toContain('ConfigMap is forbidden');
    expect(assumedConfig(clusterOf(CONTROL_PLANE)).mayDiffer).toBeUndefined();
  });
});
