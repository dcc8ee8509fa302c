import { RouteCondition } from '../../contract/routing';
import { HttpMatch, StringMatch } from '../objects';

/**
 * The conditions of one alternative of a VirtualService's rule, for people. Ports and gateways are not among
 * them: they are decided beforehand, and so are the client's namespace and labels where those are known.
 *
 * Upstream: pilot/pkg/networking/core/route/route.go, `TranslateRouteMatch`.
 */
export function matchConditions(
  match: HttpMatch,
  clientKnown: boolean,
): RouteCondition[] {
  const { ignoreUriCase } = match;
  const path = match.uri && !isAnyPath(match.uri) ? match.uri : undefined;
  return [
    ...condition('path', path).map(entry => ({
      ...entry,
      ...(ignoreUriCase && { ignoreCase: true }),
    })),
    ...condition('scheme', match.scheme),
    ...condition('method', match.method),
    ...condition('authority', match.authority),
    ...named('header', match.headers),
    ...named('without-header', match.withoutHeaders),
    ...named('query', match.queryParams),
    ...(clientKnown || match.gateways?.length
      ? []
      : Object.entries(match.sourceLabels ?? {}).map(
          ([name, value]): RouteCondition => ({
            subject: 'source-labels',
            name,
            operator: 'exact',
            value,
          }),
        )),
  ];
}

/** Whether a path condition lets every path through. */
export function isAnyPath({ exact, prefix, regex }: StringMatch): boolean {
  return (
    exact === undefined && (prefix ?? '/') === '/' && (regex ?? '.*') === '.*'
  );
}

/**
 * Whether an alternative takes every request: only a bare `/` (or `.*`) does, without any other condition. What comes
 * after it in one source has no effect.
 *
 * Upstream: pilot/pkg/networking/core/route/route.go, `IsCatchAllRoute`, `BuildHTTPRoutesForVirtualService`.
 */
export function isCatchAll(match: HttpMatch): boolean {
  const { uri, method, scheme, authority } = match;
  return (
    (!uri || isAnyPath(uri)) &&
    !method &&
    !scheme &&
    !authority &&
    [match.headers, match.withoutHeaders, match.queryParams].every(
      conditions => Object.keys(conditions ?? {}).length === 0,
    )
  );
}

/** Whether a path that meets the condition has been matched as a whole, so that a rewrite replaces all of it. */
export function isWholePath({ exact, prefix, regex }: StringMatch): boolean {
  return exact !== undefined || (prefix === undefined && regex !== undefined);
}

/** `*` as an expression is not one: it stands for anything, as long as it is there. So does no value. */
export function isPresence({ exact, prefix, regex }: StringMatch): boolean {
  return (
    exact === undefined &&
    prefix === undefined &&
    (regex === undefined || regex === '*')
  );
}

function named(
  subject: 'header' | 'without-header' | 'query',
  matches: Readonly<Record<string, StringMatch>> = {},
): RouteCondition[] {
  return Object.entries(matches).flatMap(([name, match]) =>
    condition(subject, match).map(entry => ({ ...entry, name })),
  );
}

function condition(
  subject: RouteCondition['subject'],
  match: StringMatch | undefined,
): RouteCondition[] {
  if (!match) {
    return [];
  }
  if (isPresence(match)) {
    return [{ subject, operator: 'present' }];
  }
  const operator = (['exact', 'prefix', 'regex'] as const).find(
    key => match[key] !== undefined,
  );
  return operator ? [{ subject, operator, value: match[operator] }] : [];
}
