import { CustomErrorBase } from '@backstage/errors';
import {
  RouteName,
  RouteResponse,
  ROUTES,
  WRITE_ROUTES,
  WriteRouteName,
  WriteRouteResponse,
} from 'backstage-plugin-mesh-common';
import { z } from 'zod';

/**
 * An answer that the contract does not allow: the frontend and the backend are of different versions, or
 * something between them answered.
 */
export class UnreadableAnswerError extends CustomErrorBase {
  override name = 'UnreadableAnswerError' as const;
}

/** The same schemas as in the table of routes, in the form that lets the type of a route be that of its answer. */
const responseSchemas: { [R in RouteName]: z.ZodType<RouteResponse<R>> } = {
  mtls: ROUTES.mtls.response,
  callers: ROUTES.callers.response,
  observedMtls: ROUTES.observedMtls.response,
  routing: ROUTES.routing.response,
  observedRouting: ROUTES.observedRouting.response,
  walk: ROUTES.walk.response,
  findings: ROUTES.findings.response,
  identities: ROUTES.identities.response,
  object: ROUTES.object.response,
  traces: ROUTES.traces.response,
  traceOperations: ROUTES.traceOperations.response,
  trace: ROUTES.trace.response,
  placements: ROUTES.placements.response,
  fleetClusters: ROUTES.fleetClusters.response,
  observedFleetClusters: ROUTES.observedFleetClusters.response,
  fleetServices: ROUTES.fleetServices.response,
  readiness: ROUTES.readiness.response,
  fleetReadiness: ROUTES.fleetReadiness.response,
};

const recordSchemas: {
  [R in WriteRouteName]: z.ZodType<WriteRouteResponse<R>>;
} = {
  attest: WRITE_ROUTES.attest.response,
  waive: WRITE_ROUTES.waive.response,
  revoke: WRITE_ROUTES.revoke.response,
};

/** The body of an answer, checked by the contract of its route. */
export async function readAnswer<R extends RouteName>(
  route: R,
  url: string,
  response: Response,
): Promise<RouteResponse<R>> {
  return parse(responseSchemas[route], url, response);
}

/** The record that was written, checked likewise. */
export async function readRecord<R extends WriteRouteName>(
  route: R,
  url: string,
  response: Response,
): Promise<WriteRouteResponse<R>> {
  return parse(recordSchemas[route], url, response);
}

async function parse<T>(
  schema: z.ZodType<T>,
  url: string,
  response: Response,
): Promise<T> {
  const parsed = schema.safeParse(await readJson(url, response));
  if (parsed.success) {
    return parsed.data;
  }
  const [issue] = parsed.error.issues;
  throw new UnreadableAnswerError(
    `The answer of ${pathOf(
      url,
    )} is not what this version of the mesh plugin reads: ${
      issue.path.join('.') || 'body'
    }: ${issue.message}`,
  );
}

async function readJson(url: string, response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch (error) {
    const type = response.headers.get('content-type') ?? 'no content type';
    throw new UnreadableAnswerError(
      `The answer of ${pathOf(
        url,
      )} is not JSON (${type}); check what is between the portal and the mesh backend`,
      error,
    );
  }
}

function pathOf(url: string): string {
  return url.replace('plugin://mesh', '/api/mesh');
}
