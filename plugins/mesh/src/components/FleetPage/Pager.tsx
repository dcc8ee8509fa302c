import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { useFormat } from '../../hooks/useFormat';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { PAGE_SIZE, ServiceView } from './useServiceView';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      alignItems: 'center',
      justifyContent: 'flex-end',
      gap: theme.spacing(1),
      padding: theme.spacing(1, 2),
    },
  }),
  { name: 'MeshPager' },
);

/** Leads to the other pages of the table, where there are any. */
export function Pager({ view }: { view: ServiceView }) {
  const { page, pages, shown, matching, url } = view;
  const t = useMeshTranslation();
  const format = useFormat();
  const classes = useStyles();
  const to = (next: number) => url.set({ page: String(next + 1) });
  return pages === 1 ? null : (
    <nav className={classes.root} aria-label={t('fleet.services.pages')}>
      <span role="status">
        {t('fleet.services.range', {
          from: format.exactCount(page * PAGE_SIZE + 1),
          to: format.exactCount(page * PAGE_SIZE + shown.length),
          total: format.exactCount(matching.length),
        })}
      </span>
      <Button disabled={page === 0} onClick={() => to(page - 1)}>
        {t('fleet.services.previous')}
      </Button>
      <Button disabled={page === pages - 1} onClick={() => to(page + 1)}>
        {t('fleet.services.next')}
      </Button>
    </nav>
  );
}
