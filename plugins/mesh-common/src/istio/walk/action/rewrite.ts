import { RE2JS } from 're2js';
import { HttpMatch, HttpRoute } from '../../objects';
import { isWholePath } from '../../routing/conditions';
import { authorityOf } from '../../routing/headers';
import { OutboundAnswer } from '../call';
import { pathWithoutQuery, RoutedRequest } from '../matchRequest';

/**
 * What the destination sees in place of path and Host header, where a rule changes them. A `uri` takes the place
 * of what was matched of the path: of the prefix (`/` where nothing is written), or of the whole path where the
 * match is exact or an expression. In the Gateway API `/` takes the prefix away. Unknown where an expression cannot
 * be read.
 *
 * Upstream: pilot/pkg/networking/core/route/route.go, `applyHTTPRouteDestination`; Envoy
 * source/common/router/config_impl.cc, `finalizePathHeader`.
 */
export function appliedRewrite(
  http: HttpRoute,
  match: HttpMatch,
  request: RoutedRequest,
  gatewayApi: boolean,
): OutboundAnswer['rewrite'] | 'unknown' {
  const before = pathWithoutQuery(request.path);
  const path = rewrittenPath(http.rewrite, match, before, gatewayApi);
  if (path === undefined) {
    return 'unknown';
  }
  const authority = authorityOf(http);
  const changed = {
    ...(path !== before && { path }),
    ...(authority && authority !== request.authority && { authority }),
  };
  return Object.keys(changed).length > 0 ? changed : undefined;
}

/** The path with something else in place of what was matched of it. */
export function replacedPath(
  { uri }: HttpMatch,
  path: string,
  replacement: string,
): string {
  const matched =
    uri && isWholePath(uri) ? path.length : (uri?.prefix ?? '/').length;
  return `${replacement}${path.slice(matched)}`;
}

function rewrittenPath(
  rewrite: HttpRoute['rewrite'],
  match: HttpMatch,
  path: string,
  gatewayApi: boolean,
): string | undefined {
  const expression = rewrite?.uriRegexRewrite;
  if (expression) {
    return substituted(path, expression.match, expression.rewrite);
  }
  const uri = rewrite?.uri;
  if (!uri) {
    return path;
  }
  return gatewayApi && uri === '/'
    ? withoutPrefix(match, path)
    : replacedPath(match, path, uri);
}

function withoutPrefix({ uri }: HttpMatch, path: string): string {
  const prefix = uri?.prefix ?? '/';
  const rest = prefix === '/' ? path : path.slice(prefix.length);
  return `/${rest.replace(/^\//, '')}`;
}

/** Every place where the expression matches; `\1` is what its first group matched, `\\` a backslash. */
function substituted(
  path: string,
  expression: string,
  replacement: string,
): string | undefined {
  try {
    const compiled = RE2JS.compile(expression);
    return compiled.matcher(path).replaceAll((...found: unknown[]) => {
      const groups = found.slice(0, compiled.groupCount() + 1);
      return replacement.replace(/\\([\\\d])/g, (_, key: string) =>
        key === '\\' ? key : String(groups[Number(key)] ?? ''),
      );
    });
  } catch {
    return undefined;
  }
}
