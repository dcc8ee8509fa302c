import { FlatRoutes } from '@backstage/core-app-api';
import {
  catalogApiRef,
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import { ReactNode } from 'react';
import { Route } from 'react-router-dom';
import { plainEntity, reviewsEntity } from './__fixtures__/entities';
import { setupMeshBackend } from './__testUtils__/meshBackend';
import { testMeshClient } from './__testUtils__/renderMesh';
import {
  EntityMeshMtlsContent,
  EntityMeshRoutingContent,
  EntityMeshTracesContent,
  isMeshAvailable,
  meshApiRef,
  MeshPage,
  meshPlugin,
} from './index';
import {
  mtlsRouteRef,
  rootRouteRef,
  routingRouteRef,
  tracesRouteRef,
} from './routes';

setupMeshBackend();

/** Draws an extension where an app of the established frontend system mounts it. */
function mount(path: string, element: ReactNode) {
  return renderInTestApp(
    <TestApiProvider
      apis={[
        [meshApiRef, testMeshClient()],
        [catalogApiRef, catalogApiMock({ entities: [reviewsEntity] })],
      ]}
    >
      <EntityProvider entity={reviewsEntity}>
        <FlatRoutes>
          <Route path={path} element={element} />
        </FlatRoutes>
      </EntityProvider>
    </TestApiProvider>,
    {
      routeEntries: [path],
      mountedRoutes: {
        '/catalog/:namespace/:kind/:name': entityRouteRef,
        '/mesh': rootRouteRef,
        '/mtls': mtlsRouteRef,
        '/routing': routingRouteRef,
        '/traces': tracesRouteRef,
      },
    },
  );
}

describe('the plugin for the established frontend system', () => {
  it('provides the API', () => {
    expect([...meshPlugin.getApis()].map(({ api }) => api.id)).toEqual([
      'plugin.mesh',
    ]);
  });

  it('mounts the mTLS tab', async () => {
    await mount('/mtls', <EntityMeshMtlsContent />);
    expect(
      await screen.findByRole('heading', { name: /^Protected in part/ }),
    ).toBeVisible();
  });

  it('mounts the Routing tab', async () => {
    await mount('/routing', <EntityMeshRoutingContent />);
    expect(
      await screen.findByRole('heading', { name: 'reviews.shop' }),
    ).toBeVisible();
  });

  it('mounts the Traces tab', async () => {
    await mount('/traces', <EntityMeshTracesContent />);
    expect(
      await screen.findByRole('heading', { name: /^2 traces in the last/ }),
    ).toBeVisible();
  });

  it('mounts the page, with its header', async () => {
    await mount('/mesh', <MeshPage />);
    expect(
      await screen.findByRole('heading', { level: 1, name: 'Mesh' }),
    ).toBeVisible();
    expect(
      await screen.findByRole('heading', { name: /^30 of 33 workloads/ }),
    ).toBeVisible();
  });
});

describe('isMeshAvailable', () => {
  it.each([
    [true, reviewsEntity],
    [false, plainEntity],
    [
      true,
      {
        ...plainEntity,
        metadata: {
          ...plainEntity.metadata,
          annotations: { 'backstage.io/kubernetes-label-selector': 'app=a' },
        },
      },
    ],
    [
      false,
      {
        ...plainEntity,
        metadata: {
          ...plainEntity.metadata,
          annotations: { 'backstage.io/kubernetes-id': '' },
        },
      },
    ],
  ])('is %p', (expected, entity) => {
    expect(isMeshAvailable(entity)).toBe(expected);
  });
});
