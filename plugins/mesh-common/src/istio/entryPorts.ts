import { Pod } from '../kubernetes/core';
import { namespaceOf } from '../kubernetes/objects';
import { hasLabels } from '../kubernetes/selectors';
import { defineIndex } from '../snapshot/defineIndex';
import { isMachine } from '../mesh/machineKinds';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { ServiceEntry } from './objects';

type Spec = NonNullable<ServiceEntry['spec']>;
export type EntryPort = NonNullable<Spec['ports']>[number];

const KIND = 'networking.istio.io/ServiceEntry';

const entriesIn = defineIndex([KIND], ({ objects }) =>
  objects(KIND).filter(
    ({ spec }) => spec?.workloadSelector || spec?.endpoints?.length,
  ),
);

/**
 * The ports of ServiceEntries that lead to a port of a pod: of its namespace, those that select it, or that have its
 * address among their endpoints. To its proxy they are what Services are.
 *
 * Upstream: pilot/pkg/serviceregistry/serviceentry/controller.go, `GetProxyServiceTargets`.
 */
export function entryPortsTo(
  snapshot: MeshSnapshot,
  pod: Pod,
  port: number,
): { entry: ServiceEntry; port: EntryPort }[] {
  return entriesIn(snapshot, namespaceOf(pod)).flatMap(entry => {
    const targets = targetsIn(entry.spec ?? {}, pod);
    return (entry.spec?.ports ?? [])
      .filter(candidate => targets.some(target => target(candidate) === port))
      .map(candidate => ({ entry, port: candidate }));
  });
}

type TargetOf = (port: EntryPort) => number;

/** For each endpoint that is the pod: its port for a port of the entry. */
function targetsIn(
  { workloadSelector, endpoints = [] }: Spec,
  pod: Pod,
): TargetOf[] {
  const own: TargetOf = port =>
    ownPort(pod, port) ?? port.targetPort ?? port.number;
  if (workloadSelector) {
    return hasLabels(pod.metadata.labels, workloadSelector.labels ?? {})
      ? [own]
      : [];
  }
  const address = pod.status?.podIP;
  return endpoints
    .filter(endpoint => address !== undefined && endpoint.address === address)
    .map(
      ({ ports }) =>
        port =>
          ports?.[port.name ?? ''] ?? own(port),
    );
}

/** A machine outside Kubernetes may have a port of its own under the name of the entry's. */
function ownPort(pod: Pod, { name }: EntryPort): number | undefined {
  return isMachine(pod)
    ? pod.spec.containers[0]?.ports.find(port => port.name === name)
        ?.containerPort
    : undefined;
}
