import { Reason } from '../contract/common';
import { HeaderModifier, RouteFilter } from '../gateway-api/objects';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { isHeaderName, isHeaderValue } from './headers';
import { LinkerdRoute } from './linkerdRoutes';
import { notUsed } from './routeAcceptance';

const LOWEST_STATUS = 100;
const HIGHEST_STATUS = 999;

type Redirect = NonNullable<RouteFilter['requestRedirect']>;

/** A filter that Linkerd cannot use. */
export interface BrokenFilter {
  index: number;
  /** As the controller says it. */
  error: string;
  /** For people. */
  why: string;
}

/**
 * The first filter that Linkerd cannot use: it has header modifiers and redirects. Headers must be ones that can be sent,
 * and redirects must lead to an absolute path.
 *
 * Upstream: policy-controller/k8s/index/src/routes/{http,grpc}.rs, `request_header_modifier`, `req_redirect`.
 */
export function brokenFilter(
  filters: readonly RouteFilter[],
): BrokenFilter | undefined {
  for (const [index, filter] of filters.entries()) {
    const found = complaintAbout(filter);
    if (found) {
      return { index, ...found };
    }
  }
  return undefined;
}

type Complaint = Omit<BrokenFilter, 'index'> | undefined;

function complaintAbout(filter: RouteFilter): Complaint {
  const { type, requestHeaderModifier, responseHeaderModifier } = filter;
  switch (type) {
    case 'RequestHeaderModifier':
      return brokenHeaders(requestHeaderModifier);
    case 'ResponseHeaderModifier':
      return brokenHeaders(responseHeaderModifier);
    case 'RequestRedirect':
      return brokenRedirect(filter.requestRedirect);
    default:
      return {
        error: `${type} filter is not supported`,
        why: `Linkerd has no filter ${type}`,
      };
  }
}

function brokenHeaders({
  add = [],
  set = [],
  remove = [],
}: HeaderModifier = {}): Complaint {
  for (const { name, value } of [...add, ...set]) {
    const complaint = brokenName(name) ?? brokenValue(name, value);
    if (complaint) {
      return complaint;
    }
  }
  return remove.map(brokenName).find(complaint => complaint);
}

function brokenName(name: string): Complaint {
  return isHeaderName(name)
    ? undefined
    : {
        error: 'invalid HTTP header name',
        why: `"${name}" cannot be the name of a header`,
      };
}

function brokenValue(name: string, value: string): Complaint {
  return isHeaderValue(value)
    ? undefined
    : {
        error: 'failed to parse header value',
        why: `the value of the header ${name} has control characters`,
      };
}

function brokenRedirect({ path, statusCode }: Redirect = {}): Complaint {
  if (path) {
    const target = path.replaceFullPath ?? path.replacePrefixMatch;
    if (target === undefined) {
      return {
        error:
          'RequestRedirect filter must contain either replace_full_path or replace_prefix_match',
        why: 'the path of a redirect says neither the full path nor the prefix',
      };
    }
    if (!target.startsWith('/')) {
      return {
        error: `RequestRedirect filters may only contain absolute paths (starting with '/'); ${JSON.stringify(
          target,
        )} is not an absolute path`,
        why: `it redirects to the path "${target}", which does not start with /`,
      };
    }
  }
  return statusCode === undefined ||
    (statusCode >= LOWEST_STATUS && statusCode <= HIGHEST_STATUS)
    ? undefined
    : {
        error: 'invalid status code',
        why: `${statusCode} is no status code`,
      };
}

/**
 * Why a route is dropped for its filters: Linkerd drops a route with a rule that has a filter which it cannot use, though
 * it writes that it accepts the route.
 *
 * Upstream: policy-controller/k8s/index/src/{inbound,outbound}/index/{http,grpc}.rs.
 */
export function brokenFilters(
  snapshot: MeshSnapshot,
  candidate: LinkerdRoute,
): Reason | undefined {
  const rules: { filters?: RouteFilter[] }[] =
    candidate.route.spec?.rules ?? [];
  for (const [rule, { filters = [] }] of rules.entries()) {
    const broken = brokenFilter(filters);
    if (broken) {
      return notUsed(
        snapshot,
        candidate,
        broken.why,
        `spec.rules[${rule}].filters[${broken.index}]`,
      );
    }
  }
  return undefined;
}
