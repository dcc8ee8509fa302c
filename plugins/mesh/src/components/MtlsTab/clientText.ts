import { workloadLabel } from '../../format/refs';
import { MeshTranslate } from '../../translation';
import { CsvExport } from '../DataTable/CsvButton';
import { ClientRow, sendsGroups } from './clientRows';
import { WorkloadView } from './workloadViews';

/** What a client is called: by its workload, else its entity, else its identity; a class by whom it stands for. */
export function clientName(t: MeshTranslate, client: ClientRow): string {
  if (client.class) {
    return t(`mtls.clients.classes.${client.class}`);
  }
  if (client.workload) {
    return workloadLabel(client.workload);
  }
  return client.entityRef ?? client.identity ?? t('answer.unknown');
}

/** `ports 8080, 9080`, or that it is all of them. */
export function portsText(
  t: MeshTranslate,
  ports: readonly number[],
  all: number,
): string {
  if (ports.length === all && all > 1) {
    return t('mtls.clients.allPorts');
  }
  return t('mtls.clients.portList', {
    count: ports.length,
    ports: ports.join(', '),
  });
}

export function clientsCsv(
  t: MeshTranslate,
  rows: readonly { view: WorkloadView; client: ClientRow }[],
): CsvExport {
  return {
    name: 'mesh-mtls-clients',
    header: [
      'client',
      'namespace',
      'entity',
      'identity',
      'known because',
      'calls',
      'port',
      'sends',
      'reason',
      'seen mTLS',
      'seen plaintext',
      'seen unknown',
      'unit',
    ],
    rows: rows.flatMap(({ view, client }) => {
      const groups = sendsGroups(client);
      const known = [
        clientName(t, client),
        client.workload?.namespace,
        client.entityRef,
        client.identity,
        client.sources
          .map(source => t(`mtls.clients.sources.${source}`))
          .join('; '),
        workloadLabel(view.mtls.workload),
      ];
      const seen = [
        client.seen?.mtls,
        client.seen?.plaintext,
        client.seen?.unknown,
        client.seen?.unit,
      ];
      return groups.length === 0
        ? [[...known, undefined, undefined, undefined, ...seen]]
        : groups.map(({ sends, ports }) => [
            ...known,
            ports.join(' '),
            t(`mtls.sends.${sends.value}`),
            sends.reasons[0]?.text,
            ...seen,
          ]);
    }),
  };
}
