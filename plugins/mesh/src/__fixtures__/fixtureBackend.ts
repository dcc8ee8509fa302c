import { RouteName, RouteResponse, ROUTES } from 'backstage-plugin-mesh-common';
import { emptyCallers, reviewsCallers } from './callers';
import { emptyMtls, reviewsMtls } from './mtls';
import { objectKey } from '../format/refs';
import { fleetClusters, fleetServices, observedFleetClusters } from './fleet';
import { reviewsFindings } from './findings';
import { objectAnswers } from './objects';
import { reviewsObserved } from './observed';
import { reviewsObservedRouting } from './observedRouting';
import { identities, placements } from './placements';
import { emptyReadiness, fleetReadiness, reviewsReadiness } from './readiness';
import { reviewsRouting } from './routing';
import { walkReply } from './walk';
import { reviewsTraces, traceAnswer, traceOperations } from './traces';

/** A refusal as Backstage backends write it. */
export interface Refusal {
  refuse: number;
  name: string;
  message: string;
}

/** What one route answers: an answer, a refusal, nothing ever, or what depends on the request. */
export type Reply<R extends RouteName> =
  | RouteResponse<R>
  | Refusal
  | 'never'
  | ((request: URL) => RouteResponse<R> | Refusal);

export type Replies = { [R in RouteName]?: Reply<R> };

export const FORBIDDEN: Refusal = {
  refuse: 403,
  name: 'NotAllowedError',
  message: 'The permission mesh.fleet.read is missing',
};

export const NOT_FOUND: Refusal = {
  refuse: 404,
  name: 'NotFoundError',
  message: 'No such entity',
};

export const BROKEN: Refusal = {
  refuse: 500,
  name: 'InternalServerError',
  message: 'The mirror of east stopped: heap out of memory',
};

/** The answers where all is well. */
export const defaultReplies: Required<Replies> = {
  mtls: reviewsMtls,
  callers: reviewsCallers,
  observedMtls: reviewsObserved,
  findings: reviewsFindings,
  routing: reviewsRouting,
  observedRouting: reviewsObservedRouting,
  object: url => {
    const query = url.searchParams;
    const key = objectKey({
      cluster: query.get('cluster') ?? '',
      kind: query.get('kind') ?? '',
      namespace: query.get('objectNamespace') ?? undefined,
      name: query.get('objectName') ?? '',
    });
    return (
      objectAnswers.find(({ object }) => objectKey(object) === key) ?? NOT_FOUND
    );
  },
  walk: walkReply,
  identities,
  traces: reviewsTraces,
  traceOperations,
  trace: traceAnswer,
  placements,
  fleetClusters,
  observedFleetClusters,
  fleetServices,
  readiness: reviewsReadiness,
  fleetReadiness,
};

/** The answers of an entity whose annotations lead to nothing. */
export const emptyReplies: Replies = {
  mtls: emptyMtls,
  callers: emptyCallers,
  observedMtls: { ...reviewsObserved, workloads: [] },
  findings: { ...reviewsFindings, findings: [], suppressed: [], skipped: [] },
  routing: { ...reviewsRouting, services: [] },
  observedRouting: { ...reviewsObservedRouting, services: [] },
  readiness: emptyReadiness,
};

/** Answers as the mesh backend would, by its contract, with tags and refusals. */
export async function respond(
  request: Request,
  replies: Replies,
): Promise<Response> {
  const url = new URL(request.url);
  const path = url.pathname.slice(url.pathname.indexOf('/mesh') + 5);
  const route = (Object.keys(ROUTES) as RouteName[]).find(name =>
    pathPattern(name).test(path),
  );
  const reply = route && (replies[route] ?? defaultReplies[route]);
  if (reply === undefined) {
    return refusal({ ...NOT_FOUND, message: `No route ${path}` });
  }
  if (reply === 'never') {
    return new Promise<Response>(() => {});
  }
  const body = typeof reply === 'function' ? reply(url) : reply;
  return 'refuse' in body ? refusal(body) : answer(request, body);
}

function pathPattern(route: RouteName): RegExp {
  return new RegExp(`^${ROUTES[route].path.replace(/:[a-z]+/gi, '[^/]+')}$`);
}

function answer(request: Request, body: object): Response {
  const text = JSON.stringify(body);
  const etag = `"${hash(text)}"`;
  return request.headers.get('if-none-match') === etag
    ? new Response(null, { status: 304, headers: { etag } })
    : new Response(text, {
        headers: { 'content-type': 'application/json', etag },
      });
}

function refusal({ refuse, name, message }: Refusal): Response {
  return new Response(
    JSON.stringify({
      error: { name, message },
      response: { statusCode: refuse },
    }),
    { status: refuse, headers: { 'content-type': 'application/json' } },
  );
}

function hash(text: string): string {
  let value = 0;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value, 31) + text.charCodeAt(index);
  }
  return String(value);
}
