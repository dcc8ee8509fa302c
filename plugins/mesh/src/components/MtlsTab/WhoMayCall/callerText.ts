import { MeshTranslate } from '../../../translation';
import { workloadLabel } from '../../../format/refs';
import { CsvExport } from '../../DataTable/CsvButton';
import { CallerRow, PortsOfWorkload } from './callerRows';
import { requestLines } from './conditionText';
import { driftOf } from './drift';

/** What a caller is called: by its workload, else its entity, else its identity; a class by whom it stands for. */
export function callerName(
  t: MeshTranslate,
  { caller }: Pick<CallerRow, 'caller'>,
): string {
  if (caller.class) {
    return t(`mtls.clients.classes.${caller.class}`);
  }
  if (caller.workload) {
    return workloadLabel(caller.workload);
  }
  return caller.entityRef ?? caller.identity ?? t('answer.unknown');
}

/** `reviews-v2 (east): 8080, 9080` */
export function placeText({ workload, ports }: PortsOfWorkload): string {
  return `${workloadLabel(workload)}: ${ports.join(', ')}`;
}

/** What a drift means, in a sentence. */
export function driftText(
  t: MeshTranslate,
  row: CallerRow,
): string | undefined {
  const drift = driftOf(row);
  return drift && t(`callers.drift.${drift}`);
}

export function callersCsv(
  t: MeshTranslate,
  rows: readonly CallerRow[],
): CsvExport {
  return {
    name: 'mesh-callers',
    header: [
      'caller',
      'namespace',
      'entity',
      'identity',
      'known because',
      'calls',
      'decision',
      'requests',
      'decided by',
      'declared in the catalog',
      'seen',
      'unit',
      'drift',
    ],
    rows: rows.map(row => {
      const { caller, decision, to, seen } = row;
      return [
        callerName(t, row),
        caller.workload?.namespace,
        caller.entityRef,
        caller.identity,
        caller.sources
          .map(source => t(`mtls.clients.sources.${source}`))
          .join('; '),
        to.map(placeText).join('; '),
        t(`callers.decision.${decision.value}`),
        requestLines(t, decision).join('; '),
        decision.reasons[0]?.text,
        String(caller.sources.includes('declared')),
        seen && seen.mtls + seen.plaintext + seen.unknown,
        seen?.unit,
        driftText(t, row),
      ];
    }),
  };
}
