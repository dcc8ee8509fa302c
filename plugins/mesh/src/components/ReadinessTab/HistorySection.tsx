import { Link } from '@backstage/core-components';
import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import {
  ChecklistRecord,
  ChecklistSectionResult,
  isExpired,
} from 'backstage-plugin-mesh-common';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { DataTable } from '../DataTable/DataTable';
import { Section } from '../DataTable/Section';
import { Ago } from '../States/Ago';

const COLUMNS = ['when', 'what', 'item', 'who', 'reason', 'until'] as const;

/** All that people said about the items, revoked and expired records among it. */
export function HistorySection(props: {
  history: readonly ChecklistRecord[];
  sections: readonly ChecklistSectionResult[];
}) {
  const { history, sections } = props;
  const t = useMeshTranslation();
  const titles = new Map(
    sections.flatMap(({ items }) => items).map(({ id, title }) => [id, title]),
  );
  return (
    <Section
      id="readiness-history"
      title={t('readiness.history.title')}
      padded={history.length === 0}
    >
      {history.length === 0 ? (
        <Typography>{t('readiness.history.none')}</Typography>
      ) : (
        <DataTable
          caption={t('readiness.history.caption')}
          columns={COLUMNS.map(key => ({
            key,
            title: t(`readiness.history.${key}`),
          }))}
        >
          {history.map(record => (
            <HistoryRow
              key={record.id}
              record={record}
              title={titles.get(record.item) ?? record.item}
            />
          ))}
        </DataTable>
      )}
    </Section>
  );
}

function HistoryRow(props: { record: ChecklistRecord; title: string }) {
  const { record, title } = props;
  const t = useMeshTranslation();
  const { kind, reason, link, createdAt, createdBy, expires, revoked } = record;
  return (
    <TableRow>
      <TableCell>
        <Ago moment={new Date(createdAt)} />
      </TableCell>
      <TableCell>{t(`readiness.kind.${kind}`)}</TableCell>
      <TableCell>{title}</TableCell>
      <TableCell>{createdBy}</TableCell>
      <TableCell style={{ overflowWrap: 'anywhere', minWidth: 240 }}>
        {reason}
        {link && (
          <>
            {' '}
            <Link to={link}>{t('readiness.item.proof')}</Link>
          </>
        )}
        {revoked && (
          <div>
            {t('readiness.history.revoked', {
              ago: <Ago key="ago" moment={new Date(revoked.at)} />,
              who: revoked.by,
              reason: revoked.reason,
            })}
          </div>
        )}
      </TableCell>
      <TableCell>
        {expires}
        {isExpired(record, new Date()) &&
          ` (${t('readiness.history.expired')})`}
      </TableCell>
    </TableRow>
  );
}
