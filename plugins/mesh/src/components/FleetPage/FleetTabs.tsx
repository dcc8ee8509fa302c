import { makeStyles } from '@material-ui/core/styles';
import Tab from '@material-ui/core/Tab';
import Tabs from '@material-ui/core/Tabs';
import { Link, Navigate, Route, Routes, useLocation } from 'react-router-dom';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { subtleColor } from '../../theme/tones';
import { PageRoot } from '../States/PageRoot';
import { ChecklistTab } from './ChecklistTab';
import { OverviewTab } from './OverviewTab';
import { ServicesTab } from './ServicesTab';

const TABS = ['overview', 'services', 'checklist'] as const;

const useStyles = makeStyles(
  theme => ({
    tabs: {
      borderBottom: `1px solid ${theme.palette.divider}`,
      marginBottom: theme.spacing(3),
    },
    tab: {
      color: subtleColor(theme),
      '&:focus-visible': {
        outline: `2px solid ${theme.palette.primary.main}`,
        outlineOffset: -2,
      },
    },
  }),
  { name: 'MeshFleetTabs' },
);

/** The parts of the page, each at a path of its own. */
export function FleetTabs() {
  const t = useMeshTranslation();
  const classes = useStyles();
  const path = useLocation().pathname;
  const current = TABS.find(tab => path.endsWith(`/${tab}`)) ?? 'overview';
  return (
    <PageRoot>
      <Tabs
        className={classes.tabs}
        component="nav"
        value={current}
        indicatorColor="primary"
        textColor="primary"
        aria-label={t('page.tabs')}
      >
        {TABS.map(tab => (
          <Tab
            key={tab}
            value={tab}
            id={`mesh-tab-${tab}`}
            aria-controls={`mesh-tabpanel-${tab}`}
            className={classes.tab}
            component={Link}
            to={tab}
            label={t(`page.${tab}`)}
          />
        ))}
      </Tabs>
      <div
        role="tabpanel"
        id={`mesh-tabpanel-${current}`}
        aria-labelledby={`mesh-tab-${current}`}
      >
        <Routes>
          <Route path="overview" element={<OverviewTab />} />
          <Route path="services" element={<ServicesTab />} />
          <Route path="checklist" element={<ChecklistTab />} />
          <Route path="*" element={<Navigate to="overview" replace />} />
        </Routes>
      </div>
    </PageRoot>
  );
}
