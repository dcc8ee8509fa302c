import { HttpMatch, HttpRoute, StringMatch } from '../objects';

/**
 * The routes of a delegate as its root uses them: the conditions of both hold (a delegate's alternative that
 * no alternative of the root allows drops the whole route), and what the delegate does not set is the root's.
 *
 * Upstream: pilot/pkg/model/virtualservice.go, `MergeHTTPRoutes`.
 */
export function mergeDelegate(
  root: HttpRoute,
  delegate: HttpRoute,
): HttpRoute | undefined {
  const match = mergeMatches(root.match ?? [], delegate.match ?? []);
  if (!match) {
    return undefined;
  }
  const { delegate: _, match: __, ...inherited } = root;
  const name = joined(root.name, delegate.name);
  return {
    ...inherited,
    ...delegate,
    ...(name && { name }),
    match,
  };
}

function mergeMatches(
  root: readonly HttpMatch[],
  delegate: readonly HttpMatch[],
): HttpMatch[] | undefined {
  if (root.length === 0 || delegate.length === 0) {
    return [...root, ...delegate];
  }
  const merged: HttpMatch[] = [];
  for (const leaf of delegate) {
    const allowing = root.filter(candidate => !conflict(candidate, leaf));
    if (allowing.length === 0) {
      return undefined;
    }
    merged.push(...allowing.map(candidate => mergeMatch(candidate, leaf)));
  }
  return merged;
}

function mergeMatch(root: HttpMatch, leaf: HttpMatch): HttpMatch {
  const name = joined(root.name, leaf.name);
  const { ignoreUriCase: _, ...inherited } = root;
  return {
    ...inherited,
    ...leaf,
    ...(name && { name }),
    headers: { ...root.headers, ...leaf.headers },
    withoutHeaders: { ...root.withoutHeaders, ...leaf.withoutHeaders },
    queryParams: { ...root.queryParams, ...leaf.queryParams },
    sourceLabels: { ...root.sourceLabels, ...leaf.sourceLabels },
    gateways: leaf.gateways?.length ? leaf.gateways : root.gateways,
  };
}

function conflict(root: HttpMatch, leaf: HttpMatch): boolean {
  return (
    (['uri', 'scheme', 'method', 'authority'] as const).some(key =>
      textConflict(root[key], leaf[key]),
    ) ||
    (['headers', 'withoutHeaders', 'queryParams'] as const).some(key =>
      Object.entries(leaf[key] ?? {}).some(([name, value]) =>
        textConflict(own(root[key], name), value),
      ),
    ) ||
    Boolean(root.ignoreUriCase) !== Boolean(leaf.ignoreUriCase) ||
    Boolean(root.port && leaf.port && root.port !== leaf.port) ||
    Boolean(
      root.sourceNamespace && leaf.sourceNamespace !== root.sourceNamespace,
    ) ||
    Object.entries(leaf.sourceLabels ?? {}).some(([name, value]) => {
      const ofRoot = own(root.sourceLabels, name);
      return ofRoot !== undefined && ofRoot !== value;
    }) ||
    gatewayConflict(root.gateways ?? [], leaf.gateways ?? [])
  );
}

function gatewayConflict(
  root: readonly string[],
  leaf: readonly string[],
): boolean {
  return (
    root.length > 0 &&
    leaf.length > 0 &&
    (root.length < leaf.length || leaf.some(gateway => !root.includes(gateway)))
  );
}

/** Whether what the delegate asks for is not part of what the root lets through. */
function textConflict(
  root: StringMatch | undefined,
  leaf: StringMatch | undefined,
): boolean {
  if (!root || !leaf) {
    return false;
  }
  if (root.exact) {
    return leaf.exact !== root.exact;
  }
  if (root.prefix && !leaf.regex) {
    return !(leaf.prefix || leaf.exact || '').startsWith(root.prefix);
  }
  // Expressions are not compared: two of them, or one and something else, do not go together.
  return true;
}

function own<T>(
  record: Readonly<Record<string, T>> | undefined,
  key: string,
): T | undefined {
  return record && Object.hasOwn(record, key) ? record[key] : undefined;
}

function joined(root?: string, leaf?: string): string | undefined {
  return root && leaf ? `${root}-${leaf}` : leaf || root;
}
