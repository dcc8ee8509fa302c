import { Reason } from '../contract/common';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
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
 * be compiled, a gRPC method by regular expression.
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
              : brokenValue(headers, 'headers'),
        })),
    );
  }
  return (candidate.route.spec?.rules ?? []).flatMap(({ matches = [] }, rule) =>
    matches.map(({ path, headers = [], queryParams = [] }, match) => ({
      rule,
      match,
      broken:
        brokenPath(path) ??
        brokenValue(headers, 'headers') ??
        brokenValue(queryParams, 'queryParams'),
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

function brokenValue(
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
