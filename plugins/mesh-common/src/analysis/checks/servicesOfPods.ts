import { Service, WorkloadController } from '../../kubernetes/core';
import { namespaceOf } from '../../kubernetes/objects';
import { hasLabels } from '../../kubernetes/selectors';
import { defineIndex } from '../../snapshot/defineIndex';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';

const selecting = defineIndex(['Service'], ({ objects }) =>
  objects('Service').filter(
    ({ spec }) => Object.keys(spec.selector ?? {}).length > 0,
  ),
);

/** The Services of a namespace that select pods with these labels. */
export function servicesOfPods(
  snapshot: MeshSnapshot,
  namespace: string,
  labels: Readonly<Record<string, string>>,
): Service[] {
  return selecting(snapshot, namespace).filter(({ spec }) =>
    hasLabels(labels, spec.selector ?? {}),
  );
}

/** The ports of all Services that select the pods of a workload. */
export function servicePortsOf(
  snapshot: MeshSnapshot,
  workload: WorkloadController,
) {
  return servicesOfPods(
    snapshot,
    namespaceOf(workload),
    workload.spec.template.metadata.labels,
  ).flatMap(({ metadata: { name }, spec }) =>
    spec.ports.map(port => ({ service: name, ...port })),
  );
}
