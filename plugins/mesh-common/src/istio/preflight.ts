import { lowerCase } from '../mesh/walk/headers';

/**
 * Whether a request is the question of a browser whether it may send another one (CORS): OPTIONS with the headers `Origin` and
 * `Access-Control-Request-Method`. It carries no token, so that proxies do not look for one.
 *
 * Upstream: Envoy source/extensions/filters/http/cors/cors_filter.cc, `decodeHeaders`, and
 * source/extensions/filters/http/jwt_authn/filter.cc, `isCorsPreflightRequest`; pilot/pkg/security/authn/policy_applier.go,
 * `BypassCorsPreflight`.
 */
export function isPreflight({
  method,
  headers = {},
}: {
  method?: string;
  headers?: Readonly<Record<string, string>>;
}): boolean {
  const { origin, 'access-control-request-method': asked } = lowerCase(headers);
  return method === 'OPTIONS' && Boolean(origin) && Boolean(asked);
}
