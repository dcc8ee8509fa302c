import {
  CallCheck,
  CallEvaluation,
  CallFacts,
  CallHop,
  MeshSnapshot,
  Pod,
} from 'backstage-plugin-mesh-common';
import { z } from 'zod';
import { meshNamed } from '../cluster';
import { corpus } from '../corpus';
import { istiodCluster } from './istiodCase';
import { istiodServerCase, serverPod } from './istiodInbound';

const requestSchema = z.object({
  port: z.number(),
  protocol: z.enum(['http', 'tcp']),
  tls: z.enum(['mtls', 'plaintext']),
  principal: z.string().optional(),
  sourceIp: z.string(),
  remoteIp: z.string().optional(),
  sni: z.string().optional(),
  host: z.string().optional(),
  method: z.string().optional(),
  path: z.string().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  jwt: z
    .object({
      claims: z.record(z.string(), z.unknown()),
      valid: z.boolean(),
      header: z.string().optional(),
    })
    .optional(),
  expect: z.looseObject({ decision: z.string() }),
});

type Request = z.infer<typeof requestSchema>;

/** What a sidecar decides about requests, by what istiod gave it. */
export const istiodAuthz = corpus({
  name: 'istiod-authz',
  schema: istiodServerCase.extend({ requests: z.array(requestSchema) }),
  compare(entry) {
    const snapshot = istiodCluster(entry);
    const pod = serverPod(snapshot, entry.server);
    return {
      expected: entry.requests.map(({ expect }) => expect),
      actual: entry.requests.map(request =>
        inWordsOfCases(evaluationOf(snapshot, pod, request)),
      ),
    };
  },
});

function evaluationOf(
  snapshot: MeshSnapshot,
  pod: Pod,
  request: Request,
): CallEvaluation {
  const { evaluate } = meshNamed('istio').authorization(
    snapshot,
    pod,
    request.port,
    'sidecar',
  );
  if (!evaluate) {
    throw new Error('The adapter of Istio does not evaluate calls');
  }
  return evaluate(factsOf(pod, request));
}

function factsOf(
  pod: Pod,
  { principal, jwt, headers = {}, sni = '', ...request }: Request,
): CallFacts {
  const { protocol, sourceIp, remoteIp = sourceIp } = request;
  const { host, method, path } = request;
  return {
    peer: principal
      ? { type: 'identity', identity: principal }
      : { type: 'none' },
    mode: request.tls === 'mtls' ? 'sidecar' : 'none',
    inCluster: true,
    protocol,
    sourceIp,
    remoteIp,
    destinationIp: pod.status?.podIP,
    sni,
    ...(protocol === 'http' && {
      host,
      method,
      path,
      headers: Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [
          name.toLowerCase(),
          value,
        ]),
      ),
    }),
    tokens: jwt
      ? [
          {
            claims: jwt.claims,
            valid: jwt.valid,
            ...(jwt.header && { place: { header: jwt.header } }),
          },
        ]
      : [],
    authorizer: 'allows',
  };
}

const DECISIONS: Readonly<Record<string, string>> = {
  'allow-matched': 'allow',
  'no-allow-policy': 'allow',
  'token-rejected': 'unauthenticated',
  'mtls-required': 'refused',
  'untrusted-client': 'refused',
};

function inWordsOfCases({ decision, hops }: CallEvaluation) {
  const [hop] = hops;
  if (hops.length !== 1 || !hop.verdict) {
    return { decision: decision.value, reasons: decision.reasons };
  }
  const outcome = DECISIONS[hop.verdict] ?? 'deny';
  const [provider] = hop.providers;
  return {
    decision: outcome,
    reason: hop.verdict,
    ...(outcome !== 'refused' && { layer: hop.layer }),
    ...namesIn(hop, 'custom', ({ step }) => step === 'custom'),
    ...(provider && { provider }),
    ...namesIn(hop, 'audit', ({ step }) => step === 'audit'),
    ...namesIn(hop, 'deny', enforced('deny')),
    ...namesIn(hop, 'allow', enforced('allow')),
    ...namesIn(hop, 'dryRunDeny', tried('deny')),
    ...namesIn(hop, 'dryRunAllow', tried('allow')),
  };
}

type Selection = (check: CallCheck) => boolean;

function enforced(action: CallCheck['step']): Selection {
  return ({ step, dryRun }) => step === action && !dryRun;
}

function tried(action: CallCheck['step']): Selection {
  return ({ step, dryRun }) => step === action && dryRun;
}

/** The rules that match, as `namespace/name[index]`; no key where none does. */
function namesIn({ checks }: CallHop, key: string, selection: Selection) {
  const names = checks
    .filter(check => check.result === 'match' && selection(check))
    .map(
      ({ reason: { object }, rule }) =>
        `${object?.namespace}/${object?.name}[${rule}]`,
    )
    .sort();
  return names.length > 0 ? { [key]: names } : {};
}
