import { makeStyles } from '@material-ui/core/styles';
import { ReactNode, useEffect } from 'react';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { useUrlState } from '../../hooks/useUrlState';
import { ExplainedAnswer } from './AnswerRegistry';
import { useAnswerRegistry } from './ReasonsProvider';

const useStyles = makeStyles(
  theme => ({
    root: {
      font: 'inherit',
      padding: 0,
      border: 0,
      background: 'none',
      cursor: 'pointer',
      textAlign: 'left',
      borderRadius: 2,
      color: 'inherit',
      textDecoration: 'underline',
      textDecorationStyle: 'dotted',
      textUnderlineOffset: '0.25em',
      userSelect: 'text',
      verticalAlign: 'baseline',
      '& > span': { textDecoration: 'inherit' },
      '&:hover': { textDecorationStyle: 'solid' },
      '&:focus-visible': {
        outline: `2px solid ${theme.palette.primary.main}`,
        outlineOffset: 2,
      },
    },
    link: { color: theme.palette.link },
  }),
  { name: 'MeshReasonButton' },
);

interface ReasonButtonProps {
  /** Stands for the answer in the URL. */
  id: string;
  answer: ExplainedAnswer;
  /** Absent: the words Why? */
  children?: ReactNode;
}

/** An answer that opens its reasons; as plain text where it came without any. */
export function ReasonButton(props: ReasonButtonProps) {
  const { reasons, mayDiffer = [] } = props.answer;
  return reasons.length + mayDiffer.length > 0 ? (
    <OpeningButton {...props} />
  ) : (
    <>{props.children}</>
  );
}

function OpeningButton(props: ReasonButtonProps) {
  const { id, answer, children } = props;
  const t = useMeshTranslation();
  const classes = useStyles();
  const registry = useAnswerRegistry();
  const url = useUrlState();

  useEffect(() => registry.register(id, answer), [registry, id, answer]);

  return (
    <button
      type="button"
      className={children ? classes.root : `${classes.root} ${classes.link}`}
      aria-haspopup="dialog"
      title={t('answer.whyOf', { title: answer.title })}
      onClick={() =>
        url.set({ reason: id, object: undefined, field: undefined })
      }
    >
      {children ?? t('answer.why')}
    </button>
  );
}
