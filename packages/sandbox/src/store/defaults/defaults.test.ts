import { parse } from 'yaml';
import { createObjectStore } from '../objectStore';
import type { ObjectStore, StoredObject } from '../types';
import { recordOf } from '../values';

function storeWithNamespace(): ObjectStore {
  const store = createObjectStore();
  store.create({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'shop' },
  });
  return store;
}

function created(yaml: string, store = storeWithNamespace()): StoredObject {
  return store.create(parse(yaml));
}

function service(name: string, spec: string): string {
  return `{apiVersion: v1, kind: Service, metadata: {name: ${name}, namespace: shop}, spec: ${spec}}`;
}

it('gives a namespace its label, and its phase', () => {
  const namespace = created(
    '{apiVersion: v1, kind: Namespace, metadata: {name: bank}}',
  );
  expect(namespace.metadata.labels).toEqual({
    'kubernetes.io/metadata.name': 'bank',
  });
  expect(namespace.status).toEqual({ phase: 'Active' });
});

it('completes a pod', () => {
  const pod = created(`
    apiVersion: v1
    kind: Pod
    metadata: { name: p, namespace: shop }
    spec:
      containers:
        - name: web
          image: registry.example:5000/web:1
          ports: [{ containerPort: 80 }]
          livenessProbe: { httpGet: { port: 80 } }
          resources: { limits: { cpu: '1', memory: 1Gi } }
        - { name: latest, image: web }
      volumes:
        - { name: empty }
        - { name: files, configMap: { name: c } }
  `);
  expect(pod.spec).toMatchObject({
    serviceAccountName: 'default',
    serviceAccount: 'default',
    restartPolicy: 'Always',
    containers: [
      {
        imagePullPolicy: 'IfNotPresent',
        ports: [{ containerPort: 80, protocol: 'TCP' }],
        livenessProbe: {
          httpGet: { path: '/', scheme: 'HTTP' },
          periodSeconds: 10,
        },
        resources: { requests: { cpu: '1', memory: '1Gi' } },
      },
      { imagePullPolicy: 'Always', resources: {} },
    ],
    volumes: [{ emptyDir: {} }, { configMap: { defaultMode: 420 } }],
  });
  expect(pod.status).toEqual({ phase: 'Pending', qosClass: 'Burstable' });
});

it('gives Services addresses of their own, which stay', () => {
  const store = storeWithNamespace();
  const first = created(service('a', '{ports: [{port: 80}]}'), store);
  const second = created(
    service(
      'b',
      '{type: NodePort, ports: [{port: 80, name: a}, {port: 81, name: b}]}',
    ),
    store,
  );
  expect(first.spec).toMatchObject({
    type: 'ClusterIP',
    clusterIP: '10.96.0.10',
    clusterIPs: ['10.96.0.10'],
    ports: [{ port: 80, targetPort: 80, protocol: 'TCP' }],
  });
  expect(second.spec).toMatchObject({
    clusterIP: '10.96.0.11',
    ports: [{ nodePort: 30000 }, { nodePort: 30001 }],
  });
  const updated = store.update(parse(service('a', '{ports: [{port: 90}]}')));
  expect(recordOf(updated.spec).clusterIP).toBe('10.96.0.10');
});

it('gives a headless Service no address, and an external name no ports', () => {
  expect(created(service('a', '{clusterIP: None}')).spec).toMatchObject({
    clusterIP: 'None',
    ipFamilyPolicy: 'RequireDualStack',
  });
  expect(
    created(service('b', '{type: ExternalName, externalName: x.y}')).spec,
  ).toEqual({
    type: 'ExternalName',
    externalName: 'x.y',
    sessionAffinity: 'None',
  });
});

it('keeps what a secret says in clear as bytes', () => {
  const secret = created(
    '{apiVersion: v1, kind: Secret, metadata: {name: s, namespace: shop}, stringData: {a: b}, data: {c: ZA==}}',
  );
  expect(secret.data).toEqual({ a: 'Yg==', c: 'ZA==' });
  expect(secret.stringData).toBeUndefined();
});

it.each([
  [
    '{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: n, namespace: shop}, spec: {egress: [{ports: [{port: 1}]}]}}',
    {
      spec: {
        podSelector: {},
        policyTypes: ['Ingress', 'Egress'],
        egress: [{ ports: [{ port: 1, protocol: 'TCP' }] }],
      },
    },
  ],
  [
    '{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: n, namespace: shop}, roleRef: {kind: Role, name: r}, subjects: [{kind: User, name: u}, {kind: ServiceAccount, name: s, namespace: shop}]}',
    {
      roleRef: { apiGroup: 'rbac.authorization.k8s.io' },
      subjects: [
        { kind: 'User', apiGroup: 'rbac.authorization.k8s.io' },
        { kind: 'ServiceAccount' },
      ],
    },
  ],
  [
    '{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: n, namespace: shop}, addressType: IPv4, endpoints: [], ports: [{port: 1}]}',
    { endpoints: [], ports: [{ name: '', port: 1, protocol: 'TCP' }] },
  ],
  [
    '{apiVersion: admissionregistration.k8s.io/v1, kind: MutatingWebhookConfiguration, metadata: {name: n}, webhooks: [{name: a.b.c, sideEffects: None, admissionReviewVersions: [v1], clientConfig: {service: {name: s, namespace: shop}}, rules: [{operations: [CREATE]}]}]}',
    {
      webhooks: [
        {
          failurePolicy: 'Fail',
          reinvocationPolicy: 'Never',
          timeoutSeconds: 10,
          clientConfig: { service: { port: 443 } },
          rules: [{ scope: '*' }],
        },
      ],
    },
  ],
])('fills in %s', (yaml, expected) => {
  expect(created(yaml)).toMatchObject(expected);
});

it.each([
  [
    'apps/v1',
    'Deployment',
    {
      replicas: 1,
      progressDeadlineSeconds: 600,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%' } },
    },
  ],
  ['apps/v1', 'ReplicaSet', { replicas: 1 }],
  [
    'apps/v1',
    'StatefulSet',
    {
      podManagementPolicy: 'OrderedReady',
      updateStrategy: { rollingUpdate: { partition: 0 } },
    },
  ],
  [
    'apps/v1',
    'DaemonSet',
    { updateStrategy: { rollingUpdate: { maxUnavailable: 1 } } },
  ],
])('fills in a %s %s and its pods', (apiVersion, kind, expected) => {
  const workload = created(`
    apiVersion: ${apiVersion}
    kind: ${kind}
    metadata: { name: w, namespace: shop }
    spec:
      selector: { matchLabels: { app: w } }
      template:
        metadata: { labels: { app: w } }
        spec: { containers: [{ name: w, image: w }] }
  `);
  expect(workload.spec).toMatchObject({
    ...expected,
    template: { spec: { restartPolicy: 'Always' } },
  });
});
