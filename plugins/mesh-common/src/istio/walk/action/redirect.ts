import { HttpMatch, HttpRoute } from '../../objects';
import { redirectOf } from '../../routing/httpRule';
import { OutboundAnswer } from '../call';
import { pathWithoutQuery, RoutedRequest } from '../matchRequest';
import { replacedPath } from './rewrite';

/**
 * What a redirect answers to a request: the path is the one that is written, or the request's with its matched
 * prefix replaced, or as it was.
 *
 * Upstream: pilot/pkg/networking/core/route/route.go, `ApplyRedirect`; Envoy source/common/router/config_impl.cc,
 * `newUri`.
 */
export function appliedRedirect(
  redirect: NonNullable<HttpRoute['redirect']>,
  match: HttpMatch,
  request: RoutedRequest,
  listenerPort: number,
): NonNullable<OutboundAnswer['redirect']> {
  const { path: _, ...target } = redirectOf(
    redirect,
    listenerPort,
    request.scheme === 'https',
  );
  const before = pathWithoutQuery(request.path);
  const { prefixRewrite, uri } = redirect;
  return {
    ...target,
    path: prefixRewrite
      ? replacedPath(match, before, prefixRewrite)
      : pathWithoutQuery(uri || before),
  };
}
