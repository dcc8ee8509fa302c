import { NotFoundError } from '@backstage/errors';
import {
  DEFAULT_OBSERVATION_WINDOW,
  RouteDefinition,
  ROUTES,
} from 'backstage-plugin-mesh-common';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { callersAnswer } from '../answers/callers';
import { AnswerContext, EntityQuestion } from '../answers/context';
import { findingsAnswer } from '../answers/findings';
import { fleetClustersAnswer, fleetServicesAnswer } from '../answers/fleet';
import { identitiesAnswer } from '../answers/identities';
import { mtlsAnswer } from '../answers/mtls';
import { objectAnswer } from '../answers/object';
import { observedFleetClustersAnswer } from '../answers/observedFleet';
import { observedMtlsAnswer } from '../answers/observedMtls';
import { observedRoutingAnswer } from '../answers/observedRouting';
import { placementsAnswer } from '../answers/placements';
import { routingAnswer } from '../answers/routing';
import { walkAnswer } from '../answers/walk';
import { Caller } from '../answers/visibility';
import { fleetReadinessAnswer, readinessAnswer } from '../checklist/readiness';
import { EntityDirectory } from '../catalog/EntityDirectory';
import { traceAnswer, traceOperationsAnswer } from '../traces/trace';
import { tracesAnswer } from '../traces/traces';
import { Authorizer } from './Authorizer';
import { openApiDocument } from './openapi';
import { parseInput } from './parseInput';
import { sendAnswer } from './sendAnswer';

/** The only path that is open to everybody. */
export const OPENAPI_PATH = '/openapi.json';

/** The parameters of the routes about one entity. */
type EntityParams = z.ZodObject<{
  kind: z.ZodString;
  namespace: z.ZodString;
  name: z.ZodString;
}>;

/** With further ones, such as the id of a thing of the entity. */
type MoreParams<P> = z.ZodObject & z.ZodType<P & z.output<EntityParams>>;

/**
 * The routes of the contract. Each checks, in this order, who asks, what they ask, and whether they may:
 * nobody learns from an error what is there that they may not see.
 */
export function createRouter(options: {
  context: AnswerContext;
  authorizer: Authorizer;
  directory: EntityDirectory;
  /** The routes by which something is written. */
  writes: Router;
}): Router {
  const { context, authorizer, directory, writes } = options;
  const router = PromiseRouter();

  function entityRoute<
    Q extends z.ZodObject,
    A extends z.ZodType<object>,
    P extends object = object,
  >(
    route: RouteDefinition<MoreParams<P>, Q, A>,
    answer: (
      question: EntityQuestion,
      query: z.output<Q>,
      path: P,
    ) => Promise<z.output<A>>,
  ): void {
    const { path, params, query } = route;
    router.get(path, async (request, response) => {
      const credentials = await authorizer.user(request);
      const name = parseInput(params, 'path', request.params);
      const parsed = parseInput(query, 'query', request.query);
      const question = await authorizer.entityReader(credentials, name);
      sendAnswer(response, await answer(question, parsed, name));
    });
  }

  function fleetRoute<Q extends z.ZodObject, A extends z.ZodType<object>>(
    route: RouteDefinition<z.ZodObject, Q, A>,
    answer: (caller: Caller, query: z.output<Q>) => Promise<z.output<A>>,
  ): void {
    const { path, query, access } = route;
    router.get(path, async (request, response) => {
      const credentials = await authorizer.user(request);
      const parsed = parseInput(query, 'query', request.query);
      const caller =
        access === 'fleet'
          ? await authorizer.fleetReader(credentials)
          : await authorizer.caller(credentials);
      sendAnswer(response, await answer(caller, parsed));
    });
  }

  entityRoute(ROUTES.mtls, question => mtlsAnswer(context, question));
  entityRoute(
    ROUTES.observedMtls,
    (question, { window = DEFAULT_OBSERVATION_WINDOW }) =>
      observedMtlsAnswer(context, question, window),
  );
  entityRoute(ROUTES.callers, question => callersAnswer(context, question));
  entityRoute(ROUTES.routing, (question, { from }) =>
    routingAnswer(context, question, from),
  );
  entityRoute(
    ROUTES.observedRouting,
    (question, { window = DEFAULT_OBSERVATION_WINDOW }) =>
      observedRoutingAnswer(context, question, window),
  );
  entityRoute(ROUTES.findings, question => findingsAnswer(context, question));
  entityRoute(ROUTES.object, (question, query) => {
    const { cluster, kind, objectNamespace, objectName, from, walk } = query;
    return objectAnswer(
      context,
      question,
      {
        cluster,
        kind,
        ...(objectNamespace && { namespace: objectNamespace }),
        name: objectName,
      },
      { from, walk },
    );
  });
  entityRoute(ROUTES.walk, (question, { request }) =>
    walkAnswer(context, question, request),
  );
  entityRoute(ROUTES.identities, question =>
    identitiesAnswer(context, question),
  );
  entityRoute(ROUTES.traces, (question, query) =>
    tracesAnswer(context, question, query),
  );
  entityRoute(ROUTES.traceOperations, (question, { service }) =>
    traceOperationsAnswer(context, question, service),
  );
  entityRoute(ROUTES.trace, (question, _, { traceId }) =>
    traceAnswer(context, question, traceId),
  );
  fleetRoute(ROUTES.placements, (caller, query) =>
    placementsAnswer(context, caller, directory, query),
  );
  fleetRoute(ROUTES.fleetClusters, () => fleetClustersAnswer(context));
  fleetRoute(ROUTES.observedFleetClusters, () =>
    observedFleetClustersAnswer(context),
  );
  fleetRoute(ROUTES.fleetServices, caller =>
    fleetServicesAnswer(context, caller, directory),
  );

  entityRoute(ROUTES.readiness, async question =>
    readinessAnswer(
      context,
      question,
      await authorizer.checklistKinds(question),
    ),
  );
  fleetRoute(ROUTES.fleetReadiness, caller =>
    fleetReadinessAnswer(context, caller, directory),
  );
  router.use(writes);

  const document = openApiDocument();
  router.get(OPENAPI_PATH, (_, response) => sendAnswer(response, document));
  router.use(({ method, path }) => {
    throw new NotFoundError(`There is no ${method} ${path} in this API`);
  });
  return router;
}
