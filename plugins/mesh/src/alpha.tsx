import {
  ApiBlueprint,
  createFrontendPlugin,
  fetchApiRef,
  OverridableFrontendPlugin,
  PageBlueprint,
  PluginHeaderActionBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { FormFieldBlueprint } from '@backstage/plugin-scaffolder-react/alpha';
import DeviceHubIcon from '@material-ui/icons/DeviceHub';
import {
  KUBERNETES_ID_ANNOTATION,
  KUBERNETES_LABEL_SELECTOR_ANNOTATION,
} from 'backstage-plugin-mesh-common';
import { meshApiRef } from './api/MeshApi';
import { MeshClient } from './api/MeshClient';
import { MeshExtensions, MeshRoutes } from './extensionTypes';
import {
  mtlsRouteRef,
  readinessRouteRef,
  rootRouteRef,
  routingRouteRef,
  tracesRouteRef,
} from './routes';

const meshApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: meshApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: ({ fetchApi }) => MeshClient.create({ fetchApi }),
    }),
});

const meshPage = PageBlueprint.make({
  params: {
    path: '/mesh',
    routeRef: rootRouteRef,
    loader: () =>
      import('./components/FleetPage/NfsFleetPage').then(m => (
        <m.NfsFleetPage />
      )),
  },
});

const helpAction = PluginHeaderActionBlueprint.make({
  name: 'help',
  params: {
    loader: () =>
      import('./components/FleetPage/HelpLink').then(m => <m.HelpLink />),
  },
});

const byId = {
  [`metadata.annotations.${KUBERNETES_ID_ANNOTATION}` as const]: {
    $exists: true,
  },
};

const bySelector = {
  [`metadata.annotations.${KUBERNETES_LABEL_SELECTOR_ANNOTATION}` as const]: {
    $exists: true,
  },
};

/** Entities that say which workloads are their own; integrators can set another filter by configuration. */
const hasWorkloads = { $any: [byId, bySelector] };

const mtlsContent = EntityContentBlueprint.make({
  name: 'mtls',
  params: {
    path: '/mtls',
    title: 'mTLS',
    routeRef: mtlsRouteRef,
    filter: hasWorkloads,
    loader: () =>
      import('./components/MtlsTab/MtlsTab').then(m => <m.MtlsTab />),
  },
});

const routingContent = EntityContentBlueprint.make({
  name: 'routing',
  params: {
    path: '/routing',
    title: 'Routing',
    routeRef: routingRouteRef,
    filter: hasWorkloads,
    loader: () =>
      import('./components/RoutingTab/RoutingTab').then(m => <m.RoutingTab />),
  },
});

const tracesContent = EntityContentBlueprint.make({
  name: 'traces',
  params: {
    path: '/traces',
    title: 'Traces',
    routeRef: tracesRouteRef,
    filter: hasWorkloads,
    loader: () =>
      import('./components/TracesTab/TracesTab').then(m => <m.TracesTab />),
  },
});

const readinessContent = EntityContentBlueprint.make({
  name: 'readiness',
  params: {
    path: '/readiness',
    title: 'Production readiness',
    routeRef: readinessRouteRef,
    filter: hasWorkloads,
    loader: () =>
      import('./components/ReadinessTab/ReadinessTab').then(m => (
        <m.ReadinessTab />
      )),
  },
});

const summaryCard = EntityCardBlueprint.make({
  name: 'summary',
  params: {
    // Beside the card that says what the entity is, not below all others.
    type: 'info',
    filter: hasWorkloads,
    loader: () =>
      import('./components/SummaryCard/SummaryCard').then(m => (
        <m.SummaryCard />
      )),
  },
});

const placementField = FormFieldBlueprint.make({
  name: 'placement',
  params: {
    field: () =>
      import('./scaffolder/formField').then(m => m.placementFormField),
  },
});

/**
 * The mesh plugin for the new frontend system.
 *
 * @alpha
 */
const meshPlugin: OverridableFrontendPlugin<MeshRoutes, {}, MeshExtensions> =
  createFrontendPlugin({
    pluginId: 'mesh',
    title: 'Mesh',
    icon: <DeviceHubIcon fontSize="inherit" />,
    info: { packageJson: () => import('../package.json') },
    routes: {
      root: rootRouteRef,
      mtls: mtlsRouteRef,
      routing: routingRouteRef,
      readiness: readinessRouteRef,
      traces: tracesRouteRef,
    },
    extensions: [
      meshApi,
      meshPage,
      helpAction,
      mtlsContent,
      routingContent,
      tracesContent,
      readinessContent,
      summaryCard,
      placementField,
    ],
  });

export default meshPlugin;
export type {
  MeshExtension,
  MeshExtensions,
  MeshRoutes,
} from './extensionTypes';
