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

/** An answer that opens its reasons. The id stands for the answer in the URL. */
export function ReasonButton(props: {
  id: string;
  answer: ExplainedAnswer;
  /** Absent: the words Why? */
  children?: ReactNode;
}) {
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
