import { Pod } from '../kubernetes/core';
import { namespaceOf } from '../kubernetes/objects';
import { defineIndex } from '../snapshot/defineIndex';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { podsSelected } from '../snapshot/podsByLabel';
import { byAge } from './age';
import { ExternalWorkload, Server } from './objects';
import { isUsable, selects } from './selectors';
import { templatePodsSelected } from '../mesh/templatePods';

const serverIndex = defineIndex(['policy.linkerd.io/Server'], ({ objects }) => {
  /** By one of the labels that a Server asks for; those that ask for none by value are apart. */
  const byLabel = new Map<string, Server[]>();
  const others: Server[] = [];
  const external: Server[] = [];
  for (const server of objects('policy.linkerd.io/Server')) {
    const [label] = Object.entries(server.spec.podSelector?.matchLabels ?? {});
    if (server.spec.externalWorkloadSelector) {
      external.push(server);
    } else if (label) {
      const key = label.join('=');
      const known = byLabel.get(key);
      if (known) {
        known.push(server);
      } else {
        byLabel.set(key, [server]);
      }
    } else {
      others.push(server);
    }
  }
  return { byLabel, others, external: external.sort(byAge) };
});

/** The Servers whose selector selects a pod, the oldest first, whatever their ports. */
export function serversOfPod(snapshot: MeshSnapshot, pod: Pod): Server[] {
  const { byLabel, others } = serverIndex(snapshot, namespaceOf(pod));
  const { labels } = pod.metadata;
  return [
    ...Object.entries(labels).flatMap(
      label => byLabel.get(label.join('=')) ?? [],
    ),
    ...others,
  ]
    .filter(({ spec }) => selects(spec.podSelector, labels))
    .sort(byAge);
}

/** The Servers whose selector selects a workload outside Kubernetes, the oldest first, whatever their ports. */
export function serversOfExternal(
  snapshot: MeshSnapshot,
  workload: ExternalWorkload,
): Server[] {
  return serverIndex(snapshot, namespaceOf(workload)).external.filter(
    ({ spec }) =>
      selects(spec.externalWorkloadSelector, workload.metadata.labels),
  );
}

/** The workloads outside Kubernetes that a Server selects. */
export function externalsOfServer(
  snapshot: MeshSnapshot,
  server: Server,
): ExternalWorkload[] {
  const { externalWorkloadSelector } = server.spec;
  return externalWorkloadSelector
    ? [
        ...snapshot.list(
          'workload.linkerd.io/ExternalWorkload',
          namespaceOf(server),
        ),
      ].filter(({ metadata }) =>
        selects(externalWorkloadSelector, metadata.labels),
      )
    : [];
}

/** The pods that a Server selects; of a workload without pods, one as its template would make it. */
export function podsOfServer(
  snapshot: MeshSnapshot,
  server: Server,
): readonly Pod[] {
  const namespace = namespaceOf(server);
  const { podSelector } = server.spec;
  if (!isUsable(podSelector)) {
    return [];
  }
  return [
    ...podsSelected(snapshot, namespace, podSelector),
    ...templatePodsSelected(snapshot, namespace, podSelector),
  ];
}

/**
 * The Server of a port of a pod. A port belongs to the oldest Server that selects it; others that select it
 * too have no effect on it, without anybody saying so.
 *
 * Upstream: policy-controller/k8s/index/src/inbound/index.rs, `PolicyIndex::pod_servers`.
 */
export function serverOfPort(
  snapshot: MeshSnapshot,
  pod: Pod,
  port: number,
): { server?: Server; shadowed: readonly Server[] } {
  return firstWithPort(serversOfPod(snapshot, pod), port, server =>
    serverPorts(server, pod),
  );
}

/** Of the Servers of a workload, the oldest first, the one that has a port. */
export function firstWithPort(
  servers: readonly Server[],
  port: number,
  portsOf: (server: Server) => readonly number[],
): { server?: Server; shadowed: readonly Server[] } {
  const [server, ...shadowed] = servers.filter(candidate =>
    portsOf(candidate).includes(port),
  );
  return { server, shadowed };
}

/**
 * The ports of a pod that a Server's `port` means: a number is taken whether a container declares it or not;
 * a name means every TCP port with that name, of init containers too, and nothing where there is none.
 *
 * Upstream: policy-controller/k8s/index/src/inbound/pod.rs, `select_ports`.
 */
export function serverPorts(
  { spec }: Pick<Server, 'spec'>,
  pod: Pick<Pod, 'spec'>,
): number[] {
  if (typeof spec.port === 'number') {
    return [spec.port];
  }
  return [...pod.spec.initContainers, ...pod.spec.containers]
    .flatMap(container => container.ports)
    .filter(({ name, protocol }) => name === spec.port && protocol === 'TCP')
    .map(({ containerPort }) => containerPort);
}

/**
 * The same of a workload outside Kubernetes, by the ports that it says it has; of several with one name the last counts.
 *
 * Upstream: policy-controller/k8s/index/src/inbound/workload.rs, `external_tcp_ports_by_name`.
 */
export function externalServerPorts(
  { spec }: Pick<Server, 'spec'>,
  workload: ExternalWorkload,
): number[] {
  const { port } = spec;
  if (typeof port === 'number') {
    return [port];
  }
  return (workload.spec?.ports ?? [])
    .filter(({ name, protocol = 'TCP' }) => name === port && protocol === 'TCP')
    .slice(-1)
    .map(declared => declared.port);
}
