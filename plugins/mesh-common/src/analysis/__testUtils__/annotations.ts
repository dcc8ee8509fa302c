import { namespace, service } from '../../istio/__testUtils__/istio';
import { Example } from './example';

const pod = (annotations: string, extra = '', spec = '') => `
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, annotations: { ${annotations} }, ${extra} }
spec: { containers: [{ name: a }], ${spec} }
`;
const deployment = (own: string, template = '') => `
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop, annotations: { ${own} } }
spec: { template: { metadata: { annotations: { ${template} } }, spec: { containers: [] } } }
`;
const OF = 'metadata.annotations';

export const IST0108: Example[] = [
  {
    about: 'no annotation of Istio',
    yaml: service('web', { annotations: 'networking.istio.io/exportToo: a' }),
    finds: [`Service web ${OF}.networking.istio.io/exportToo`],
    says: 'correct its name',
  },
  {
    about: 'in a template',
    yaml: deployment('', 'sidecar.istio.io/inyect: "true"'),
    finds: [
      'Deployment web spec.template.metadata.annotations.sidecar.istio.io/inyect',
    ],
  },
  {
    about: 'known ones, ones that Istio writes, and ones of others',
    yaml:
      service('web', { annotations: 'networking.istio.io/exportTo: "*"' }) +
      pod(
        'istio.io/rev: default, helm.sh/hook: test, sidecar.istio.io/status: a',
      ),
    finds: [],
  },
];

export const IST0107: Example[] = [
  {
    about: 'a setting of pods on a Deployment',
    yaml: deployment('proxy.istio.io/config: "{}"'),
    finds: [`Deployment web ${OF}.proxy.istio.io/config`],
    says: 'move it to spec.template.metadata',
  },
  {
    about: 'a setting of Ingresses on a Namespace',
    yaml: namespace('web').replace(
      'labels',
      'annotations: { kubernetes.io/ingress.class: istio }, labels',
    ),
    finds: [`Namespace web ${OF}.kubernetes.io/ingress.class`],
  },
  {
    about: 'on a template',
    yaml: deployment('', 'proxy.istio.io/config: "{}"'),
    finds: [],
  },
];

const bad = (name: string, value: string): Example => ({
  about: `${name}: ${value}`,
  yaml: pod(`${name}: ${JSON.stringify(value)}`),
  finds: [`Pod web ${OF}.${name}`],
  says: name,
});
const good = (name: string, value: string): Example => ({
  ...bad(name, value),
  finds: [],
});

export const IST0125: Example[] = [
  bad('sidecar.istio.io/interceptionMode', 'redirect'),
  good('sidecar.istio.io/interceptionMode', 'TPROXY'),
  bad('status.sidecar.istio.io/port', '70000'),
  good('status.sidecar.istio.io/port', '15020'),
  bad('readiness.status.sidecar.istio.io/periodSeconds', '5s'),
  good('readiness.status.sidecar.istio.io/periodSeconds', '5'),
  bad('traffic.sidecar.istio.io/includeOutboundIPRanges', '10.0.0.1'),
  good('traffic.sidecar.istio.io/includeOutboundIPRanges', '*'),
  good(
    'traffic.sidecar.istio.io/includeOutboundIPRanges',
    '10.0.0.0/8,fd00::/8',
  ),
  bad('traffic.sidecar.istio.io/excludeOutboundIPRanges', '*'),
  bad('traffic.sidecar.istio.io/excludeInboundPorts', '80,http'),
  good('traffic.sidecar.istio.io/excludeInboundPorts', '80, 81'),
  good('traffic.sidecar.istio.io/includeInboundPorts', '*'),
  bad('traffic.sidecar.istio.io/excludeInterfaces', 'eth0,'),
  good('traffic.sidecar.istio.io/excludeInterfaces', 'eth0, eth1'),
  bad('prometheus.istio.io/merge-metrics', 'yes'),
  good('prometheus.istio.io/merge-metrics', 'false'),
  bad('proxy.istio.io/config', 'holdApplicationUntilProxyStarts'),
  good('proxy.istio.io/config', 'holdApplicationUntilProxyStarts: true'),
  bad('sidecar.istio.io/proxyCPU', '1 core'),
  good('sidecar.istio.io/proxyCPU', '100m'),
  good('sidecar.istio.io/proxyMemory', '128Mi'),
];

export const IST0135: Example[] = [
  {
    about: 'the annotation for injection',
    yaml: pod('sidecar.istio.io/inject: "true"'),
    finds: [`Pod web ${OF}.sidecar.istio.io/inject`],
    says: 'use the label',
  },
  {
    about: 'the annotation for injection beside the label',
    yaml: pod(
      'sidecar.istio.io/inject: "true"',
      'labels: { sidecar.istio.io/inject: "true" }',
    ),
    finds: [],
  },
  { about: 'another', yaml: pod('proxy.istio.io/config: "{}"'), finds: [] },
];

const CNI = 'sidecar.istio.io/interceptionMode';

export const IST0136: Example[] = [
  {
    about: 'alpha',
    yaml: pod('prometheus.istio.io/merge-metrics: "true"'),
    finds: [`Pod web ${OF}.prometheus.istio.io/merge-metrics`],
    says: 'which is alpha',
  },
  {
    about: 'beta',
    yaml: pod('proxy.istio.io/config: "{}"'),
    finds: [],
  },
  {
    about: 'what the injector writes for the CNI',
    yaml: pod(`${CNI}: REDIRECT`),
    finds: [],
  },
  {
    about: 'the same, by hand',
    yaml: pod(`${CNI}: REDIRECT`, '', 'initContainers: [{ name: istio-init }]'),
    finds: [`Pod web ${OF}.${CNI}`],
  },
];
