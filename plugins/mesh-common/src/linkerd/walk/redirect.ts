import { WalkAnswer } from '../../contract/walk';
import { TakenMatch } from '../outbound/takenRule';
import { FilterContent } from '../ruleContent';
import { Way } from './way';

const DEFAULT_PORTS: Readonly<Record<string, number>> = {
  http: 80,
  https: 443,
};

/** The status of a redirect that says none, which the schema fills in. */
const FOUND = 302;

type Redirect = Extract<FilterContent, { redirect: unknown }>['redirect'];

/** What becomes of a request by a redirect. */
export type Redirected =
  | { to: NonNullable<WalkAnswer['redirect']> }
  /** It cannot be done: a prefix is to be replaced where none was asked for. */
  | { fails: string };

/**
 * What the filters of a rule or a backend make of a request that is redirected; undefined where it goes on, also since it
 * would be redirected to where it is.
 *
 * Upstream: linkerd2-proxy, linkerd/app/outbound/src/http/logical/policy/route/filters.rs, `apply_http_request`.
 */
export function redirectedBy(
  way: Way,
  filters: readonly FilterContent[],
  match: TakenMatch,
): Redirected | undefined {
  for (const filter of filters) {
    const found =
      'redirect' in filter && redirected(way, filter.redirect, match);
    if (found) {
      return found;
    }
  }
  return undefined;
}

/** Upstream: linkerd2-proxy, linkerd/http/route/src/http/filter/redirect.rs. */
function redirected(
  { request, authority }: Way,
  redirect: Redirect,
  match: TakenMatch,
): Redirected | undefined {
  const { status = FOUND, scheme = 'http' } = redirect;
  const path = pathOf(request.path, redirect, match);
  if (path === undefined) {
    return { fails: 'it replaces a prefix, and the match is none of a prefix' };
  }
  const location = `${scheme}://${authorityOf(
    authority,
    scheme,
    redirect,
  )}${path}`;
  return location === `http://${authority}${rooted(request.path)}`
    ? undefined
    : { to: { status, location } };
}

/**
 * What is not said stays as it was. A port that is the scheme's own is left out, but where host and port are both said, or
 * neither.
 */
function authorityOf(
  authority: string,
  scheme: string,
  { host, port }: Redirect,
): string {
  if (host !== undefined && port !== undefined) {
    return `${host}:${port}`;
  }
  if (host === undefined && port === undefined) {
    return authority;
  }
  const [, name, own] = /^(.*?)(?::(\d+))?$/.exec(authority) ?? [];
  const at = port ?? (own === undefined ? undefined : Number(own));
  return `${host ?? name}${
    at === undefined || at === DEFAULT_PORTS[scheme] ? '' : `:${at}`
  }`;
}

/** A whole path takes the place of the query, too. */
function pathOf(
  whole: string,
  { path: target }: Redirect,
  { path: match }: TakenMatch,
): string | undefined {
  const path = rooted(whole);
  if (!target) {
    return path;
  }
  if ('full' in target) {
    return target.full;
  }
  const [plain, ...query] = path.split('?');
  if (match.type !== 'prefix' || match.length > plain.length) {
    return undefined;
  }
  const rest = plain.slice(match.length);
  const slash = rest === '' || rest.startsWith('/') ? '' : '/';
  return [`${target.prefix}${slash}${rest}`, ...query].join('?');
}

function rooted(path: string): string {
  return path.startsWith('/') ? path : `/${path}`;
}
