import Typography from '@material-ui/core/Typography';
import { TracesAnswer } from 'backstage-plugin-mesh-common';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { DataTable } from '../DataTable/DataTable';
import { Section } from '../DataTable/Section';
import { TraceRow } from './TraceRow';

const COLUMNS = [
  'root',
  'duration',
  'errors',
  'spans',
  'services',
  'started',
] as const;

/** The traces that were found. */
export function TraceList(props: { answer: TracesAnswer }) {
  const { traces, hasMore } = props.answer;
  const t = useMeshTranslation();
  const longestUs = Math.max(...traces.map(({ durationUs }) => durationUs));
  return (
    <Section id="traces" title={t('traces.list.title')}>
      <DataTable
        caption={t('traces.list.caption')}
        columns={COLUMNS.map(key => ({ key, title: t(`traces.list.${key}`) }))}
      >
        {traces.map(trace => (
          <TraceRow
            key={`${trace.store} ${trace.traceId}`}
            trace={trace}
            longestUs={longestUs}
          />
        ))}
      </DataTable>
      {hasMore && (
        <Typography variant="body2" style={{ padding: '8px 16px' }}>
          {t('traces.list.more')}
        </Typography>
      )}
    </Section>
  );
}
