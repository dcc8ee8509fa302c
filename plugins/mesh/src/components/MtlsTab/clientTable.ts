import { answerId, joinKey } from '../../format/refs';
import { ClientRow, clientRows, sendsGroups } from './clientRows';
import { WorkloadView } from './workloadViews';

/** A client of a workload. */
export interface ClientOfWorkload {
  view: WorkloadView;
  client: ClientRow;
}

/** A row of the table of clients. */
export interface ClientTableEntry {
  id: string;
  client: ClientRow;
  /** The workloads that it calls. */
  called: WorkloadView[];
}

/** The clients of all workloads: known ones before those that stand for everybody else. */
export function clientsOf(views: readonly WorkloadView[]): ClientOfWorkload[] {
  const rows = views.flatMap(view =>
    clientRows(view.mtls, view.observed).map(client => ({ view, client })),
  );
  return [
    ...rows.filter(({ client }) => !client.class),
    ...rows.filter(({ client }) => client.class),
  ];
}

/**
 * The rows of the table. A class that sends the same to several workloads is one row; known clients keep
 * a row for each, since each has traffic of its own.
 */
export function clientTable(
  clients: readonly ClientOfWorkload[],
): ClientTableEntry[] {
  const entries = new Map<string, ClientTableEntry>();
  for (const { view, client } of clients) {
    const id = client.class
      ? answerId(client.class, sendsKey(client))
      : answerId(view.key, client.key);
    const entry = entries.get(id);
    if (entry) {
      entry.called.push(view);
    } else {
      entries.set(id, { id, client, called: [view] });
    }
  }
  return [...entries.values()];
}

function sendsKey(client: ClientRow): string {
  return sendsGroups(client)
    .map(({ sends, ports }) => joinKey(sends.value, ...ports.map(String)))
    .join(';');
}
