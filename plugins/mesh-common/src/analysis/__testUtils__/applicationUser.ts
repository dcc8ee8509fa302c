import { Example } from './example';

const pod = (spec: string, labels = '') => `
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { ${labels} } }
spec: ${spec}
`;

export const IST0144: Example[] = [
  {
    about: 'a pod',
    yaml: pod('{ securityContext: { runAsUser: 1337 }, containers: [] }'),
    finds: ['Pod web spec.securityContext.runAsUser'],
    says: 'set another runAsUser',
  },
  {
    about: 'a container',
    yaml: pod(
      '{ containers: [{ name: a }, { name: b, securityContext: { runAsUser: 1337 } }] }',
    ),
    finds: ['Pod web spec.containers[1].securityContext.runAsUser'],
  },
  {
    about: 'a template',
    yaml: `
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  template:
    spec: { containers: [{ name: a, securityContext: { runAsUser: 1337 } }] }
`,
    finds: [
      'Deployment web spec.template.spec.containers[0].securityContext.runAsUser',
    ],
  },
  {
    about: 'the proxy itself',
    yaml: pod(
      '{ containers: [{ name: istio-proxy, securityContext: { runAsUser: 1337 } }] }',
    ),
    finds: [],
  },
  {
    about: 'a gateway of Istio',
    yaml: pod(
      '{ securityContext: { runAsUser: 1337 }, containers: [] }',
      'istio: ingressgateway',
    ),
    finds: [],
  },
  {
    about: 'another user',
    yaml: pod('{ securityContext: { runAsUser: 1000 }, containers: [] }'),
    finds: [],
  },
];
