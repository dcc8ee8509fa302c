import {
  MESHES,
  MeshSnapshot,
  Reason,
  requestWalk,
  RouteRetries,
  RouteRule,
  WalkAnswer,
  walkRequestSchema,
} from 'backstage-plugin-mesh-common';
import { z } from 'zod';
import { portRoutes } from './linkerdRoutes';
import { checklistOf } from './checklist';
import { decidersOf, nameOf } from './words';
import { workloadNamed } from './workload';

/** A question about what holds for one request. */
export const requestAskSchema = z.object({
  from: z.string(),
  host: z.string(),
  port: z.number(),
  method: z.string().default('GET'),
  path: z.string().default('/'),
});

type RequestAsk = z.infer<typeof requestAskSchema>;

/** What becomes of it. */
export function walkOf(
  snapshot: MeshSnapshot,
  { from, host, port, method, path }: RequestAsk,
): WalkAnswer {
  return requestWalk(
    snapshot,
    walkRequestSchema.parse({
      from: { workload: workloadNamed(snapshot, from).ref },
      host,
      port,
      method,
      path,
    }),
    MESHES,
  );
}

/** What holds for a request of a client in Linkerd, in words of cases. */
export function resilienceOfRequest(snapshot: MeshSnapshot, ask: RequestAsk) {
  const { from, host, port } = ask;
  const walk = walkOf(snapshot, ask);
  const client = workloadNamed(snapshot, from).ref.namespace;
  const [name, namespace = client] = host.split('.');
  const routes = portRoutes(snapshot, from, `${namespace}/${name}`, port);
  const step = walk.steps.find(one => one.step === 'route');
  const rule = routes.rules.find(one => one.name === step?.text);
  const [destination] = routes.destinations;
  return {
    retries: rule?.retries ? retryWords(rule.retries) : null,
    timeout: rule?.timeout ? durationOf(rule.timeout.ms) : null,
    timeouts: {
      request: rule?.timeout ? durationOf(rule.timeout.ms) : null,
      response: limitSaid(rule, 'response'),
      idle: limitSaid(rule, 'idle'),
    },
    failureAccrual: destination?.outlierDetection ?? null,
    breaker: destination?.outlierDetection ?? null,
    checklist: checklistOf(snapshot, from, { namespace, name }),
    decider: decidersOf(rule?.retries?.reasons ?? step?.reasons ?? []),
  };
}

function retryWords({
  attempts,
  on,
  perTryTimeoutMs,
  budget,
  reasons: [{ object }],
}: RouteRetries) {
  return budget
    ? {
        source: object && nameOf(object).split('/')[0],
        retryable: true,
        budget: {
          retryRatio: budget.percent / 100,
          minRetriesPerSecond: budget.minPerSecond,
          ttl: budget.ttlMs && durationOf(budget.ttlMs),
        },
      }
    : {
        http: on,
        limit: attempts,
        perTryTimeout:
          perTryTimeoutMs === undefined ? null : durationOf(perTryTimeoutMs),
      };
}

const LIMITS = {
  response: /^A response must be complete within (\d+) ms$/,
  idle: /^A stream on which nothing comes for (\d+) ms is ended$/,
} as const;

/** Pages say these limits in the reasons of a rule. */
function limitSaid(
  rule: RouteRule | undefined,
  limit: keyof typeof LIMITS,
): string | null {
  const said = (rule?.reasons ?? []).flatMap(
    ({ text }: Reason) => LIMITS[limit].exec(text)?.[1] ?? [],
  );
  return said[0] === undefined ? null : durationOf(Number(said[0]));
}

export function durationOf(ms: number): string {
  return ms % 1_000 === 0 ? `${ms / 1_000}s` : `${ms}ms`;
}
