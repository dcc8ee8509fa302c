import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import {
  createScaffolderFieldExtension,
  FieldExtensionComponent,
} from '@backstage/plugin-scaffolder-react';
import { meshApiRef } from './api/MeshApi';
import { MeshClient } from './api/MeshClient';
import {
  mtlsRouteRef,
  readinessRouteRef,
  rootRouteRef,
  routingRouteRef,
  tracesRouteRef,
} from './routes';
import {
  PLACEMENT_FIELD,
  placementFieldSchema,
} from './scaffolder/placementField';
import { PlacementField } from './scaffolder/PlacementField';
import { PlacementValue } from './scaffolder/placementProblem';
import { validatePlacement } from './scaffolder/validatePlacement';

/**
 * The mesh plugin for the established frontend system.
 *
 * @public
 */
export const meshPlugin = createPlugin({
  id: 'mesh',
  apis: [
    createApiFactory({
      api: meshApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: ({ fetchApi }) => MeshClient.create({ fetchApi }),
    }),
  ],
  routes: {
    root: rootRouteRef,
    mtls: mtlsRouteRef,
    routing: routingRouteRef,
    readiness: readinessRouteRef,
    traces: tracesRouteRef,
  },
});

/**
 * The entity tab that says whether the traffic of an entity is protected.
 *
 * @public
 */
export const EntityMeshMtlsContent: () => JSX.Element = meshPlugin.provide(
  createRoutableExtension({
    name: 'EntityMeshMtlsContent',
    component: () =>
      import('./components/MtlsTab/MtlsTab').then(m => m.MtlsTab),
    mountPoint: mtlsRouteRef,
  }),
);

/**
 * The entity tab that says where requests to the Services of an entity go.
 *
 * @public
 */
export const EntityMeshRoutingContent: () => JSX.Element = meshPlugin.provide(
  createRoutableExtension({
    name: 'EntityMeshRoutingContent',
    component: () =>
      import('./components/RoutingTab/RoutingTab').then(m => m.RoutingTab),
    mountPoint: routingRouteRef,
  }),
);

/**
 * The entity tab that shows the traces in which an entity has spans.
 *
 * @public
 */
export const EntityMeshTracesContent: () => JSX.Element = meshPlugin.provide(
  createRoutableExtension({
    name: 'EntityMeshTracesContent',
    component: () =>
      import('./components/TracesTab/TracesTab').then(m => m.TracesTab),
    mountPoint: tracesRouteRef,
  }),
);

/**
 * The entity tab with the production readiness checklist of an entity.
 *
 * @public
 */
export const EntityMeshReadinessContent: () => JSX.Element = meshPlugin.provide(
  createRoutableExtension({
    name: 'EntityMeshReadinessContent',
    component: () =>
      import('./components/ReadinessTab/ReadinessTab').then(
        m => m.ReadinessTab,
      ),
    mountPoint: readinessRouteRef,
  }),
);

/**
 * The card for an entity's overview page: mTLS, routes, readiness and findings in a line each.
 *
 * @public
 */
export const EntityMeshSummaryCard: () => JSX.Element | null =
  meshPlugin.provide(
    createComponentExtension({
      name: 'EntityMeshSummaryCard',
      component: {
        lazy: () =>
          import('./components/SummaryCard/SummaryCard').then(
            m => m.SummaryCard,
          ),
      },
    }),
  );

/**
 * The page of all clusters and services.
 *
 * @public
 */
export const MeshPage: () => JSX.Element = meshPlugin.provide(
  createRoutableExtension({
    name: 'MeshPage',
    component: () =>
      import('./components/FleetPage/FleetPage').then(m => m.FleetPage),
    mountPoint: rootRouteRef,
  }),
);

/**
 * The field of templates for the place of a new service: `ui:field: MeshPlacement` gives its cluster and
 * namespace.
 *
 * @public
 */
export const MeshPlacementFieldExtension: FieldExtensionComponent<
  PlacementValue,
  {}
> = meshPlugin.provide(
  createScaffolderFieldExtension<PlacementValue>({
    name: PLACEMENT_FIELD,
    component: PlacementField,
    validation: validatePlacement,
    schema: placementFieldSchema.schema,
  }),
);
