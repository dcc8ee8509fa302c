import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ObjectRef, Reason } from 'backstage-plugin-mesh-common';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { StatusWord } from '../Status/StatusWord';
import { ExplainedAnswer } from './AnswerRegistry';
import { ReasonItem } from './ReasonItem';

const useStyles = makeStyles(
  theme => ({
    list: {
      margin: 0,
      paddingLeft: theme.spacing(3),
      '& > li + li': { marginTop: theme.spacing(1.5) },
    },
    section: { marginTop: theme.spacing(2) },
  }),
  { name: 'MeshReasonChain' },
);

/** The reasons of an answer in order, then what may make it differ from what happens. */
export function ReasonChain(props: {
  answer: ExplainedAnswer;
  chosen: ObjectRef | undefined;
  onChoose(object: ObjectRef, field: string | undefined): void;
}) {
  const { answer, chosen, onChoose } = props;
  const t = useMeshTranslation();
  const classes = useStyles();
  const list = (reasons: readonly Reason[]) => (
    <ol className={classes.list}>
      {reasons.map((reason, index) => (
        <ReasonItem
          key={index}
          reason={reason}
          chosen={chosen}
          onChoose={onChoose}
        />
      ))}
    </ol>
  );
  return (
    <section aria-labelledby="mesh-reasons">
      <Typography variant="subtitle1" component="h3" id="mesh-reasons">
        {t('drawer.reasons')}
      </Typography>
      {list(answer.reasons)}
      {answer.cause && (
        <Typography className={classes.section}>
          <StatusWord tone="notice">{t(`cause.${answer.cause}`)}</StatusWord>
        </Typography>
      )}
      {answer.predicted && (
        <Typography className={classes.section}>
          <StatusWord tone="info">
            {t('answer.predicted')}: {t('answer.predictedHint')}
          </StatusWord>
        </Typography>
      )}
      {answer.mayDiffer && answer.mayDiffer.length > 0 && (
        <div className={classes.section}>
          <Typography variant="subtitle1" component="h3">
            {t('drawer.mayDiffer')}
          </Typography>
          <Typography gutterBottom>{t('drawer.mayDifferHint')}</Typography>
          {list(answer.mayDiffer)}
        </div>
      )}
    </section>
  );
}
