import { EntityRefLink } from '@backstage/plugin-catalog-react';
import IconButton from '@material-ui/core/IconButton';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import CloseIcon from '@material-ui/icons/Close';
import { TraceProcess, TraceSpan } from 'backstage-plugin-mesh-common';
import { ReactNode } from 'react';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { AttributeList, useListStyles } from './AttributeList';
import { useMicroseconds } from './useMicroseconds';

const useStyles = makeStyles(
  theme => ({
    root: {
      padding: theme.spacing(1, 2, 2),
      minWidth: 0,
      // It stays in sight while the tree is scrolled.
      alignSelf: 'start',
      position: 'sticky',
      top: theme.spacing(1),
      maxHeight: '85vh',
      overflowY: 'auto',
      borderLeft: `1px solid ${theme.palette.divider}`,
    },
    header: {
      display: 'flex',
      justifyContent: 'space-between',
      alignItems: 'center',
    },
    title: { overflowWrap: 'anywhere' },
    heading: { marginTop: theme.spacing(2), fontWeight: 700 },
  }),
  { name: 'MeshSpanDetails' },
);

/** All that is known of a span. */
export function SpanDetails(props: {
  row: TraceSpan;
  process: TraceProcess;
  onClose(): void;
}) {
  const { row, process, onClose } = props;
  const t = useMeshTranslation();
  const microseconds = useMicroseconds();
  const classes = useStyles();
  const lists = useListStyles();
  const criticalUs = row.critical.reduce(
    (sum, { durationUs }) => sum + durationUs,
    0,
  );
  const facts: [title: string, value: ReactNode][] = [
    [t('traces.details.service'), serviceOf(process)],
    [t('traces.details.role'), t(`traces.details.roles.${row.role}`)],
    [t('traces.details.kind'), t(`traces.details.kinds.${row.kind}`)],
    [t('traces.details.start'), microseconds(row.offsetUs)],
    [t('traces.details.duration'), microseconds(row.durationUs)],
    [
      t('traces.details.critical'),
      criticalUs > 0 ? microseconds(criticalUs) : undefined,
    ],
    [
      t('traces.details.clock'),
      row.skewUs !== 0
        ? t('traces.details.clockText', {
            duration: microseconds(Math.abs(row.skewUs)),
          })
        : undefined,
    ],
    [t('traces.details.id'), row.id],
  ];
  return (
    <section className={classes.root} aria-labelledby="mesh-span-title">
      <div className={classes.header}>
        <Typography
          variant="subtitle1"
          component="h4"
          id="mesh-span-title"
          className={classes.title}
        >
          {row.name ?? t('traces.waterfall.hidden')}
        </Typography>
        <IconButton
          size="small"
          aria-label={t('traces.details.close')}
          onClick={onClose}
        >
          <CloseIcon fontSize="small" />
        </IconButton>
      </div>
      {process.service === undefined && (
        <Typography variant="body2">
          {t('traces.details.hiddenText')}
        </Typography>
      )}
      {row.isOrphan && (
        <Typography variant="body2">
          {t('traces.details.orphanText')}
        </Typography>
      )}
      <dl className={lists.list}>
        {facts
          .filter(([, value]) => value !== undefined)
          .map(([title, value]) => (
            <div key={title}>
              <dt>{title}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      {row.warnings.length > 0 && (
        <>
          <Typography className={classes.heading}>
            {t('traces.details.warnings')}
          </Typography>
          {row.warnings.map(warning => (
            <Typography key={warning} variant="body2">
              {warning}
            </Typography>
          ))}
        </>
      )}
      {process.service !== undefined && (
        <>
          <Typography className={classes.heading}>
            {t('traces.details.tags')}
          </Typography>
          <AttributeList attributes={row.attributes} />
          <Typography className={classes.heading}>
            {t('traces.details.process')}
          </Typography>
          <AttributeList attributes={process.attributes} />
          {row.events.length > 0 && (
            <Typography className={classes.heading}>
              {t('traces.details.events')}
            </Typography>
          )}
          {row.events.map(({ offsetUs, attributes }, index) => (
            <div key={index}>
              <Typography variant="body2">
                {t('traces.details.at', { offset: microseconds(offsetUs) })}
              </Typography>
              <AttributeList attributes={attributes} />
            </div>
          ))}
        </>
      )}
    </section>
  );
}

function serviceOf({ service, entityRef }: TraceProcess): ReactNode {
  return entityRef ? (
    <EntityRefLink entityRef={entityRef}>{service}</EntityRefLink>
  ) : (
    service
  );
}
