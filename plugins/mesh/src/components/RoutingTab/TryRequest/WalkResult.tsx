import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import {
  WalkAnswer,
  WalkOutcome,
  WalkQuestion,
} from 'backstage-plugin-mesh-common';
import { answerId } from '../../../format/refs';
import { useFormat } from '../../../hooks/useFormat';
import { MeshEntity } from '../../EntityTab/EntityTab';
import { useMeshAnswer } from '../../../hooks/useMeshAnswer';
import { useMeshTranslation } from '../../../hooks/useMeshTranslation';
import { Tone } from '../../../theme/tones';
import { DecidedBy } from '../../Reasons/DecidedBy';
import { explain } from '../../Reasons/explain';
import { AnswerFailure } from '../../States/AnswerFailure';
import { Skeleton } from '../../States/Skeleton';
import { StatusWord } from '../../Status/StatusWord';
import { WalkSteps } from './WalkSteps';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'grid', gap: theme.spacing(1), minWidth: 0 },
    outcome: { overflowWrap: 'anywhere' },
  }),
  { name: 'MeshWalkResult' },
);

const TONES: Readonly<Record<WalkOutcome, Tone>> = {
  delivered: 'good',
  redirect: 'info',
  'direct-response': 'info',
  'no-route': 'bad',
  denied: 'bad',
  failed: 'bad',
  unmeshed: 'notice',
  depends: 'notice',
  unknown: 'neutral',
};

/** What becomes of the request: the outcome in a sentence, then each step with its decider. */
export function WalkResult(props: {
  id: string;
  params: MeshEntity['params'];
  question: WalkQuestion;
}) {
  const { id, params, question } = props;
  const t = useMeshTranslation();
  const classes = useStyles();
  const answer = useMeshAnswer('walk', {
    params: { ...params },
    query: { request: JSON.stringify(question) },
  });
  return (
    <div className={classes.root}>
      {answer.status === 'loading' && (
        <Skeleton
          label={t('state.loading', { what: t('state.what.walk') })}
          lines={6}
        />
      )}
      {answer.status !== 'loading' && (
        <AnswerFailure
          answer={answer}
          what="walk"
          hints={{
            notFound: {
              title: t('state.notFound.entity'),
              hint: t('walk.hint', { service: question.host }),
            },
          }}
        />
      )}
      <div role="status" aria-live="polite" className={classes.outcome}>
        {answer.status === 'loaded' && (
          <Outcome id={id} walk={answer.value.walk} />
        )}
      </div>
      {answer.status === 'loaded' && (
        <Loaded
          id={id}
          walk={answer.value.walk}
          hidden={answer.value.hiddenWorkloads}
        />
      )}
    </div>
  );
}

function Outcome(props: { id: string; walk: WalkAnswer }) {
  const { id, walk } = props;
  const { outcome, summary } = walk;
  const t = useMeshTranslation();
  const word = t('walk.result', {
    outcome: t(`walk.outcome.${outcome.value}`),
    summary,
  });
  return (
    <>
      <StatusWord tone={TONES[outcome.value]}>{word}</StatusWord>{' '}
      <DecidedBy
        id={answerId('walk', id)}
        answer={explain(
          outcome,
          t('walk.title', { service: walk.request.host }),
          word,
        )}
      />
    </>
  );
}

function Loaded(props: { id: string; walk: WalkAnswer; hidden: number }) {
  const { id, walk, hidden } = props;
  const t = useMeshTranslation();
  const format = useFormat();
  return (
    <>
      <WalkSteps id={id} walk={walk} />
      {walk.mirrors.map(({ host = t('walk.nowhere'), port, percent }) => (
        <Typography key={`${host}:${port}`} variant="body2">
          {t('walk.mirror', {
            percent: format.percent(percent),
            host: port ? `${host}:${port}` : host,
          })}
        </Typography>
      ))}
      {hidden > 0 && (
        <Typography variant="body2">
          {t('walk.hidden', { count: hidden })}
        </Typography>
      )}
    </>
  );
}
