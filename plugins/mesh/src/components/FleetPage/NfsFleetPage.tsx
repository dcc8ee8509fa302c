import { Content } from '@backstage/core-components';
import { FleetTabs } from './FleetTabs';

/** The page of all clusters and services; the new frontend system draws the header. */
export function NfsFleetPage() {
  return (
    <main>
      <Content>
        <FleetTabs />
      </Content>
    </main>
  );
}
