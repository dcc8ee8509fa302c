import { makeStyles } from '@material-ui/core/styles';
import { Reason } from 'backstage-plugin-mesh-common';
import { answerId, objectLabel } from '../../format/refs';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { ReasonButton } from '../Reasons/ReasonButton';
import { Disclosure } from '../States/Disclosure';
import { StatusWord } from '../Status/StatusWord';

const useStyles = makeStyles(
  theme => ({
    root: { padding: theme.spacing(1, 2) },
    list: { margin: 0, paddingLeft: theme.spacing(3) },
  }),
  { name: 'MeshIgnoredObjects' },
);

/** The objects that name a Service and have no effect, with why. */
export function IgnoredObjects(props: {
  id: string;
  title: string;
  ignored: readonly Reason[];
}) {
  const { id, title, ignored } = props;
  const t = useMeshTranslation();
  const classes = useStyles();
  return ignored.length === 0 ? null : (
    <div className={classes.root}>
      <Disclosure
        initiallyOpen
        summary={
          <StatusWord tone="notice">
            {t('routing.ignored.title', { count: ignored.length })}
          </StatusWord>
        }
      >
        <ul className={classes.list}>
          {ignored.map((reason, index) => (
            <li key={index}>
              {reason.text}{' '}
              <ReasonButton
                id={answerId('ignored', id, String(index))}
                answer={{ title, word: reason.text, reasons: [reason] }}
              >
                {reason.object && objectLabel(reason.object)}
              </ReasonButton>
            </li>
          ))}
        </ul>
      </Disclosure>
    </div>
  );
}
