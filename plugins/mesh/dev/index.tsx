import { Header, Page, TabbedLayout } from '@backstage/core-components';
import {
  attachComponentData,
  createApiFactory,
  FetchApi,
} from '@backstage/core-plugin-api';
import { createDevApp } from '@backstage/dev-utils';
import {
  catalogApiRef,
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { TestApiProvider } from '@backstage/test-utils';
import { ReactNode, useMemo } from 'react';
import { meshApiRef, MeshClient, meshPlugin } from '../src';
import { respond } from '../src/__fixtures__/fixtureBackend';
import { FleetPage } from '../src/components/FleetPage/FleetPage';
import { MtlsTab } from '../src/components/MtlsTab/MtlsTab';
import { RoutingTab } from '../src/components/RoutingTab/RoutingTab';
import { TracesTab } from '../src/components/TracesTab/TracesTab';
import { DEV_STATES, DevState } from './states';

/** Answers as the backend would in a state. */
function fixtureFetch({ replies }: DevState): FetchApi['fetch'] {
  return async (input, init) => {
    const url = String(input).replace('plugin://', 'http://fixtures/api/');
    return respond(new Request(url, { headers: init?.headers }), replies);
  };
}

function InState(props: { state: DevState; children: ReactNode }) {
  const { state, children } = props;
  const client = useMemo(
    () => MeshClient.create({ fetchApi: { fetch: fixtureFetch(state) } }),
    [state],
  );
  return (
    <TestApiProvider apis={[[meshApiRef, client]]}>
      <EntityProvider entity={state.entity}>{children}</EntityProvider>
    </TestApiProvider>
  );
}

function EntityPageInState({ state }: { state: DevState }) {
  return (
    <InState state={state}>
      <Page themeId="service">
        <Header title={state.entity.metadata.name} subtitle={state.title} />
        <TabbedLayout>
          <TabbedLayout.Route path="/mtls" title="mTLS">
            <MtlsTab />
          </TabbedLayout.Route>
          <TabbedLayout.Route path="/routing" title="Routing">
            <RoutingTab />
          </TabbedLayout.Route>
          <TabbedLayout.Route path="/traces" title="Traces">
            <TracesTab />
          </TabbedLayout.Route>
        </TabbedLayout>
      </Page>
    </InState>
  );
}

/** Where links to entities lead. */
const LinkedEntity = () => <>An entity of the catalog.</>;
attachComponentData(LinkedEntity, 'core.mountPoint', entityRouteRef);

const app = createDevApp()
  .registerPlugin(meshPlugin)
  .registerApi(
    createApiFactory({
      api: catalogApiRef,
      deps: {},
      factory: () => catalogApiMock({ entities: [] }),
    }),
  )
  .addPage({
    path: '/catalog/:namespace/:kind/:name',
    element: <LinkedEntity />,
  });

for (const state of DEV_STATES) {
  app
    .addPage({
      path: `/entity-${state.name}`,
      title: state.title,
      element: <EntityPageInState state={state} />,
    })
    .addPage({
      path: `/mesh-${state.name}`,
      title: `${state.title}: page`,
      element: (
        <InState state={state}>
          <FleetPage />
        </InState>
      ),
    });
}

app.render();
