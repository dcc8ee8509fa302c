import { HttpRoute, StringMatch } from '../../objects';
import { isPreflight } from '../../preflight';
import { lowerCase } from '../../../mesh/walk/headers';
import { MatchVerdict, RoutedRequest, textVerdict } from '../matchRequest';

/**
 * Whether the proxy answers a CORS preflight itself, in place of the destination: where the rule has a `corsPolicy` that
 * allows the origin, or that is told to ignore preflights of other origins; they are forwarded otherwise. An expression that
 * matches `*` allows every origin.
 *
 * Upstream: pilot/pkg/networking/core/route/route.go, `TranslateCORSPolicy`; Envoy
 * source/extensions/filters/http/cors/cors_filter.cc, `decodeHeaders`.
 */
export function answersPreflight(
  { corsPolicy }: HttpRoute,
  request: RoutedRequest,
): MatchVerdict {
  if (!corsPolicy || !isPreflight(request)) {
    return false;
  }
  if (corsPolicy.unmatchedPreflights === 'IGNORE') {
    return true;
  }
  const { origin = '' } = lowerCase(request.headers);
  const verdicts = originsOf(corsPolicy).flatMap(allowed => [
    textVerdict(allowed, '*'),
    textVerdict(allowed, origin),
  ]);
  return verdicts.includes(true) || (verdicts.includes('unknown') && 'unknown');
}

function originsOf({
  allowOrigins,
  allowOrigin = [],
}: NonNullable<HttpRoute['corsPolicy']>): readonly StringMatch[] {
  return allowOrigins ?? allowOrigin.map(exact => ({ exact }));
}
