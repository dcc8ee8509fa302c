import { z } from 'zod';
import { CallersAnswer } from './callers';
import { FindingsAnswer, ObjectAnswer } from './findings';
import {
  FleetClustersAnswer,
  FleetServicesAnswer,
  ObservedFleetClustersAnswer,
} from './fleet';
import { MtlsAnswer, ObservedMtlsAnswer } from './mtls';
import { IdentitiesAnswer, PlacementsAnswer } from './policy';
import {
  ChecklistRecord,
  FleetReadinessAnswer,
  ReadinessAnswer,
} from './readiness';
import { ObservedRoutingAnswer } from './observedRouting';
import { RoutingAnswer } from './routing';
import { TraceAnswer, TraceOperationsAnswer, TracesAnswer } from './traces';
import { WalkRouteAnswer } from './walk';
import {
  checklistRecordBodySchema,
  revocationBodySchema,
} from './schemas/readiness';
import { traceSearchQuerySchema } from './schemas/traces';

/**
 * Who may call a route.
 *
 * @public
 */
export type RouteAccess =
  /** A user who may read the entity in the catalog. */
  | 'entity'
  /** A user; the answer is filtered to the entities that they may read. */
  | 'filtered'
  /** A user with the permission mesh.fleet.read. */
  | 'fleet'
  /** A user who may read the entity, and has the permission for what they say of it. */
  | 'checklist';

/**
 * One route of the backend: what it takes and what it answers.
 *
 * @public
 */
export interface RouteDefinition<
  Path extends z.ZodObject = z.ZodObject,
  Query extends z.ZodObject = z.ZodObject,
  Response extends z.ZodType = z.ZodType,
  Body extends z.ZodObject | undefined = z.ZodObject | undefined,
> {
  method: 'GET' | 'POST';
  /** In express' form, relative to `/api/mesh`. */
  path: string;
  summary: string;
  access: RouteAccess;
  params: Path;
  /** Unknown parameters are refused. */
  query: Query;
  /** What is sent as JSON. Unknown members are refused. */
  body: Body;
  response: Response;
}

/**
 * A text in a query that need not be there.
 *
 * @public
 */
export type OptionalText = z.ZodOptional<z.ZodString>;

/**
 * Of routes that are not about one entity.
 *
 * @public
 */
export type NoParams = z.ZodObject<{}>;

/**
 * By which the path names the entity, and what it names besides.
 *
 * @public
 */
export type EntityParams<More extends z.ZodRawShape = {}> = z.ZodObject<
  { kind: z.ZodString; namespace: z.ZodString; name: z.ZodString } & More
>;

/**
 * The parameters of a query; no others are taken.
 *
 * @public
 */
export type QueryOf<Shape extends z.ZodRawShape> = z.ZodObject<
  Shape,
  z.core.$strict
>;

/**
 * Of routes that take no query.
 *
 * @public
 */
export type NoQuery = QueryOf<{}>;

/**
 * The window of observations, in seconds.
 *
 * @public
 */
export type WindowQuery = QueryOf<{
  window: z.ZodOptional<z.ZodType<number, string>>;
}>;

/**
 * A route by which something is read.
 *
 * @public
 */
export type ReadRoute<
  Path extends z.ZodObject,
  Query extends z.ZodObject,
  Response,
> = RouteDefinition<Path, Query, z.ZodType<Response>, undefined>;

/**
 * A route by which something is written down of an entity.
 *
 * @public
 */
export type WriteRoute<
  More extends z.ZodRawShape,
  Body extends z.ZodObject,
> = RouteDefinition<
  EntityParams<More>,
  NoQuery,
  z.ZodType<ChecklistRecord>,
  Body
>;

/**
 * What is read, and how.
 *
 * @public
 */
export interface Routes {
  mtls: ReadRoute<EntityParams, NoQuery, MtlsAnswer>;
  observedMtls: ReadRoute<EntityParams, WindowQuery, ObservedMtlsAnswer>;
  callers: ReadRoute<EntityParams, NoQuery, CallersAnswer>;
  routing: ReadRoute<
    EntityParams,
    QueryOf<{ from: OptionalText }>,
    RoutingAnswer
  >;
  observedRouting: ReadRoute<EntityParams, WindowQuery, ObservedRoutingAnswer>;
  findings: ReadRoute<EntityParams, NoQuery, FindingsAnswer>;
  identities: ReadRoute<EntityParams, NoQuery, IdentitiesAnswer>;
  object: ReadRoute<
    EntityParams,
    QueryOf<{
      cluster: z.ZodString;
      kind: z.ZodString;
      objectNamespace: OptionalText;
      objectName: z.ZodString;
      from: OptionalText;
      walk: OptionalText;
    }>,
    ObjectAnswer
  >;
  walk: ReadRoute<
    EntityParams,
    QueryOf<{ request: z.ZodString }>,
    WalkRouteAnswer
  >;
  traces: ReadRoute<EntityParams, typeof traceSearchQuerySchema, TracesAnswer>;
  traceOperations: ReadRoute<
    EntityParams,
    QueryOf<{ service: z.ZodString }>,
    TraceOperationsAnswer
  >;
  trace: ReadRoute<
    EntityParams<{ traceId: z.ZodString }>,
    NoQuery,
    TraceAnswer
  >;
  placements: ReadRoute<
    NoParams,
    QueryOf<{
      cluster: OptionalText;
      namespace: OptionalText;
      objects: OptionalText;
    }>,
    PlacementsAnswer
  >;
  readiness: ReadRoute<EntityParams, NoQuery, ReadinessAnswer>;
  fleetClusters: ReadRoute<NoParams, NoQuery, FleetClustersAnswer>;
  observedFleetClusters: ReadRoute<
    NoParams,
    NoQuery,
    ObservedFleetClustersAnswer
  >;
  fleetServices: ReadRoute<NoParams, NoQuery, FleetServicesAnswer>;
  fleetReadiness: ReadRoute<NoParams, NoQuery, FleetReadinessAnswer>;
}

/**
 * What is written, and how.
 *
 * @public
 */
export interface WriteRoutes {
  attest: WriteRoute<{ item: z.ZodString }, typeof checklistRecordBodySchema>;
  waive: WriteRoute<{ item: z.ZodString }, typeof checklistRecordBodySchema>;
  revoke: WriteRoute<{ record: z.ZodUUID }, typeof revocationBodySchema>;
}
