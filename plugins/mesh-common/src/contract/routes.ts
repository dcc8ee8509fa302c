import { z } from 'zod';
import { noParams, noQuery, route } from './routeDefinitions';
import {
  ENTITY,
  entityParams,
  placeQuery,
  walkQuery,
  windowQuery,
} from './routeParams';
import { Routes } from './routeTypes';
import { callersAnswerSchema } from './schemas/callers';
import { findingsAnswerSchema, objectAnswerSchema } from './schemas/findings';
import {
  fleetClustersAnswerSchema,
  fleetServicesAnswerSchema,
  observedFleetClustersAnswerSchema,
} from './schemas/fleet';
import { mtlsAnswerSchema, observedMtlsAnswerSchema } from './schemas/mtls';
import {
  identitiesAnswerSchema,
  placementsAnswerSchema,
  plannedObjectsSchema,
} from './schemas/policy';
import {
  fleetReadinessAnswerSchema,
  readinessAnswerSchema,
} from './schemas/readiness';
import {
  observedRoutingAnswerSchema,
  routingAnswerSchema,
} from './schemas/routing';
import {
  traceAnswerSchema,
  traceIdSchema,
  traceOperationsAnswerSchema,
  tracesAnswerSchema,
  traceSearchQuerySchema,
} from './schemas/traces';
import { walkRouteAnswerSchema } from './schemas/walk';

/**
 * What is read: every route of the backend but `/openapi.json`, which describes these, and those by which
 * something is written.
 *
 * @public
 */
export const ROUTES: Routes = {
  mtls: route({
    path: `${ENTITY}/mtls`,
    summary: 'What the workloads of an entity accept and their clients send',
    access: 'entity',
    params: entityParams,
    query: noQuery,
    response: mtlsAnswerSchema,
  }),
  observedMtls: route({
    path: `${ENTITY}/mtls/observed`,
    summary: 'Share of mutual TLS that was seen on the wire, and the callers',
    access: 'entity',
    params: entityParams,
    query: z.strictObject({ window: windowQuery }),
    response: observedMtlsAnswerSchema,
  }),
  callers: route({
    path: `${ENTITY}/callers`,
    summary: 'Who may call the workloads of an entity, and which rules say so',
    access: 'entity',
    params: entityParams,
    query: noQuery,
    response: callersAnswerSchema,
  }),
  routing: route({
    path: `${ENTITY}/routing`,
    summary: 'The effective routes of the Services of an entity',
    access: 'entity',
    params: entityParams,
    query: z.strictObject({ from: placeQuery }),
    response: routingAnswerSchema,
  }),
  observedRouting: route({
    path: `${ENTITY}/routing/observed`,
    summary: 'Where requests to the Services of an entity went',
    access: 'entity',
    params: entityParams,
    query: z.strictObject({ window: windowQuery }),
    response: observedRoutingAnswerSchema,
  }),
  findings: route({
    path: `${ENTITY}/findings`,
    summary: 'Problems in the configuration that concern an entity',
    access: 'entity',
    params: entityParams,
    query: noQuery,
    response: findingsAnswerSchema,
  }),
  identities: route({
    path: `${ENTITY}/identities`,
    summary: 'Under which service accounts the pods of an entity run',
    access: 'entity',
    params: entityParams,
    query: noQuery,
    response: identitiesAnswerSchema,
  }),
  object: route({
    path: `${ENTITY}/object`,
    summary: 'An object that an answer about the entity names',
    access: 'entity',
    params: entityParams,
    query: z.strictObject({
      cluster: z.string().min(1),
      kind: z.string().min(1),
      objectNamespace: z.string().optional(),
      objectName: z.string().min(1),
      /** Where the routing answer that names the object was seen from. */
      from: placeQuery,
      /** The question whose walk names the object. */
      walk: walkQuery.optional(),
    }),
    response: objectAnswerSchema,
  }),
  walk: route({
    path: `${ENTITY}/walk`,
    summary: 'What becomes of one request to a Service of an entity',
    access: 'entity',
    params: entityParams,
    query: z.strictObject({ request: walkQuery }),
    response: walkRouteAnswerSchema,
  }),
  traces: route({
    path: `${ENTITY}/traces`,
    summary: 'The traces in which an entity has spans',
    access: 'entity',
    params: entityParams,
    query: traceSearchQuerySchema,
    response: tracesAnswerSchema,
  }),
  traceOperations: route({
    path: `${ENTITY}/traces/operations`,
    summary: 'The operations of a service of an entity, as traces name them',
    access: 'entity',
    params: entityParams,
    query: z.strictObject({ service: z.string().min(1).max(253) }),
    response: traceOperationsAnswerSchema,
  }),
  trace: route({
    path: `${ENTITY}/traces/:traceId`,
    summary: 'A trace in which an entity has a span',
    access: 'entity',
    params: entityParams.extend({ traceId: traceIdSchema }),
    query: noQuery,
    response: traceAnswerSchema,
  }),
  placements: route({
    path: '/placements',
    summary: 'Which mesh would carry a new pod, by cluster and namespace',
    access: 'filtered',
    params: noParams,
    query: z.strictObject({
      cluster: z.string().min(1).optional(),
      namespace: z.string().min(1).optional(),
      objects: plannedObjectsSchema.optional(),
    }),
    response: placementsAnswerSchema,
  }),
  readiness: route({
    path: `${ENTITY}/readiness`,
    summary: 'The production readiness checklist of an entity',
    access: 'entity',
    params: entityParams,
    query: noQuery,
    response: readinessAnswerSchema,
  }),
  fleetClusters: route({
    path: '/fleet/clusters',
    summary: 'The clusters, their meshes and how well they could be read',
    access: 'fleet',
    params: noParams,
    query: noQuery,
    response: fleetClustersAnswerSchema,
  }),
  observedFleetClusters: route({
    path: '/fleet/clusters/observed',
    summary: 'What the control planes say of themselves in their metrics',
    access: 'fleet',
    params: noParams,
    query: noQuery,
    response: observedFleetClustersAnswerSchema,
  }),
  fleetServices: route({
    path: '/fleet/services',
    summary: 'The entities with workloads, with their verdicts',
    access: 'filtered',
    params: noParams,
    query: noQuery,
    response: fleetServicesAnswerSchema,
  }),
  fleetReadiness: route({
    path: '/fleet/readiness',
    summary: 'The checklists of the entities with workloads, as counts',
    access: 'filtered',
    params: noParams,
    query: noQuery,
    response: fleetReadinessAnswerSchema,
  }),
};

/**
 * The name of a route by which something is read.
 *
 * @public
 */
export type RouteName = keyof Routes;

/**
 * The parameters in the path of a route.
 *
 * @public
 */
export type RouteParams<R extends RouteName> = z.input<Routes[R]['params']>;

/**
 * The query of a route, as it is sent.
 *
 * @public
 */
export type RouteQuery<R extends RouteName> = z.input<Routes[R]['query']>;

/**
 * The query of a route, once its schema has taken it.
 *
 * @public
 */
export type RouteParsedQuery<R extends RouteName> = z.output<
  Routes[R]['query']
>;

/**
 * What a route answers.
 *
 * @public
 */
export type RouteResponse<R extends RouteName> = z.output<
  Routes[R]['response']
>;
