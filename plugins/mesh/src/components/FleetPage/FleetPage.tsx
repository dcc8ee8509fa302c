import { Content, Header, Page } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { FleetTabs } from './FleetTabs';
import { HelpLink } from './HelpLink';

/** The page of all clusters and services, with the header of the established frontend system. */
export function FleetPage() {
  const t = useMeshTranslation();
  return (
    <Page themeId="tool">
      <Header title={t('page.title')} subtitle={t('page.subtitle')}>
        <HeaderHelp />
      </Header>
      <Content>
        <FleetTabs />
      </Content>
    </Page>
  );
}

const useStyles = makeStyles(
  theme => ({
    root: { color: theme.page.fontColor, padding: theme.spacing(0, 3) },
  }),
  { name: 'MeshHeaderHelp' },
);

/** The header has a background of its own, and text has the colour that goes with it. */
function HeaderHelp() {
  const classes = useStyles();
  return (
    <div className={classes.root}>
      <HelpLink />
    </div>
  );
}
