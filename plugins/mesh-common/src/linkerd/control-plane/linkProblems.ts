import { ControlPlaneState } from '../../contract/controlPlane';
import { WorkloadController } from '../../kubernetes/core';
import { namespaceOf } from '../../kubernetes/objects';
import { readinessOf } from '../../mesh/control-plane/facts';
import { listed } from '../../mesh/listed';
import { defineIndex } from '../../snapshot/defineIndex';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { CLUSTER } from '../multicluster/mirror';
import { LinkedService, MulticlusterLink } from '../objects';

/** The controllers that mirror Services in a namespace, by the cluster that they mirror. */
const controllerIndex = defineIndex(['apps/Deployment'], ({ objects }) => {
  const byCluster = new Map<string, WorkloadController>();
  for (const deployment of objects('apps/Deployment')) {
    const { labels } = deployment.metadata;
    const cluster = labels[CLUSTER];
    if (
      cluster !== undefined &&
      [labels.component, labels['linkerd.io/control-plane-component']].some(
        part => part === 'controller' || part?.endsWith('service-mirror'),
      )
    ) {
      byCluster.set(cluster, deployment);
    }
  }
  return byCluster;
});

/** Something about a Link. */
export interface LinkProblem {
  /** Whether nothing is mirrored, or some Services are not. */
  state: ControlPlaneState;
  text: string;
  field?: string;
}

/**
 * What is wrong with a Link: it says too little, nobody mirrors for it, or Services could not be mirrored.
 *
 * Upstream: multicluster/cmd/check.go, "Link resources are valid", "service mirror controllers are running";
 * multicluster/service-mirror for the conditions.
 */
export function linkProblems(
  snapshot: MeshSnapshot,
  link: MulticlusterLink,
): LinkProblem[] {
  const { targetClusterName, clusterCredentialsSecret } = link.spec ?? {};
  const missing = [
    ...(targetClusterName ? [] : ['targetClusterName']),
    ...(clusterCredentialsSecret ? [] : ['clusterCredentialsSecret']),
  ];
  if (missing.length > 0) {
    return [
      {
        state: 'bad',
        text: `it has no ${missing.join(' and no ')}: nothing is mirrored`,
        field: `spec.${missing[0]}`,
      },
    ];
  }
  return [
    ...controllerProblem(snapshot, link, targetClusterName ?? ''),
    ...serviceProblem(link, 'mirrorServices', 'mirrored'),
    ...serviceProblem(link, 'federatedServices', 'federated'),
  ];
}

function controllerProblem(
  snapshot: MeshSnapshot,
  link: MulticlusterLink,
  cluster: string,
): LinkProblem[] {
  // Files seldom have all of a cluster.
  if (
    snapshot.origin !== 'cluster' ||
    snapshot.read('apps/Deployment').state !== 'read'
  ) {
    return [];
  }
  const namespace = namespaceOf(link);
  const controllers = controllerIndex(snapshot, namespace);
  const controller =
    controllers.get(link.metadata.name) ?? controllers.get(cluster);
  if (!controller) {
    return [
      {
        state: 'bad',
        text: `no controller in namespace ${namespace} mirrors cluster ${cluster}: what is mirrored already gets out of date. Add it to the chart's controllers (controllers[].link.ref.name)`,
      },
    ];
  }
  const { ready, replicas } = readinessOf(controller);
  return ready > 0
    ? []
    : [
        {
          state: 'bad',
          text:
            replicas === 0
              ? `its controller ${controller.metadata.name} is scaled to no pod`
              : `no pod of its controller ${controller.metadata.name} is ready`,
        },
      ];
}

function serviceProblem(
  { status }: MulticlusterLink,
  list: 'mirrorServices' | 'federatedServices',
  done: string,
): LinkProblem[] {
  const failed = (status?.[list] ?? []).flatMap((service, index) => {
    const condition = service.conditions?.find(
      ({ type, status: value }) => type === 'Mirrored' && value === 'False',
    );
    return condition ? [{ service, index, condition }] : [];
  });
  const [first] = failed;
  if (!first) {
    return [];
  }
  const named = listed(failed.map(({ service }) => nameOf(service)));
  return [
    {
      state: 'notice',
      text: `${named} could not be ${done}: ${
        first.condition.message ??
        first.condition.reason ??
        'no reason is given'
      }`,
      field: `status.${list}[${first.index}]`,
    },
  ];
}

function nameOf({ remoteRef }: LinkedService): string {
  return remoteRef
    ? `${remoteRef.namespace ? `${remoteRef.namespace}/` : ''}${remoteRef.name}`
    : 'a Service without a name';
}
