import { makeStyles } from '@material-ui/core/styles';
import { ClusterState } from 'backstage-plugin-mesh-common';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { Disclosure } from './Disclosure';

const useStyles = makeStyles(
  theme => ({
    list: { margin: 0, paddingLeft: theme.spacing(3) },
  }),
  { name: 'MeshUnreadKinds' },
);

/** The kinds of a cluster that could not be read, with why. */
export function UnreadKinds(props: { unread: ClusterState['unread'] }) {
  const { unread } = props;
  const t = useMeshTranslation();
  const classes = useStyles();
  return unread.length === 0 ? null : (
    <Disclosure
      summary={t('state.cluster.unread', { count: unread.length })}
      initiallyOpen={unread.some(({ cause }) => cause === 'forbidden')}
    >
      <ul className={classes.list}>
        {unread.map(({ kind, cause, message }) => (
          <li key={kind}>
            <code>{kind}</code>, {t(`cause.${cause}`)}: {message}
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}
