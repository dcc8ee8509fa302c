import { Entity } from '@backstage/catalog-model';
import { Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { Finding, FindingsAnswer } from 'backstage-plugin-mesh-common';
import { answerId, objectKey, objectLabel } from '../../format/refs';
import { MeshAnswer } from '../../hooks/useMeshAnswer';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { subtleColor } from '../../theme/tones';
import { Section } from '../DataTable/Section';
import { ReasonButton } from '../Reasons/ReasonButton';
import { Disclosure } from '../States/Disclosure';
import { EntityFailure } from '../States/EntityFailure';
import { Skeleton } from '../States/Skeleton';
import { LEVELS } from '../Status/answerTones';
import { StatusWord } from '../Status/StatusWord';

const useStyles = makeStyles(
  theme => ({
    list: {
      listStyle: 'none',
      margin: 0,
      padding: 0,
      '& > li + li': { marginTop: theme.spacing(1.5) },
    },
    skipped: { margin: 0, paddingLeft: theme.spacing(3) },
    line: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'baseline',
      gap: theme.spacing(0, 2),
    },
    subtle: { color: subtleColor(theme) },
  }),
  { name: 'MeshFindingsSection' },
);

/** What the checks found about the entity, and which of them could not run. */
export function FindingsSection(props: {
  entity: Entity;
  answer: MeshAnswer<'findings'>;
}) {
  const { entity, answer } = props;
  const t = useMeshTranslation();
  return (
    <Section
      id="findings"
      padded
      title={
        answer.status === 'loaded'
          ? t('mtls.findings.titleCount', {
              amount: String(answer.value.findings.length),
            })
          : t('mtls.findings.title')
      }
    >
      {answer.status === 'loading' && (
        <Skeleton
          lines={3}
          label={t('state.loading', { what: t('state.what.findings') })}
        />
      )}
      <EntityFailure entity={entity} answer={answer} what="findings" />
      {answer.status === 'loaded' && <FindingList answer={answer.value} />}
    </Section>
  );
}

function FindingList({ answer }: { answer: FindingsAnswer }) {
  const { findings, suppressed, skipped } = answer;
  const t = useMeshTranslation();
  const classes = useStyles();
  return (
    <>
      {findings.length === 0 && (
        <Typography variant="body2">{t('mtls.findings.none')}</Typography>
      )}
      <ul className={classes.list}>
        {findings.map((finding, index) => (
          <FindingItem key={index} finding={finding} />
        ))}
      </ul>
      {suppressed.length > 0 && (
        <Disclosure
          summary={t('mtls.findings.suppressed', { count: suppressed.length })}
        >
          <ul className={classes.list}>
            {suppressed.map(({ finding, reason }, index) => (
              <FindingItem key={index} finding={finding} suppressed={reason} />
            ))}
          </ul>
        </Disclosure>
      )}
      {skipped.length > 0 && (
        <Disclosure
          summary={t('mtls.findings.skipped', { count: skipped.length })}
        >
          <ul className={classes.skipped}>
            {skipped.map(({ code, cluster, message }, index) => (
              <li key={index}>
                {t('mtls.findings.skippedOn', { code, cluster, message })}
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
    </>
  );
}

function FindingItem(props: {
  finding: Finding;
  /** Why it is not among those that are reported. */
  suppressed?: string;
}) {
  const { finding, suppressed } = props;
  const { code, level, aliases, title, message, object, field, docs } = finding;
  const t = useMeshTranslation();
  const classes = useStyles();
  return (
    <li>
      <div className={classes.line}>
        <StatusWord {...LEVELS[level]}>{t(`level.${level}`)}</StatusWord>
        <strong>{title}</strong>
        <Link to={docs} aria-label={t('mtls.findings.docs', { code })}>
          {code}
        </Link>
        {aliases.length > 0 && (
          <span className={classes.subtle}>
            {t('mtls.findings.aliases', { aliases: aliases.join(', ') })}
          </span>
        )}
      </div>
      <div>{message}</div>
      {suppressed !== undefined && (
        <div className={classes.subtle}>
          {t('mtls.findings.suppressedReason', { reason: suppressed })}
        </div>
      )}
      <div>
        <ReasonButton
          id={answerId('finding', code, objectKey(object), field ?? '')}
          answer={{
            title: `${code}: ${title}`,
            word: t(`level.${level}`),
            reasons: [
              { rule: code, text: message, object, ...(field && { field }) },
            ],
          }}
        >
          {objectLabel(object)}
        </ReasonButton>
      </div>
    </li>
  );
}
