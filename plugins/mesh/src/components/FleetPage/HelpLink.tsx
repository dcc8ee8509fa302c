import { Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import HelpOutlineIcon from '@material-ui/icons/HelpOutline';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';

/** Where the pages are explained. */
export const HELP_URL =
  'https://github.com/mesh-for-backstage/mesh-for-backstage/tree/main/docs';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'inline-flex',
      alignItems: 'center',
      gap: theme.spacing(0.5),
      color: 'inherit',
      textDecoration: 'underline',
    },
  }),
  { name: 'MeshHelpLink' },
);

/** Leads to the explanation of the pages. */
export function HelpLink() {
  const t = useMeshTranslation();
  const classes = useStyles();
  return (
    <Link to={HELP_URL} className={classes.root}>
      <HelpOutlineIcon fontSize="small" aria-hidden />
      {t('page.help')}
    </Link>
  );
}
