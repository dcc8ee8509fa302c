import {
  CLUSTER_KIND_IDS,
  KindDefinition,
  KindId,
  KINDS,
} from 'backstage-plugin-mesh-common';
import { ApiObject } from './ControlPlane';

const BUILT_IN =
  /^(|apps|policy|autoscaling|batch|.*(?<!gateway\.networking)\.k8s\.io)$/;

/** The kinds of the table that a cluster serves only with their CustomResourceDefinitions. */
export const CUSTOM_KINDS: readonly KindId[] = CLUSTER_KIND_IDS.filter(
  kindId => !BUILT_IN.test(KINDS[kindId].group),
);

/** The CustomResourceDefinition of a kind, which takes whatever is written. */
export function definitionOf(kindId: KindId): ApiObject {
  const { group, kind, plural, versions, namespaced }: KindDefinition =
    KINDS[kindId];
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: `${plural}.${group}`,
      // Definitions in a group of Kubernetes itself must say that they are approved, or why not.
      annotations: { 'api-approved.kubernetes.io': 'unapproved, for a test' },
    },
    spec: {
      group,
      names: { kind, plural, singular: kind.toLocaleLowerCase('en-US') },
      scope: namespaced ? 'Namespaced' : 'Cluster',
      versions: versions.map((name, index) => ({
        name,
        served: true,
        storage: index === 0,
        subresources: { status: {} },
        schema: {
          openAPIV3Schema: {
            type: 'object',
            'x-kubernetes-preserve-unknown-fields': true,
          },
        },
      })),
    },
  };
}

/** The settings of a mesh of Istio, all of them defaults. */
export function meshConfig(): ApiObject[] {
  const namespace = 'istio-system';
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name: 'istio',
        namespace,
        labels: { 'istio.io/rev': 'default' },
      },
      data: { mesh: 'rootNamespace: istio-system\n' },
    },
  ];
}

/** A namespace, a Service in it and the one pod behind it, which has a sidecar of Istio. */
export function meshedService(name: string, namespace: string): ApiObject[] {
  const labels = { app: name, 'backstage.io/kubernetes-id': name };
  return [
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: namespace, labels: { 'istio-injection': 'enabled' } },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, namespace },
      spec: {
        selector: { app: name },
        ports: [{ name: 'http', port: 80, targetPort: 8080 }],
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: `${name}-1`,
        namespace,
        labels,
        annotations: {
          'sidecar.istio.io/status': JSON.stringify({
            containers: ['istio-proxy'],
            revision: 'default',
          }),
        },
      },
      spec: {
        containers: [
          {
            name: 'app',
            image: 'app',
            ports: [{ name: 'http', containerPort: 8080 }],
          },
          { name: 'istio-proxy', image: 'docker.io/istio/proxyv2:1.31.0' },
        ],
      },
      status: {
        phase: 'Running',
        podIP: '10.1.0.1',
        conditions: [{ type: 'Ready', status: 'True' }],
      },
    },
  ];
}
