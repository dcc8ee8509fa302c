import { makeStyles } from '@material-ui/core/styles';
import { ReactNode, useEffect, useRef } from 'react';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { markedBackground, subtleColor } from '../../theme/tones';
import { VisuallyHidden } from '../Status/VisuallyHidden';

const useStyles = makeStyles(
  theme => ({
    root: {
      position: 'relative',
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: theme.shape.borderRadius,
      background: theme.palette.background.default,
    },
    action: { position: 'absolute', top: 0, right: theme.spacing(2) },
    text: {
      margin: 0,
      padding: theme.spacing(1, 0),
      maxHeight: '60vh',
      overflow: 'auto',
      fontFamily: 'monospace',
      fontSize: theme.typography.body2.fontSize,
      lineHeight: 1.6,
      counterReset: 'line',
      '&:focus-visible': {
        outline: `2px solid ${theme.palette.primary.main}`,
      },
    },
    line: {
      display: 'block',
      whiteSpace: 'pre',
      width: 'max-content',
      minWidth: '100%',
      paddingRight: theme.spacing(8),
      '&::before': {
        counterIncrement: 'line',
        content: 'counter(line)',
        display: 'inline-block',
        width: '3.5em',
        paddingRight: '1em',
        textAlign: 'right',
        color: subtleColor(theme),
      },
    },
    marked: {
      background: markedBackground(theme),
      color: 'inherit',
      boxShadow: `inset 4px 0 0 ${theme.palette.primary.main}`,
    },
    key: { fontWeight: 700 },
  }),
  { name: 'MeshYamlView' },
);

const KEY = /^(\s*(?:- )*)((?:"[^"]*"|[^\s"'#:][^:]*|'[^']*')(?=:(?:\s|$)))/;

/** YAML with numbered lines; the marked ones are scrolled into view. */
export function YamlView(props: {
  text: string;
  label: string;
  marked?: { first: number; last: number };
  action: ReactNode;
}) {
  const { text, label, marked, action } = props;
  const t = useMeshTranslation();
  const classes = useStyles();
  const container = useRef<HTMLPreElement>(null);
  const target = useRef<HTMLElement>(null);
  const first = marked?.first;

  useEffect(() => {
    const line = target.current;
    if (container.current && line) {
      container.current.scrollTop =
        line.offsetTop - container.current.clientHeight / 3;
    }
  }, [text, first]);

  return (
    <div className={classes.root}>
      <pre
        ref={container}
        className={classes.text}
        role="region"
        aria-label={label}
        // A region that scrolls must be reachable by keyboard.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
      >
        {text
          .trimEnd()
          .split('\n')
          .map((line, index) => {
            const number = index + 1;
            if (!marked || number < marked.first || number > marked.last) {
              return (
                <span key={number} className={classes.line}>
                  <YamlLine line={line} />
                </span>
              );
            }
            return (
              <mark
                key={number}
                ref={number === marked.first ? target : undefined}
                className={`${classes.line} ${classes.marked}`}
              >
                {number === marked.first && (
                  <VisuallyHidden>{t('drawer.marked')}</VisuallyHidden>
                )}
                <YamlLine line={line} />
              </mark>
            );
          })}
      </pre>
      <div className={classes.action}>{action}</div>
    </div>
  );
}

function YamlLine({ line }: { line: string }) {
  const classes = useStyles();
  const [whole, indent, key] = KEY.exec(line) ?? [];
  if (whole === undefined) {
    return <>{line || '\u200b'}</>;
  }
  return (
    <>
      {indent}
      <span className={classes.key}>{key}</span>
      {line.slice(whole.length)}
    </>
  );
}
