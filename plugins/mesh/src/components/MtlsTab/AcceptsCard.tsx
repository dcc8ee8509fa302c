import Typography from '@material-ui/core/Typography';
import { Accepts, acceptsSchema } from 'backstage-plugin-mesh-common';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { ACCEPTS } from '../Status/answerTones';
import { StatusWord } from '../Status/StatusWord';
import { SummaryCard } from './SummaryCard';
import { PortView } from './workloadViews';

interface AcceptsGroup {
  value: Accepts;
  /** The words of the meshes for it. */
  terms: string[];
  ports: number;
}

/** How many ports accept what, in the words of the meshes. */
export function AcceptsCard(props: { ports: readonly PortView[] }) {
  const t = useMeshTranslation();
  const groups = groupByAnswer(props.ports);
  return (
    <SummaryCard title={t('mtls.cards.accepts')}>
      {groups.length === 0 && (
        <Typography>{t('mtls.cards.noPorts')}</Typography>
      )}
      {groups.map(({ value, terms, ports }) => (
        <div key={value}>
          <StatusWord {...ACCEPTS[value]}>
            {t(`mtls.accepts.${value}`)}
            {terms.length > 0 && ` (${terms.join(', ')})`}:{' '}
            {t('mtls.cards.ports', { count: ports })}
          </StatusWord>
        </div>
      ))}
    </SummaryCard>
  );
}

function groupByAnswer(ports: readonly PortView[]): AcceptsGroup[] {
  return acceptsSchema.options.flatMap(value => {
    const own = ports.filter(({ port }) => port.accepts.value === value);
    const terms = new Set(own.flatMap(({ port }) => port.accepts.term ?? []));
    return own.length === 0
      ? []
      : [{ value, terms: [...terms], ports: own.length }];
  });
}
