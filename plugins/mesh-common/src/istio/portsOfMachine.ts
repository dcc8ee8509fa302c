import { hasLabels } from '../kubernetes/selectors';
import { addTo } from '../snapshot/addTo';
import { defineIndex } from '../snapshot/defineIndex';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { ServiceEntry } from './objects';

const SERVICE_ENTRY = 'networking.istio.io/ServiceEntry';

/** A ServiceEntry that selects workloads, and its place among those of its namespace. */
interface Selecting {
  place: number;
  wanted: Readonly<Record<string, string>>;
  ports: NonNullable<ServiceEntry['spec']>['ports'];
}

const selectingIndex = defineIndex([SERVICE_ENTRY], ({ objects }) => {
  /** By one of the labels that a ServiceEntry asks for; those that ask for none are apart. */
  const byLabel = new Map<string, Selecting[]>();
  const others: Selecting[] = [];
  objects(SERVICE_ENTRY).forEach(({ spec }, place) => {
    if (!spec?.workloadSelector) {
      return;
    }
    const wanted = spec.workloadSelector.labels ?? {};
    const selecting = { place, wanted, ports: spec.ports };
    const [label] = Object.entries(wanted);
    if (label) {
      addTo(byLabel, label.join('='), selecting);
    } else {
      others.push(selecting);
    }
  });
  return { byLabel, others };
});

/**
 * By their names, the ports that the ServiceEntries of a namespace send to a machine with some labels which says nothing of
 * them. Where two name one port, the last one counts.
 */
export function portsOfMachine(
  snapshot: MeshSnapshot,
  namespace: string,
): (labels: Readonly<Record<string, string>>) => Record<string, number> {
  const { byLabel, others } = selectingIndex(snapshot, namespace);
  return labels =>
    Object.fromEntries(
      Object.entries(labels)
        .flatMap(label => byLabel.get(label.join('=')) ?? [])
        .concat(others)
        .filter(({ wanted }) => hasLabels(labels, wanted))
        .sort((a, b) => a.place - b.place)
        .flatMap(({ ports = [] }) => ports)
        .map(({ name = '', number, targetPort }) => [
          name,
          targetPort || number,
        ]),
    );
}
