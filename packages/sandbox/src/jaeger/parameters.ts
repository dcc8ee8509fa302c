/** A parameter that cannot be read: Jaeger answers 400. */
export class BadParameter extends Error {}

/** What `/api/traces` is asked. */
export interface TraceQuery {
  service: string;
  operation?: string;
  tags: Readonly<Record<string, string>>;
  /** Microseconds. */
  minDuration: number;
  maxDuration: number;
  /** Milliseconds since the epoch. */
  start: number;
  end: number;
  limit: number;
}

const DEFAULT_LIMIT = 100;
const DEFAULT_LOOKBACK = 2 * 24 * 3_600_000;

const UNITS: Readonly<Record<string, number>> = {
  ns: 0.001,
  us: 1,
  µs: 1,
  ms: 1_000,
  s: 1_000_000,
  m: 60_000_000,
  h: 3_600_000_000,
};

/** Reads the parameters of a search. Upstream: cmd/query/app/query_parser.go. */
export function readTraceQuery(
  parameters: URLSearchParams,
  now: number,
): TraceQuery {
  const service = parameters.get('service') ?? '';
  if (service === '') {
    throw new BadParameter("parameter 'service' is required");
  }
  const operation = parameters.get('operation');
  const end = time(parameters, 'end') ?? now;
  const minDuration = duration(parameters, 'minDuration') ?? 0;
  const maxDuration = duration(parameters, 'maxDuration') ?? Infinity;
  if (minDuration > maxDuration) {
    throw new BadParameter(
      "'maxDuration' should be greater than 'minDuration'",
    );
  }
  return {
    service,
    ...(operation && { operation }),
    tags: tagsOf(parameters),
    minDuration,
    maxDuration,
    start: time(parameters, 'start') ?? end - DEFAULT_LOOKBACK,
    end,
    limit: limitOf(parameters),
  };
}

/** Milliseconds of a number of microseconds. */
function time(parameters: URLSearchParams, name: string): number | undefined {
  const text = parameters.get(name);
  if (!text) {
    return undefined;
  }
  if (!/^-?\d+$/.test(text)) {
    throw new BadParameter(
      `unable to parse param '${name}': strconv.ParseInt: parsing ${JSON.stringify(
        text,
      )}: invalid syntax`,
    );
  }
  return Number(text) / 1_000;
}

/** Microseconds of a duration as Go writes it. */
function duration(
  parameters: URLSearchParams,
  name: string,
): number | undefined {
  const text = parameters.get(name);
  if (!text) {
    return undefined;
  }
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/g)];
  if (parts.map(([part]) => part).join('') !== text) {
    throw new BadParameter(
      `unable to parse param '${name}': time: ${whatIsWrong(
        text,
      )} duration ${JSON.stringify(text)}`,
    );
  }
  return parts.reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * UNITS[unit],
    0,
  );
}

function whatIsWrong(text: string): string {
  const unit = /^[\d.]+([a-zµ]*)$/.exec(text)?.[1];
  if (unit === undefined) {
    return 'invalid';
  }
  return unit === '' ? 'missing unit in' : `unknown unit "${unit}" in`;
}

function limitOf(parameters: URLSearchParams): number {
  const text = parameters.get('limit');
  if (!text) {
    return DEFAULT_LIMIT;
  }
  if (!/^-?\d+$/.test(text)) {
    throw new BadParameter(
      `strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`,
    );
  }
  return Number(text);
}

/** `tag=key:value`, any number of them, and `tags` as JSON objects of texts. */
function tagsOf(parameters: URLSearchParams): Record<string, string> {
  const tags: Record<string, string> = {};
  for (const tag of parameters.getAll('tag')) {
    const colon = tag.indexOf(':');
    if (colon < 0) {
      throw new BadParameter(
        `malformed 'tag' parameter, expecting key:value, received: ${tag}`,
      );
    }
    tags[tag.slice(0, colon)] = tag.slice(colon + 1);
  }
  for (const text of parameters.getAll('tags')) {
    Object.assign(tags, tagObject(text));
  }
  return tags;
}

function tagObject(text: string): Record<string, string> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new BadParameter(
      `malformed 'tags' parameter, cannot unmarshal JSON: ${
        error instanceof Error ? error.message : String(error)
      }`,
    );
  }
  const kind = Array.isArray(parsed) ? 'array' : typeof parsed;
  if (typeof parsed !== 'object' || parsed === null || kind === 'array') {
    throw cannotUnmarshal(kind, 'map[string]string');
  }
  const wrong = Object.values(parsed).find(value => typeof value !== 'string');
  if (wrong !== undefined) {
    throw cannotUnmarshal(typeof wrong, 'string');
  }
  return Object.fromEntries(
    Object.entries(parsed).map(([key, value]) => [key, String(value)]),
  );
}

function cannotUnmarshal(kind: string, type: string): BadParameter {
  return new BadParameter(
    `malformed 'tags' parameter, cannot unmarshal JSON: json: cannot unmarshal ${kind} into Go value of type ${type}`,
  );
}
