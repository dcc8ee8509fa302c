import { RE2JS } from '@bufbuild/re2';
import { Token } from '../../mesh/whoMayCall/facts';
import { claimTexts } from '../authorization/tokens';
import { HttpMatch, StringMatch } from '../objects';
import { isPresence } from '../routing/conditions';
import { claimNamed } from './claims';

/** A request as a proxy compares it with the conditions of routes. */
export interface RoutedRequest {
  method: string;
  /** With the query. */
  path: string;
  /** The Host header, with the port where it has one. */
  authority: string;
  scheme: 'http' | 'https';
  /** Names are in any case. */
  headers: Readonly<Record<string, string>>;
  /** The tokens that the proxy has accepted before it routes; unknown where claims are not told. Absent: it reads none. */
  tokens?: readonly Token[] | 'unknown';
}

/** unknown: a condition that would decide cannot be read. */
export type MatchVerdict = boolean | 'unknown';

/**
 * Whether a request meets all conditions of an alternative that are about requests; the others (port, gateways,
 * source) are decided beforehand. Prefixes of paths end anywhere, those of the Gateway API at slashes; the case
 * of a path counts unless it is to be ignored, which has no effect on expressions; expressions have to match as
 * a whole.
 *
 * Upstream: pilot/pkg/networking/core/route/route.go, `TranslateRouteMatch`; Envoy
 * source/common/router/config_impl.cc, `matchRoute`, and source/common/http/header_utility.cc.
 */
export function matchesRequest(
  match: HttpMatch,
  request: RoutedRequest,
  gatewayApi: boolean,
): MatchVerdict {
  const headers = allHeaders(request);
  const query = queryOf(request.path);
  const verdicts: MatchVerdict[] = [
    pathVerdict(match, pathWithoutQuery(request.path), gatewayApi),
    textVerdict(match.method, request.method),
    textVerdict(match.authority, request.authority),
    textVerdict(match.scheme, request.scheme),
    ...Object.entries(match.headers ?? {}).map(([name, wanted]) =>
      conditionVerdict(name, request, values =>
        values
          ? claimVerdict(wanted, values)
          : valueVerdict(wanted, headers.get(name.toLowerCase())),
      ),
    ),
    ...Object.entries(match.withoutHeaders ?? {}).map(([name, unwanted]) =>
      conditionVerdict(name, request, values =>
        values
          ? negated(claimVerdict(unwanted, values))
          : absenceVerdict(unwanted, headers.get(name.toLowerCase())),
      ),
    ),
    ...Object.entries(match.queryParams ?? {}).map(([name, wanted]) =>
      valueVerdict(wanted, query.get(name)),
    ),
  ];
  return (
    !verdicts.includes(false) &&
    (verdicts.includes('unknown') ? 'unknown' : true)
  );
}

/** A condition under the name of a header, which may be about a claim: it is then asked with the values of that. */
function conditionVerdict(
  name: string,
  { tokens = [] }: RoutedRequest,
  verdictOf: (claims: readonly string[] | undefined) => MatchVerdict,
): MatchVerdict {
  const path = claimNamed(name);
  if (!path) {
    return verdictOf(undefined);
  }
  return tokens === 'unknown'
    ? 'unknown'
    : verdictOf(tokens.flatMap(token => claimTexts(token, path)));
}

/** One of the values of a claim is enough. */
function claimVerdict(
  wanted: StringMatch,
  values: readonly string[],
): MatchVerdict {
  const verdicts = values.map(value => textVerdict(wanted, value));
  return verdicts.includes(true) || (verdicts.includes('unknown') && 'unknown');
}

function negated(verdict: MatchVerdict): MatchVerdict {
  return verdict === 'unknown' ? verdict : !verdict;
}

/** The path as routes see it: without query and fragment. */
export function pathWithoutQuery(path: string): string {
  return path.split(/[?#]/, 1)[0];
}

function pathVerdict(
  { uri, ignoreUriCase = false }: HttpMatch,
  path: string,
  gatewayApi: boolean,
): MatchVerdict {
  if (!uri) {
    return true;
  }
  if (uri.regex !== undefined) {
    return expressionVerdict(uri.regex, path);
  }
  const folded = (text: string) => (ignoreUriCase ? text.toLowerCase() : text);
  if (uri.exact !== undefined) {
    return folded(path) === folded(uri.exact);
  }
  const prefix = folded(uri.prefix ?? '/');
  if (!gatewayApi || prefix === '/') {
    return folded(path).startsWith(prefix);
  }
  const whole = prefix.replace(/\/$/, '');
  return folded(path) === whole || folded(path).startsWith(`${whole}/`);
}

/** A value that is not there meets no condition. */
function valueVerdict(wanted: StringMatch, value?: string): MatchVerdict {
  return value !== undefined && textVerdict(wanted, value);
}

/** A header that is not there counts as empty, unless it is its presence that is unwanted. */
function absenceVerdict(unwanted: StringMatch, value?: string): MatchVerdict {
  if (isPresence(unwanted)) {
    return value === undefined;
  }
  const verdict = textVerdict(unwanted, value ?? '');
  return negated(verdict);
}

export function textVerdict(
  wanted: StringMatch | undefined,
  text: string,
): MatchVerdict {
  if (!wanted || isPresence(wanted)) {
    return true;
  }
  const { exact, prefix, regex } = wanted;
  if (exact !== undefined) {
    return text === exact;
  }
  return prefix === undefined
    ? expressionVerdict(regex ?? '', text)
    : text.startsWith(prefix);
}

/** Istio refuses what is no expression; where one came in all the same, what the proxy does is not known. */
function expressionVerdict(expression: string, text: string): MatchVerdict {
  try {
    return RE2JS.compile(expression).testExact(text);
  } catch {
    return 'unknown';
  }
}

/** With the parts of the request line, which conditions on headers can name too. */
function allHeaders({
  method,
  path,
  authority,
  scheme,
  headers,
}: RoutedRequest): ReadonlyMap<string, string> {
  return new Map([
    ...Object.entries(headers).map(
      ([name, value]) => [name.toLowerCase(), value] as const,
    ),
    [':method', method],
    [':path', path],
    [':scheme', scheme],
    [':authority', authority],
    ['host', authority],
  ]);
}

/** As they are written, not decoded; of several of a name the first counts. */
function queryOf(path: string): ReadonlyMap<string, string> {
  const [, query = ''] = path.split('#', 1)[0].split(/\?(.*)/s);
  const values = new Map<string, string>();
  for (const part of query.split('&').filter(text => text !== '')) {
    const [name, value = ''] = part.split(/=(.*)/s);
    if (!values.has(name)) {
      values.set(name, value);
    }
  }
  return values;
}
