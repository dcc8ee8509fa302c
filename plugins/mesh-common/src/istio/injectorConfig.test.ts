import { clusterOf } from '../__testUtils__/cluster';
import { clusterDomain, injectorConfig } from './injectorConfig';

function settings(data: string, name = 'istio-sidecar-injector') {
  return clusterOf(`
---
apiVersion: v1
kind: ConfigMap
metadata: { name: ${name}, namespace: istio-system }
data: { ${data} }
`);
}

describe('injectorConfig', () => {
  it('assumes Istio’s defaults where there are no settings', () => {
    expect(injectorConfig(clusterOf(''))).toMatchObject({
      state: 'read',
      config: { policy: 'enabled', clusterDomain: 'cluster.local' },
    });
  });

  it('reads the settings of a revision', () => {
    const snapshot = settings(
      `config: "policy: disabled", values: '{"global":{"proxy":{"clusterDomain":"example.org","excludeInboundPorts":"9"}}}'`,
      'istio-sidecar-injector-canary',
    );
    expect(injectorConfig(snapshot, 'canary')).toMatchObject({
      config: {
        policy: 'disabled',
        clusterDomain: 'example.org',
        excludeInboundPorts: '9',
      },
    });
    expect(injectorConfig(snapshot)).toMatchObject({
      config: { policy: 'enabled' },
    });
  });

  it.each([
    ['config that is no YAML', `config: "{"`],
    ['config of another shape', `config: "neverInjectSelector: 3"`],
    ['values that are no YAML', `values: "{"`],
    [
      'values of another shape',
      `values: '{"global":{"proxy":{"clusterDomain":7}}}'`,
    ],
  ])('names the ConfigMap: %s', (_, data) => {
    const snapshot = settings(data);
    expect(injectorConfig(snapshot)).toMatchObject({
      state: 'unknown',
      answer: {
        cause: 'malformed',
        reasons: [
          {
            text: expect.stringContaining(
              'ConfigMap istio-system/istio-sidecar-injector cannot be read',
            ),
            object: { kind: 'ConfigMap', name: 'istio-sidecar-injector' },
          },
        ],
      },
    });
    expect(clusterDomain(snapshot)).toBe('cluster.local');
  });

  it('is not known where ConfigMaps cannot be read', () => {
    expect(
      injectorConfig(clusterOf('', { forbidden: ['ConfigMap'] })),
    ).toMatchObject({ state: 'unknown', answer: { cause: 'forbidden' } });
  });
});

describe('clusterDomain', () => {
  const istiod = (args: string) => `
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: istiod, namespace: istio-system, labels: { app: istiod } }
spec:
  selector: { matchLabels: { app: istiod } }
  template:
    metadata: { labels: { app: istiod } }
    spec: { containers: [{ name: discovery, args: ${args} }] }
`;

  it.each([
    ['nothing says', '', 'cluster.local'],
    ['istiod', istiod('[discovery, --domain, example.net]'), 'example.net'],
    ['istiod, in one word', istiod('[--domain=example.net]'), 'example.net'],
    ['istiod without the argument', istiod('[discovery]'), 'cluster.local'],
  ])('%s', (_, yaml, domain) => {
    expect(clusterDomain(clusterOf(yaml))).toBe(domain);
  });
});
