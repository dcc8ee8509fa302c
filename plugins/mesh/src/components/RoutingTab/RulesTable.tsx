import { ObservedRoutes, PortRoutes } from 'backstage-plugin-mesh-common';
import { answerId } from '../../format/refs';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { DataTable } from '../DataTable/DataTable';
import { RuleRow } from './RuleRow';

const COLUMNS = ['number', 'match', 'goes', 'also', 'written'] as const;

/** The rules of a port, in the order in which they are tried. */
export function RulesTable(props: {
  id: string;
  service: string;
  port: PortRoutes;
  observed: ObservedRoutes | undefined;
}) {
  const { id, service, port, observed } = props;
  const t = useMeshTranslation();
  return (
    <DataTable
      caption={t('routing.rules.caption', {
        port: String(port.port),
        service,
      })}
      columns={COLUMNS.map(key => ({ key, title: t(`routing.rules.${key}`) }))}
    >
      {port.rules.map((rule, index) => (
        <RuleRow
          key={rule.name}
          id={answerId('rule', id, String(index))}
          number={index + 1}
          rule={rule}
          attributed={observed?.attributed.find(
            entry => entry.port === port.port && entry.rule === index,
          )}
        />
      ))}
    </DataTable>
  );
}
