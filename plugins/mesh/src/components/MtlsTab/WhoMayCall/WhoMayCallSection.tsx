import { Entity } from '@backstage/catalog-model';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { workloadKey, workloadLabel } from '../../../format/refs';
import { MeshAnswer } from '../../../hooks/useMeshAnswer';
import { useMeshTranslation } from '../../../hooks/useMeshTranslation';
import { CsvButton } from '../../DataTable/CsvButton';
import { Section } from '../../DataTable/Section';
import { EntityFailure } from '../../States/EntityFailure';
import { Skeleton } from '../../States/Skeleton';
import { callerRows, ruleRows } from './callerRows';
import { CallersTable } from './CallersTable';
import { callersCsv } from './callerText';
import { CallsSentence } from './CallsSentence';
import { RulesTable } from './RulesTable';

const useStyles = makeStyles(
  theme => ({
    padded: { padding: theme.spacing(0, 2, 1) },
    heading: { padding: theme.spacing(1, 2) },
  }),
  { name: 'MeshWhoMayCall' },
);

/** Who may call the workloads: the answer, the rules as they are written, then each caller. */
export function WhoMayCallSection(props: {
  entity: Entity;
  answer: MeshAnswer<'callers'>;
  observed: MeshAnswer<'observedMtls'>;
  /** The workloads that are shown. */
  shown: ReadonlySet<string>;
  windowSeconds: number;
}) {
  const { entity, answer, observed, shown, windowSeconds } = props;
  const t = useMeshTranslation();
  const classes = useStyles();
  const workloads =
    answer.status === 'loaded'
      ? answer.value.workloads.filter(({ workload }) =>
          shown.has(workloadKey(workload)),
        )
      : [];
  const seen = observed.status === 'loaded' ? observed.value.workloads : [];
  const callers = callerRows(workloads, seen);
  const rules = ruleRows(workloads);
  const loaded = answer.status === 'loaded';
  return (
    <Section
      id="who-may-call"
      title={t('callers.title')}
      action={loaded && <CsvButton data={callersCsv(t, callers)} />}
    >
      {answer.status === 'loading' ? (
        <div className={classes.padded}>
          <Skeleton
            lines={6}
            label={t('state.loading', { what: t('state.what.callers') })}
          />
        </div>
      ) : (
        <div className={classes.padded}>
          <EntityFailure entity={entity} answer={answer} what="callers" />
        </div>
      )}
      {loaded && (
        <>
          <CallsSentence rows={callers} />
          <Typography
            variant="subtitle1"
            component="h4"
            className={classes.heading}
          >
            {t('callers.rules.title')}
          </Typography>
          {rules.length === 0 ? (
            <Typography variant="body2" className={classes.padded}>
              {t('callers.rules.none')}
            </Typography>
          ) : (
            <RulesTable rows={rules} />
          )}
          <Typography
            variant="subtitle1"
            component="h4"
            className={classes.heading}
          >
            {t('callers.table.title')}
          </Typography>
          <CallersTable
            rows={callers}
            observed={observed}
            windowSeconds={windowSeconds}
          />
          {workloads
            .filter(({ hiddenCallers }) => hiddenCallers > 0)
            .map(({ workload, hiddenCallers }) => (
              <Typography
                key={workloadKey(workload)}
                variant="body2"
                className={classes.heading}
              >
                {t('callers.hidden', {
                  count: hiddenCallers,
                  workload: workloadLabel(workload),
                })}
              </Typography>
            ))}
        </>
      )}
    </Section>
  );
}
