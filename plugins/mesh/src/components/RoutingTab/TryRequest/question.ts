import { WalkQuestion, walkQuestionSchema } from 'backstage-plugin-mesh-common';

/** The fields of the form, as they are written. */
export interface WalkFields {
  /** From which the request comes. */
  cluster: string;
  from: string;
  host: string;
  method: string;
  port: string;
  path: string;
  /** One a line, `name: value`. */
  headers: string;
  /** JSON of claims; empty: no token. */
  jwt: string;
}

/** What is wrong with a field. */
export type FieldProblems = Partial<
  Record<'from' | 'host' | 'path' | 'headers' | 'jwt', string>
>;

export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'];

const HOST = /^[a-z0-9]([a-z0-9.:-]*[a-z0-9])?$/i;

const SECRET_HEADER = /^\s*authorization\s*:/im;

/** No name of a header: says that the Host header has a field of its own. */
export const HOST_HEADER = ':host';

/** The question that the fields ask, or what is wrong with them; a text is the line or word that is. */
export function questionOf({
  cluster,
  from,
  host,
  method,
  port,
  path,
  headers,
  jwt,
}: WalkFields): { question: WalkQuestion } | { problems: FieldProblems } {
  const [namespace, kind, name, ...rest] = from.trim().split('/');
  const lines = headers
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '');
  const wrong = lines.find(line => !/^[^:\s]+\s*:/.test(line));
  const claims = claimsOf(jwt);
  const problems: FieldProblems = {
    ...((!namespace || !kind || !name || rest.length > 0) && { from }),
    ...(!HOST.test(host.trim()) && { host }),
    ...(!/^\/[!-~]*$/.test(path.trim()) && { path }),
    ...(wrong !== undefined && { headers: wrong }),
    ...(/^\s*host\s*:/im.test(headers) && { headers: HOST_HEADER }),
    ...(SECRET_HEADER.test(headers) && { headers: '' }),
    ...(claims === undefined && { jwt }),
  };
  if (Object.keys(problems).length > 0) {
    return { problems };
  }
  const parsed = walkQuestionSchema.safeParse({
    cluster,
    host: host.trim(),
    from: { namespace, kind, name },
    method,
    port: Number(port),
    path: path.trim(),
    headers: Object.fromEntries(lines.map(splitHeader)),
    ...(claims && { jwt: claims }),
  });
  return parsed.success
    ? { question: parsed.data }
    : {
        problems: Object.fromEntries(
          parsed.error.issues.map(({ path: [field], message }) => [
            field,
            message,
          ]),
        ),
      };
}

/** The question in the URL; undefined where there is none, or it cannot be read. */
export function readQuestion(
  text: string | undefined,
): WalkQuestion | undefined {
  if (text === undefined) {
    return undefined;
  }
  try {
    return walkQuestionSchema.safeParse(JSON.parse(text)).data;
  } catch {
    // A link that somebody cut off asks nothing.
    return undefined;
  }
}

/** The fields that ask a question. */
export function fieldsOf({
  cluster,
  from,
  host,
  method,
  port,
  path,
  headers,
  jwt,
}: WalkQuestion): WalkFields {
  return {
    cluster,
    from: `${from.namespace}/${from.kind}/${from.name}`,
    host,
    method,
    port: String(port),
    path,
    headers: Object.entries(headers)
      .map(([name, value]) => `${name}: ${value}`)
      .join('\n'),
    jwt: jwt ? JSON.stringify(jwt) : '',
  };
}

function splitHeader(line: string): [string, string] {
  const at = line.indexOf(':');
  return [line.slice(0, at).trim(), line.slice(at + 1).trim()];
}

/** Null: no token. Undefined: what is written is no JSON object. */
function claimsOf(text: string): Record<string, unknown> | null | undefined {
  if (text.trim() === '') {
    return null;
  }
  try {
    const claims: unknown = JSON.parse(text);
    return typeof claims === 'object' &&
      claims !== null &&
      !Array.isArray(claims)
      ? { ...claims }
      : undefined;
  } catch {
    return undefined;
  }
}
