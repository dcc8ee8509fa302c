import { Content, Header, Page } from '@backstage/core-components';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { FleetTabs } from './FleetTabs';
import { HelpLink } from './HelpLink';

/** The page of all clusters and services, with the header of the established frontend system. */
export function FleetPage() {
  const t = useMeshTranslation();
  return (
    <Page themeId="tool">
      <Header title={t('page.title')} subtitle={t('page.subtitle')}>
        <HelpLink />
      </Header>
      <Content>
        <FleetTabs />
      </Content>
    </Page>
  );
}
