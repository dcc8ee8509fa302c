import { RawObject } from './fakeApi';

interface Options {
  namespace?: string;
  labels?: Record<string, string>;
  mesh?: boolean;
  ready?: boolean;
}

/** A Deployment with one pod, which has the label `backstage.io/kubernetes-id`. */
export function workload(name: string, options: Options = {}): RawObject[] {
  const { namespace = 'shop', mesh = true, ready = true } = options;
  const labels = {
    app: name,
    'backstage.io/kubernetes-id': name,
    ...options.labels,
  };
  const spec = {
    serviceAccountName: name,
    containers: [
      { name: 'app', ports: [{ containerPort: 8080, name: 'http' }] },
      ...(mesh ? [{ name: 'fake-proxy' }] : []),
    ],
  };
  const hash = 'abc';
  return [
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name, namespace, labels },
      spec: {
        replicas: 1,
        selector: { matchLabels: { app: name } },
        template: { metadata: { labels }, spec },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: `${name}-${hash}-1`,
        namespace,
        labels: { ...labels, 'pod-template-hash': hash },
        ownerReferences: [
          {
            apiVersion: 'apps/v1',
            kind: 'ReplicaSet',
            name: `${name}-${hash}`,
            controller: true,
          },
        ],
      },
      spec,
      status: {
        phase: 'Running',
        conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
      },
    },
  ];
}

export function service(name: string, namespace = 'shop'): RawObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace },
    spec: { selector: { app: name }, ports: [{ port: 80, targetPort: 8080 }] },
  };
}

export function namespaceObject(name: string): RawObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
}

export function peerAuthentication(
  mode: string,
  inNamespace = 'shop',
): RawObject {
  return {
    apiVersion: 'security.istio.io/v1',
    kind: 'PeerAuthentication',
    metadata: { name: 'default', namespace: inNamespace },
    spec: { mtls: { mode } },
  };
}

export function istio(
  kind: string,
  name: string,
  inNamespace: string,
  spec: object,
): RawObject {
  const group =
    kind === 'AuthorizationPolicy'
      ? 'security.istio.io'
      : 'networking.istio.io';
  return {
    apiVersion: `${group}/v1`,
    kind,
    metadata: { name, namespace: inNamespace },
    spec,
  };
}
