import { RouteRule } from '../../contract/routing';
import { WalkAnswer } from '../../contract/walk';
import { OutboundRule } from '../outbound/policy';
import { Way } from './way';

const DEFAULT_PORTS: Readonly<Record<string, number>> = {
  http: 80,
  https: 443,
};

/**
 * Where a redirect leads: what it does not say stays as it was. A prefix takes the place of the one that matched.
 *
 * Upstream: linkerd2-proxy, linkerd/http/route/src/http/filter/redirect.rs.
 */
export function redirectOf(
  { request, authority }: Way,
  rule: OutboundRule,
  {
    code,
    scheme = 'http',
    authority: host,
    port,
    path,
  }: NonNullable<RouteRule['redirect']>,
): NonNullable<WalkAnswer['redirect']> {
  const [, name, own] = /^(.*?)(?::(\d+))?$/.exec(authority) ?? [];
  const at = port ?? (own === undefined ? undefined : Number(own));
  const suffix =
    at === undefined || at === DEFAULT_PORTS[scheme] ? '' : `:${at}`;
  return {
    status: code,
    location: `${scheme}://${host ?? name}${suffix}${pathOf(
      request.path,
      rule,
      path,
    )}`,
  };
}

function pathOf(
  path: string,
  { filters, matches }: OutboundRule,
  target: string | undefined,
): string {
  if (target === undefined) {
    return path;
  }
  const [plain, query] = path.split('?', 2);
  const tail = query === undefined ? '' : `?${query}`;
  const replacesPrefix = filters.some(
    filter =>
      'redirect' in filter &&
      filter.redirect.path &&
      'prefix' in filter.redirect.path,
  );
  if (!replacesPrefix) {
    return `${target}${tail}`;
  }
  const matched = matches
    .flatMap(({ path: match }) =>
      match && 'prefix' in match && plain.startsWith(match.prefix)
        ? [match.prefix.replace(/\/$/, '')]
        : [],
    )
    .sort((a, b) => b.length - a.length)[0];
  const rest = plain.slice((matched ?? '').length);
  return `${target.replace(/\/$/, '')}${rest}${tail}`;
}
