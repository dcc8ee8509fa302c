import { Entity } from '@backstage/catalog-model';
import {
  catalogApiRef,
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import {
  MockFetchApi,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import { RenderResult } from '@testing-library/react';
import { ReactNode } from 'react';
import { meshApiRef } from '../api/MeshApi';
import { MeshClient } from '../api/MeshClient';

/** A client that asks the backend of the test. */
export function testMeshClient(): MeshClient {
  return MeshClient.create({
    fetchApi: new MockFetchApi({
      resolvePluginProtocol: {
        discoveryApi: {
          getBaseUrl: async pluginId => `http://localhost/api/${pluginId}`,
        },
      },
    }),
  });
}

/** Draws something of the mesh pages in an app of the established frontend system. */
export async function renderMesh(
  element: ReactNode,
  options: { entity?: Entity; path?: string } = {},
): Promise<RenderResult> {
  const { entity, path = '/' } = options;
  return renderInTestApp(
    <TestApiProvider
      apis={[
        [meshApiRef, testMeshClient()],
        [catalogApiRef, catalogApiMock({ entities: entity ? [entity] : [] })],
      ]}
    >
      {entity ? (
        <EntityProvider entity={entity}>{element}</EntityProvider>
      ) : (
        element
      )}
    </TestApiProvider>,
    {
      routeEntries: [path],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    },
  );
}
