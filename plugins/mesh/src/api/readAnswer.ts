import { CustomErrorBase } from '@backstage/errors';
import { RouteName, RouteResponse, ROUTES } from 'backstage-plugin-mesh-common';
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
  observedMtls: ROUTES.observedMtls.response,
  routing: ROUTES.routing.response,
  observedRouting: ROUTES.observedRouting.response,
  findings: ROUTES.findings.response,
  identities: ROUTES.identities.response,
  object: ROUTES.object.response,
  placements: ROUTES.placements.response,
  fleetClusters: ROUTES.fleetClusters.response,
  fleetServices: ROUTES.fleetServices.response,
};

/** The body of an answer, checked by the contract of its route. */
export async function readAnswer<R extends RouteName>(
  route: R,
  url: string,
  response: Response,
): Promise<RouteResponse<R>> {
  const schema: z.ZodType<RouteResponse<R>> = responseSchemas[route];
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
