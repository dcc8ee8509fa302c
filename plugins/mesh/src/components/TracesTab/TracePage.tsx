import { Link } from '@backstage/core-components';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { makeStyles } from '@material-ui/core/styles';
import ArrowBackIcon from '@material-ui/icons/ArrowBack';
import { traceIdSchema } from 'backstage-plugin-mesh-common';
import { useSearchParams } from 'react-router-dom';
import { useMeshAnswer } from '../../hooks/useMeshAnswer';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { MeshEntity } from '../EntityTab/EntityTab';
import { AnswerFailure } from '../States/AnswerFailure';
import { Notice } from '../States/Notice';
import { TabSkeleton } from '../States/TabSkeleton';
import { LoadedTrace } from './LoadedTrace';
import { StoreNotices } from './StoreNotices';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'grid', gap: theme.spacing(2), minWidth: 0 },
    back: {
      display: 'inline-flex',
      alignItems: 'center',
      gap: theme.spacing(0.5),
      justifySelf: 'start',
    },
  }),
  { name: 'MeshTracePage' },
);

type TraceProps = MeshEntity & {
  traceId: string;
  /** It was opened from the list, with the link that had the focus. */
  isOpened: boolean;
};

/** One trace, in place of the list that leads to it. */
export function TracePage(props: TraceProps) {
  const { traceId } = props;
  const t = useMeshTranslation();
  const classes = useStyles();
  const [params] = useSearchParams();
  const list = new URLSearchParams(params);
  ['trace', 'span', 'q'].forEach(key => list.delete(key));
  return (
    <div className={classes.root}>
      <Link to={`?${list}`} className={classes.back}>
        <ArrowBackIcon fontSize="small" aria-hidden />
        {t('traces.trace.back')}
      </Link>
      {traceIdSchema.safeParse(traceId).success ? (
        <TraceContent {...props} />
      ) : (
        <Notice tone="neutral" title={t('traces.trace.gone')}>
          {t('traces.trace.goneHint')}
        </Notice>
      )}
    </div>
  );
}

function TraceContent(props: TraceProps) {
  const { entity, params, traceId, isOpened } = props;
  const t = useMeshTranslation();
  const answer = useMeshAnswer('trace', {
    params: { ...params, traceId },
    query: {},
  });
  if (answer.status === 'loading') {
    return (
      <TabSkeleton
        what={t('state.loading', { what: t('state.what.trace') })}
        parts={[1, 8]}
      />
    );
  }
  const failure = (
    <AnswerFailure
      answer={answer}
      what="trace"
      hints={{
        notFound: {
          title: t('traces.trace.gone'),
          hint: `${t(
            'traces.trace.goneHint',
          )} (${traceId}, ${stringifyEntityRef(entity)})`,
        },
      }}
    />
  );
  if (answer.status !== 'loaded') {
    return failure;
  }
  const { trace, stores, withoutStore } = answer.value;
  return (
    <>
      {failure}
      {trace ? (
        <LoadedTrace trace={trace} takesFocus={isOpened} />
      ) : (
        <>
          <Notice tone="neutral" title={t('traces.trace.unread')} />
          <StoreNotices stores={stores} withoutStore={withoutStore} />
        </>
      )}
    </>
  );
}
