import { KindDefinition, KindId, KINDS } from 'backstage-plugin-mesh-common';
import { z } from 'zod';
import { ruleTextFor } from '../deploy/rules';
import { ClusterResponse } from './ClusterTransport';

/** What a refusal of the API server means for the mirror. */
export type ApiErrorReason =
  /** The account has no right to do this. */
  | 'forbidden'
  /** There is no such resource. */
  | 'absent'
  /** The resource version (or continue token) is too old: list again. */
  | 'expired'
  /** The server does not take this form of the request. */
  | 'unsupported'
  /** Anything else, which may be over later. */
  | 'failed';

/** The API server refused a request. */
export class ApiError extends Error {
  override name = 'ApiError';
  readonly reason: ApiErrorReason;
  /** How long the server asks to wait. */
  readonly retryAfterMs?: number;

  constructor(reason: ApiErrorReason, message: string, retryAfterMs?: number) {
    super(message);
    this.reason = reason;
    this.retryAfterMs = retryAfterMs;
  }
}

const statusSchema = z.object({
  kind: z.literal('Status'),
  message: z.string().optional(),
  reason: z.string().optional(),
  code: z.number().optional(),
});

/** Bodies of refusals are short; what is longer is cut. */
const MAX_REFUSAL_BYTES = 64 * 1024;

/** The start of a body as text, no more of it than a refusal needs. */
export async function readRefusal(
  body: AsyncIterable<Uint8Array>,
): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= MAX_REFUSAL_BYTES) {
      break;
    }
  }
  return Buffer.concat(chunks).subarray(0, MAX_REFUSAL_BYTES).toString('utf8');
}

/** The error that a response with a status other than 200 stands for. */
export async function refusalOf(
  response: ClusterResponse,
  kindId?: KindId,
): Promise<ApiError> {
  const text = await readRefusal(response.body);
  const status = statusSchema.safeParse(jsonOrUndefined(text));
  return apiErrorOf(
    response.status,
    status.data?.message ?? text.slice(0, 200).trim(),
    kindId,
    secondsToMs(response.headers['retry-after']),
  );
}

/** The error that an ERROR event of a watch stands for. */
export function errorEvent(object: unknown, kindId: KindId): ApiError {
  const status = statusSchema.safeParse(object);
  if (!status.success) {
    return new ApiError('failed', 'The watch ended with an unknown error');
  }
  const { code = 500, message = 'no message' } = status.data;
  return apiErrorOf(code, message, kindId);
}

function apiErrorOf(
  code: number,
  message: string,
  kindId: KindId | undefined,
  retryAfterMs?: number,
): ApiError {
  const answer = `the API server answered ${code}${
    message ? `: ${message}` : ''
  }`;
  switch (code) {
    case 403:
      return new ApiError(
        'forbidden',
        kindId
          ? `The portal's account may not read ${kindId}. Add this rule of deploy/rbac.yaml to its ClusterRole: ${ruleTextFor(
              kindId,
            )}`
          : answer,
      );
    case 404:
      return new ApiError('absent', kindId ? absentMessage(kindId) : answer);
    case 410:
      return new ApiError('expired', answer);
    case 400:
    case 422:
      return new ApiError('unsupported', answer);
    case 401:
      return new ApiError(
        'failed',
        `The cluster does not accept the credentials that the portal has for it (${answer})`,
      );
    default:
      return new ApiError('failed', answer, retryAfterMs);
  }
}

/** Said of a kind that the cluster does not serve. */
export function absentMessage(kindId: KindId): string {
  const { group, kind, plural, onlyBeside }: KindDefinition = KINDS[kindId];
  if (onlyBeside) {
    return `${kindId} is read only where the cluster serves ${onlyBeside}`;
  }
  return group.includes('.') && !group.endsWith('k8s.io')
    ? `The cluster does not serve ${kindId}: the CustomResourceDefinition ${plural}.${group} is not installed`
    : `The cluster does not serve ${kind} of ${group || 'the core group'}`;
}

function secondsToMs(seconds: string | undefined): number | undefined {
  const value = Number(seconds);
  return seconds && Number.isFinite(value) ? value * 1000 : undefined;
}

export function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) {
      return undefined;
    }
    throw error;
  }
}
