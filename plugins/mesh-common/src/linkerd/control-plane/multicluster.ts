import {
  ControlPlaneFact,
  ControlPlaneState,
} from '../../contract/controlPlane';
import { WorkloadController } from '../../kubernetes/core';
import { namespaceOf } from '../../kubernetes/objects';
import {
  About,
  fact,
  judged,
  notKnown,
  readinessOf,
  unreadKind,
} from '../../mesh/control-plane/facts';
import { defineIndex } from '../../snapshot/defineIndex';
import { defineTally } from '../../snapshot/defineTally';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { LinkedService, MulticlusterLink } from '../objects';

const LINK = 'multicluster.linkerd.io/Link';
const CLUSTER_LABEL = 'mirror.linkerd.io/cluster-name';
const MIRRORED_LABEL = 'mirror.linkerd.io/mirrored-service';
const GATEWAY_LABEL = 'mirror.linkerd.io/mirrored-gateway';

const NAMED = 5;

/** The cluster that a Service is mirrored from; undefined for one that is no mirror, and for mirrors of gateways. */
export function mirroredFrom(
  labels: Readonly<Record<string, string>>,
): string | undefined {
  return labels[MIRRORED_LABEL] !== undefined &&
    labels[GATEWAY_LABEL] === undefined
    ? labels[CLUSTER_LABEL]
    : undefined;
}

const mirrors = defineTally('Service', ({ metadata }) =>
  mirroredFrom(metadata.labels),
);

const linkedClusters = defineIndex(
  [LINK],
  ({ objects }) =>
    new Set(objects(LINK).flatMap(({ spec }) => spec?.targetClusterName ?? [])),
);

/** Whether some Link leads to a cluster. */
export function isLinked(snapshot: MeshSnapshot, cluster: string): boolean {
  return snapshot
    .namespacesOf(LINK)
    .some(namespace => linkedClusters(snapshot, namespace).has(cluster));
}

/** The controllers that mirror Services in a namespace, by the cluster that they mirror. */
const controllerIndex = defineIndex(['apps/Deployment'], ({ objects }) => {
  const byCluster = new Map<string, WorkloadController>();
  for (const deployment of objects('apps/Deployment')) {
    const { labels } = deployment.metadata;
    const cluster = labels[CLUSTER_LABEL];
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
  const named = failed.slice(0, NAMED).map(({ service }) => nameOf(service));
  const more = failed.length - named.length;
  return [
    {
      state: 'notice',
      text: `${named.join(', ')}${
        more > 0 ? ` and ${more} more` : ''
      } could not be ${done}: ${
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

/**
 * The clusters whose Services are mirrored here, one by one: by whom, whether that works, and what of it is not known.
 * The credentials are in a Secret, and with them the other cluster's trust anchors are out of reach; whether gateways
 * answer is measured by the controllers.
 *
 * Upstream: multicluster/cmd/check.go.
 */
export function multiclusterFacts(about: About): ControlPlaneFact[] {
  const { snapshot } = about;
  const read = snapshot.read(LINK);
  if (read.state === 'absent') {
    return [];
  }
  const unread = unreadKind(about, 'links', LINK);
  if (unread) {
    return [fact('links', 'Links to other clusters', unread)];
  }
  const links = [...snapshot.list(LINK)].sort((a, b) =>
    a.metadata.name.localeCompare(b.metadata.name),
  );
  return [
    ...links.flatMap(link => linkFacts(about, link)),
    ...orphanFact(about),
  ];
}

function linkFacts(about: About, link: MulticlusterLink): ControlPlaneFact[] {
  const { name } = link.metadata;
  const cluster = link.spec?.targetClusterName ?? name;
  const named = `Link ${namespaceOf(link)}/${name}`;
  const decider = { kind: LINK, object: link } as const;
  const problems = linkProblems(about.snapshot, link);
  const mirrored = mirrors.inAll(about.snapshot).get(cluster) ?? 0;
  const secret = link.spec?.clusterCredentialsSecret;
  return [
    ...problems.map(({ state, text, field }, index) =>
      fact(
        `link-${name}-${index + 1}`,
        `Link to ${cluster}`,
        judged(about, 'link', state, `Of ${named}: ${text}`, {
          ...decider,
          ...(field && { field }),
        }),
      ),
    ),
    ...(problems.length === 0
      ? [
          fact(
            `link-${name}`,
            `Link to ${cluster}`,
            unreadKind(about, 'link', 'apps/Deployment') ??
              judged(
                about,
                'link',
                'good',
                `${named} is followed by its controller; ${counted(
                  mirrored,
                )} by it`,
                decider,
              ),
          ),
        ]
      : []),
    fact(
      `link-${name}-access`,
      `Access to ${cluster}`,
      notKnown(
        about,
        'link-access',
        'forbidden',
        `Whether the credentials ${
          secret ? `in Secret ${namespaceOf(link)}/${secret} ` : ''
        }are accepted by ${cluster}, and whether it has the same trust anchors, is not known: Secrets are never read of a cluster. linkerd multicluster check tells`,
        { ...decider, field: 'spec.clusterCredentialsSecret' },
      ),
    ),
    ...(link.spec?.gatewayAddress
      ? [
          fact(
            `link-${name}-gateway`,
            `Gateway of ${cluster}`,
            notKnown(
              about,
              'link-gateway',
              'not-measured',
              `Whether the gateway at ${link.spec.gatewayAddress} answers is measured by the controller (gateway_alive), and not read here`,
              { ...decider, field: 'spec.gatewayAddress' },
            ),
          ),
        ]
      : []),
  ];
}

function counted(services: number): string {
  return services === 1
    ? '1 Service is mirrored'
    : `${services} Services are mirrored`;
}

function orphanFact(about: About): ControlPlaneFact[] {
  const orphans = [...mirrors.inAll(about.snapshot)]
    .filter(([cluster]) => !isLinked(about.snapshot, cluster))
    .sort(([a], [b]) => a.localeCompare(b));
  return orphans.length === 0
    ? []
    : [
        fact(
          'mirrors-without-link',
          'Mirrors without a Link',
          judged(
            about,
            'links',
            'notice',
            `${orphans
              .map(([cluster, count]) => `${counted(count)} from ${cluster}`)
              .join(
                ', ',
              )}, and no Link leads there any more: they keep the addresses that they had`,
          ),
        ),
      ];
}
