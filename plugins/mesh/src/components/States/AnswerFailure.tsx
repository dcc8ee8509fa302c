import Button from '@material-ui/core/Button';
import LockOutlinedIcon from '@material-ui/icons/LockOutlined';
import { ResponseError } from '@backstage/errors';
import { RouteName } from 'backstage-plugin-mesh-common';
import { MeshAnswer } from '../../hooks/useMeshAnswer';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { Ago } from './Ago';
import { Notice } from './Notice';

/** What to say of an answer that failed, beside what failed. */
export interface FailureHints {
  forbidden?: string;
  notFound: { title: string; hint: string };
}

/** Says that an answer is missing or old, why, and what to do. Draws nothing where all is well. */
export function AnswerFailure<R extends RouteName>(props: {
  answer: MeshAnswer<R>;
  what: RouteName;
  hints: FailureHints;
}) {
  const { answer, hints } = props;
  const t = useMeshTranslation();
  const what = t(`state.what.${props.what}`);
  const retry = (
    <Button size="small" variant="outlined" onClick={answer.refresh}>
      {t('state.retry')}
    </Button>
  );
  switch (answer.status) {
    case 'error':
      return (
        <Notice
          tone="bad"
          urgent
          title={t('state.error.title', { what })}
          action={retry}
        >
          {errorText(answer.error)}
        </Notice>
      );
    case 'forbidden':
      return (
        <Notice
          tone="neutral"
          icon={LockOutlinedIcon}
          title={t('state.forbidden.title', { what })}
        >
          {hints.forbidden ?? t('state.forbidden.other')}
        </Notice>
      );
    case 'notFound':
      return (
        <Notice tone="neutral" title={hints.notFound.title} action={retry}>
          {hints.notFound.hint}
        </Notice>
      );
    case 'loaded':
      return answer.failure ? (
        <Notice
          tone="notice"
          title={t('state.refreshFailed.title')}
          action={retry}
        >
          {t('state.refreshFailed.text', {
            ago: <Ago key="ago" moment={answer.freshness.checkedAt()} />,
          })}{' '}
          {errorText(answer.failure)}
        </Notice>
      ) : null;
    default:
      return null;
  }
}

/** What the backend said, where it said something. */
export function errorText(error: Error): string {
  return ResponseError.is(error)
    ? `${error.statusCode} ${error.cause.name}: ${error.cause.message}`
    : error.message;
}
