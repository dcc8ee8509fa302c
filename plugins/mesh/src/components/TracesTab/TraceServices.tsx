import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import { Trace } from 'backstage-plugin-mesh-common';
import { useFormat } from '../../hooks/useFormat';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { Section } from '../DataTable/Section';
import { StatusWord } from '../Status/StatusWord';

const useStyles = makeStyles(
  theme => ({
    list: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(1, 3),
      listStyle: 'none',
      margin: 0,
      padding: 0,
      // They stand in text, so that colour alone would tell them apart.
      '& a': { textDecoration: 'underline' },
    },
  }),
  { name: 'MeshTraceServices' },
);

/** The services that took part, each with the way to its catalog entity. */
export function TraceServices({ trace }: { trace: Trace }) {
  const t = useMeshTranslation();
  const format = useFormat();
  const classes = useStyles();
  return (
    <Section id="trace-services" title={t('traces.trace.services')} padded>
      <ul className={classes.list}>
        {trace.services.map(({ name, role, spans, failed, entityRef }) => (
          <li key={`${name} ${role} ${entityRef}`}>
            {entityRef ? (
              <EntityRefLink entityRef={entityRef}>{name}</EntityRefLink>
            ) : (
              name
            )}{' '}
            ({t(`traces.waterfall.${role}`)}, {format.exactCount(spans)}){' '}
            {failed > 0 && (
              <StatusWord tone="bad">
                {t('traces.list.failed', { count: failed })}
              </StatusWord>
            )}
          </li>
        ))}
        {trace.hiddenSpans > 0 && (
          <li>{t('traces.list.hidden', { count: trace.hiddenSpans })}</li>
        )}
      </ul>
    </Section>
  );
}
