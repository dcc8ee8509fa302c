import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments, parse } from 'yaml';
import { z } from 'zod';

const FOLDER = join(__dirname, '../situations');

const requestSchema = z.strictObject({
  /** The pod that sends it. */
  from: z
    .enum(['client', 'stranger', 'web-v1', 'other', 'plain'])
    .default('client'),
  /** The gateway that it is sent to, by the pod outside the mesh. */
  gateway: z.enum(['ingress', 'gw']).optional(),
  /** The Gateway object by whose name the gateway is asked for. */
  gatewayName: z.string().optional(),
  url: z.string(),
  /** Where the client connects to, in place of the host of the URL. */
  address: z.string().optional(),
  sni: z.string().optional(),
  method: z.string().default('GET'),
  headers: z.record(z.string(), z.string()).default({}),
  /** The claims of a token that the request carries, signed by the issuer of the test. */
  claims: z.record(z.string(), z.unknown()).optional(),
  times: z.number().int().min(1).default(1),
  /** What the application does. */
  app: z
    .strictObject({
      status: z.number().optional(),
      delaySeconds: z.number().optional(),
      failures: z.number().optional(),
    })
    .default({}),
  /** Why the answer is known to differ from what is predicted, and the difference. */
  differs: z.strictObject({ because: z.string() }).optional(),
});

const requestsSchema = z.strictObject({
  /** What is configured, in a sentence. */
  about: z.string(),
  requests: z.array(requestSchema).min(1),
});

const objectSchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({
    name: z.string(),
    namespace: z.string().optional(),
  }),
});

export type TestRequest = z.infer<typeof requestSchema>;
export type TestObject = z.infer<typeof objectSchema>;

/** A configuration, and the requests that are sent under it. */
export interface Situation {
  about: string;
  objects: TestObject[];
  requests: TestRequest[];
}

/** The names of all situations: a folder each. */
export function situationNames(): string[] {
  return readdirSync(FOLDER).sort();
}

/** Reads a situation. `${name}` in its files stands for a value that is known only while the test runs. */
export function readSituation(
  name: string,
  values: Readonly<Record<string, string>> = {},
): Situation {
  const config = readFileSync(join(FOLDER, name, 'config.yaml'), 'utf8');
  const text = readFileSync(join(FOLDER, name, 'requests.yaml'), 'utf8');
  return {
    ...requestsSchema.parse(parse(withValues(text, values))),
    objects: objectsOf(withValues(config, values)),
  };
}

/** The objects of a YAML stream. */
export function objectsOf(yaml: string): TestObject[] {
  return parseAllDocuments(yaml).flatMap(document => {
    if (document.errors.length > 0) {
      throw document.errors[0];
    }
    const content: unknown = document.toJS();
    return content === null ? [] : [objectSchema.parse(content)];
  });
}

/** The text with the values in their places; a place without value stays. */
export function withValues(
  text: string,
  values: Readonly<Record<string, string>>,
): string {
  return text.replace(/\$\{([\w-]+)\}/g, (place, name: string) =>
    Object.hasOwn(values, name) ? values[name] : place,
  );
}
