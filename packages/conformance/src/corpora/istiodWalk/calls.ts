import {
  istioOutboundCall,
  IstioOutboundAnswer,
  MeshSnapshot,
} from 'backstage-plugin-mesh-common';
import { z } from 'zod';
import { Comparison } from '../../corpus';
import { clustersPart, withMilliseconds } from './clusters';

const callSchema = z.object({
  protocol: z.enum(['http', 'tls', 'tcp']),
  host: z.string(),
  port: z.number(),
  path: z.string().optional(),
  method: z.string().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  sni: z.string().optional(),
  address: z.string().optional(),
  expect: z.looseObject({ outcome: z.string() }),
});

/** The part of a case that says what becomes of calls. */
export const callsPart = clustersPart.extend({ calls: z.array(callSchema) });

/** Compares what becomes of the calls of a case with what the library says. */
export function compareCalls(
  snapshot: MeshSnapshot,
  { client, calls }: z.infer<typeof callsPart>,
): Extract<Comparison, { expected: unknown }> {
  return {
    expected: calls.map(({ expect }) => withMilliseconds(expect)),
    actual: calls.map(call => {
      const { expect: _, ...asked } = call;
      const answer = istioOutboundCall(
        snapshot,
        { ...client, proxy: client.kind },
        asked,
      );
      return 'value' in answer ? answer : inCorpusWords(answer);
    }),
  };
}

/** The policy for which the cases have a word. */
const DEFAULT_RETRIES = JSON.stringify({
  attempts: 2,
  retryOn:
    'connect-failure,refused-stream,unavailable,cancelled,retriable-status-codes',
});

function inCorpusWords(answer: IstioOutboundAnswer): object {
  const { destinations, mirrors, by } = answer;
  const [missing] = destinations.flatMap(one => one.missing ?? []);
  return {
    outcome: answer.outcome,
    ...(destinations.length > 0 && {
      destinations: destinations.map(destinationInWords).sort(byPlace),
    }),
    missingStatus: missing?.status,
    timeout: answer.timeoutMs,
    retries: retriesInWords(answer.retries),
    rewrite: answer.rewrite,
    redirect: answer.redirect,
    directResponse: answer.directResponse,
    ...(mirrors.length > 0 && {
      mirror: mirrors.map(({ percent, ...mirror }) => {
        const { weight: _, ...place } = destinationInWords(mirror);
        return { ...place, percent };
      }),
    }),
    fault: faultInWords(answer.fault),
    requestHeaders: answer.requestHeaders,
    responseHeaders: answer.responseHeaders,
    hashPolicy: answer.hashPolicies,
    ...(by && isForHttp(by) && { by: ruleInWords(by) }),
  };
}

type Destination = IstioOutboundAnswer['destinations'][number];

function destinationInWords(destination: Destination) {
  const { host, port, subset, weight, missing, headers } = destination;
  return {
    host,
    subset,
    port,
    weight,
    missing: missing && true,
    headers: headers?.request ?? headers?.response,
  };
}

type Place = ReturnType<typeof destinationInWords>;

function byPlace(a: Place, b: Place): number {
  const keys = ['host', 'subset'] as const;
  for (const key of keys) {
    const [left, right] = [a[key] ?? '', b[key] ?? ''];
    if (left !== right) {
      return left < right ? -1 : 1;
    }
  }
  return (a.port ?? 0) - (b.port ?? 0) || a.weight - b.weight;
}

function retriesInWords(
  retries: IstioOutboundAnswer['retries'],
): object | string | undefined {
  if (!retries) {
    return undefined;
  }
  const { attempts, perTryTimeoutMs, on, codes } = retries;
  const words = {
    attempts,
    ...(perTryTimeoutMs !== undefined && { perTryTimeout: perTryTimeoutMs }),
    retryOn: on.join(','),
    ...(codes.length > 0 && { codes }),
  };
  return JSON.stringify(words) === DEFAULT_RETRIES ? 'default' : words;
}

function faultInWords(fault: IstioOutboundAnswer['fault']): object | undefined {
  const delay = fault?.delay;
  return (
    fault && {
      ...fault,
      ...(delay && { delay: { fixed: delay.ms, percent: delay.percent } }),
    }
  );
}

/** Rules are only numbered where they have no names. */
/** Of rules for connections the cases do not say which was taken. */
function isForHttp({
  object: { kind },
  field,
}: NonNullable<IstioOutboundAnswer['by']>): boolean {
  return kind === 'VirtualService'
    ? field.startsWith('spec.http')
    : kind === 'HTTPRoute' || kind === 'GRPCRoute';
}

function ruleInWords({
  object: { kind, metadata },
  rule,
  route,
}: NonNullable<IstioOutboundAnswer['by']>): object {
  return {
    kind,
    namespace: metadata.namespace,
    name: metadata.name,
    ...(kind === 'VirtualService' ? { route } : { rule }),
  };
}
