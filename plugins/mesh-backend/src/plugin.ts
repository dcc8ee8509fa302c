import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import {
  AnyCheck,
  CHECKS,
  MeshAdapter,
  MESHES,
} from 'backstage-plugin-mesh-common';
import { meshPermissions } from 'backstage-plugin-mesh-common/permissions';
import { registerActions } from './actions/registerActions';
import { AnswerStore } from './answers/AnswerStore';
import { AnswerUpdates } from './answers/AnswerUpdates';
import { EntityDirectory } from './catalog/EntityDirectory';
import { ChecklistStore } from './checklist/ChecklistStore';
import { createChecklistRouter } from './checklist/createChecklistRouter';
import { MeasuredChecklists } from './checklist/MeasuredChecklists';
import { TrafficWatch } from './checklist/TrafficWatch';
import { Mirror } from './clusters/Mirror';
import { openTransport } from './clusters/openTransport';
import { mirrorTiming, readMeshConfig } from './config';
import { MetricsStores } from './prometheus/MetricsStores';
import { Authorizer } from './router/Authorizer';
import { createRouter, OPENAPI_PATH } from './router/createRouter';
import { TraceStores } from './traces/TraceStores';

/** How often, at most, answers are computed anew and open pages are told. */
const UPDATE_INTERVAL_MS = 1_000;

/** The plugin for these meshes and checks. */
export function createMeshPlugin(options: {
  meshes: readonly MeshAdapter[];
  checks: readonly AnyCheck[];
}) {
  return createBackendPlugin({
    pluginId: 'mesh',
    register(env) {
      env.registerInit({
        deps: {
          actionsRegistry: actionsRegistryServiceRef,
          auditor: coreServices.auditor,
          auth: coreServices.auth,
          catalog: catalogServiceRef,
          config: coreServices.rootConfig,
          database: coreServices.database,
          discovery: coreServices.discovery,
          httpAuth: coreServices.httpAuth,
          httpRouter: coreServices.httpRouter,
          lifecycle: coreServices.lifecycle,
          logger: coreServices.logger,
          permissions: coreServices.permissions,
          permissionsRegistry: coreServices.permissionsRegistry,
          signals: signalsServiceRef,
        },
        async init(services) {
          const { auth, catalog, httpAuth, logger } = services;
          const config = readMeshConfig(services.config);
          const transport = openTransport(config.clusters, services);
          const mirror = Mirror.create({
            transport,
            logger,
            timing: mirrorTiming(config.mirror),
          });
          const directory = EntityDirectory.create({
            catalog,
            auth,
            logger,
            intervalMs: config.catalogIntervalMs,
          });
          const store = AnswerStore.create({
            mirror,
            directory,
            scope: config.entityScope,
            meshes: options.meshes,
            checks: [...options.checks, ...config.analysis.optionalChecks],
            suppressions: config.analysis.suppressions,
            now: () => new Date(),
          });
          const updates = AnswerUpdates.create({
            mirror,
            directory,
            store,
            logger,
            signals: services.signals,
            intervalMs: UPDATE_INTERVAL_MS,
          });
          const metrics = MetricsStores.create({
            stores: config.prometheus,
            clusters: () => mirror.clusters.map(({ info }) => info.name),
          });
          const traffic = TrafficWatch.create({
            store,
            metrics,
            logger,
            intervalMs: config.checklistTrafficIntervalMs,
            onChange: () => updates.tell(),
          });
          const measured = MeasuredChecklists.create();
          updates.onRefreshed(() => {
            traffic.refreshed();
            measured.retain(new Set([...directory.all].map(({ ref }) => ref)));
          });
          const records = await ChecklistStore.create(services);
          const traces = TraceStores.create({ stores: config.traces });
          const authorizer = Authorizer.create({
            auth,
            httpAuth,
            permissions: services.permissions,
            catalog,
            directory,
          });
          const context = {
            store,
            metrics,
            traces,
            catalog,
            traffic,
            measured,
            records,
          };
          registerActions({
            actionsRegistry: services.actionsRegistry,
            context,
            authorizer,
          });
          services.permissionsRegistry.addPermissions(meshPermissions);
          services.httpRouter.use(
            createRouter({
              context,
              authorizer,
              directory,
              writes: createChecklistRouter({
                context,
                authorizer,
                auditor: services.auditor,
                logger,
                onWrite: () => updates.tell(),
              }),
            }),
          );
          services.httpRouter.addAuthPolicy({
            path: OPENAPI_PATH,
            allow: 'unauthenticated',
          });
          services.lifecycle.addStartupHook(() => {
            updates.start();
            traffic.start();
            directory.start();
            mirror.start();
          });
          services.lifecycle.addShutdownHook(async () => {
            await updates.stop();
            await traffic.stop();
            await directory.stop();
            await mirror.stop();
            await transport.close();
          });
        },
      });
    },
  });
}

/**
 * The backend of the mesh plugin.
 *
 * @public
 */
export const meshPlugin = createMeshPlugin({ meshes: MESHES, checks: CHECKS });
