import { Reason } from '../contract/common';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { isHeaderName, isHeaderValue } from './headers';
import { GRPC_ROUTE_KIND, LinkerdRoute } from './linkerdRoutes';
import { notUsed } from './routeAcceptance';
import { isRegex, regexComplaint } from './rustRegex';

interface Broken {
  why: string;
  /** Path in the match. */
  field: string;
}

/**
 * Why a route is dropped for what it matches: a path that is not absolute, a regular expression that cannot
 * be compiled, a header that cannot be sent, a gRPC method by regular expression.
 *
 * Upstream: policy-controller/k8s/index/src/routes/{http,grpc}.rs, `try_match`.
 */
export function brokenMatch(
  snapshot: MeshSnapshot,
  candidate: LinkerdRoute,
): Reason | undefined {
  for (const { broken, rule, match } of matchesOf(candidate)) {
    if (broken) {
      return notUsed(
        snapshot,
        candidate,
        broken.why,
        `spec.rules[${rule}].matches[${match}].${broken.field}`,
      );
    }
  }
  return undefined;
}

function matchesOf(
  candidate: LinkerdRoute,
): { broken: Broken | undefined; rule: number; match: number }[] {
  if (candidate.kind === GRPC_ROUTE_KIND) {
    return (candidate.route.spec?.rules ?? []).flatMap(
      ({ matches = [] }, rule) =>
        matches.map(({ method, headers = [] }, match) => ({
          rule,
          match,
          broken:
            method?.type === 'RegularExpression'
              ? {
                  why: 'Linkerd matches gRPC methods by name only',
                  field: 'method.type',
                }
              : brokenHeader(headers) ?? brokenExpression(headers, 'headers'),
        })),
    );
  }
  return (candidate.route.spec?.rules ?? []).flatMap(({ matches = [] }, rule) =>
    matches.map(({ path, headers = [], queryParams = [] }, match) => ({
      rule,
      match,
      broken:
        brokenPath(path) ??
        brokenHeader(headers) ??
        brokenExpression(headers, 'headers') ??
        brokenExpression(queryParams, 'queryParams'),
    })),
  );
}

function brokenPath(
  path: { type?: string; value?: string } | undefined,
): Broken | undefined {
  const value = path?.value ?? '/';
  if (path?.type === 'RegularExpression') {
    const complaint = regexComplaint(value);
    return complaint
      ? {
          why: `"${value}" is no regular expression (${complaint})`,
          field: 'path.value',
        }
      : undefined;
  }
  return value.startsWith('/')
    ? undefined
    : { why: `the path "${value}" does not start with /`, field: 'path.value' };
}

function brokenHeader(
  matches: readonly { type?: string; name: string; value: string }[],
): Broken | undefined {
  for (const [index, { type, name, value }] of matches.entries()) {
    if (!isHeaderName(name)) {
      return {
        why: `"${name}" cannot be the name of a header`,
        field: `headers[${index}].name`,
      };
    }
    if (type !== 'RegularExpression' && !isHeaderValue(value)) {
      return {
        why: `the value of the header ${name} has control characters`,
        field: `headers[${index}].value`,
      };
    }
  }
  return undefined;
}

function brokenExpression(
  matches: readonly { type?: string; value: string }[],
  field: string,
): Broken | undefined {
  const index = matches.findIndex(
    ({ type, value }) => type === 'RegularExpression' && !isRegex(value),
  );
  return index < 0
    ? undefined
    : {
        why: `"${
          matches[index].value
        }" is no regular expression (${regexComplaint(matches[index].value)})`,
        field: `${field}[${index}].value`,
      };
}
