import { z } from 'zod';

/** A request, as the client program in a pod takes it. */
export interface SentRequest {
  address: string;
  port: number;
  tls?: boolean;
  sni?: string;
  method: string;
  path: string;
  headers: [name: string, value: string][];
  /** Seconds. */
  timeout: number;
  /** It is sent again until its answer has this body, for `patience` seconds. */
  until?: string;
  patience?: number;
}

const echoSchema = z.object({
  echo: z.object({
    pod: z.string(),
    port: z.number(),
    method: z.string(),
    path: z.string(),
    authority: z.string(),
    headers: z.record(z.string(), z.string()),
  }),
});

export const receivedSchema = z.object({
  /** null: the connection was closed without an answer. */
  status: z.number().nullable(),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.string().default(''),
  error: z.string().optional(),
  seconds: z.number(),
});

export type Received = z.infer<typeof receivedSchema>;
export type Echo = z.infer<typeof echoSchema>['echo'];

/** What the application saw, where it is the application that answered. */
export function echoOf({ body }: Received): Echo | undefined {
  if (!body.startsWith('{"echo"')) {
    return undefined;
  }
  return echoSchema.parse(JSON.parse(body)).echo;
}

/** The identity that the server's proxy saw: a SPIFFE id without its scheme; undefined where it saw none. */
export function identitySeen({ headers }: Echo): string | undefined {
  const last = headers['x-forwarded-client-cert']?.split(',').at(-1);
  return /(?:^|;)URI=spiffe:\/\/([^;,]+)/.exec(last ?? '')?.[1];
}
