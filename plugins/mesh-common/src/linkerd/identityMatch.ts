/**
 * A pattern of identities in a policy.
 *
 * @public
 */
export type IdentityPattern =
  | { type: 'exact'; identity: string }
  /** Labels that an identity ends with; none: every identity. */
  | { type: 'suffix'; labels: readonly string[] };

/**
 * `*` means every identity, `*.` and labels every identity that ends with them, anything else (a `*` in the
 * middle too) exactly itself.
 *
 * Upstream: policy-controller/core/src/identity_match.rs.
 *
 * @public
 */
export function parseIdentityPattern(text: string): IdentityPattern {
  if (text === '*') {
    return { type: 'suffix', labels: [] };
  }
  return text.startsWith('*.')
    ? { type: 'suffix', labels: text.slice(2).split('.') }
    : { type: 'exact', identity: text };
}

/**
 * Whether a client's identity is one of these, or ends with one of these suffixes (`*` or `*.labels`). A
 * suffix never matches a SPIFFE id, not even `*`.
 *
 * Upstream: linkerd2-proxy, linkerd/proxy/server-policy/src/authz.rs, `Suffix::contains`.
 *
 * @public
 */
export function matchesIdentity(
  identity: string,
  patterns: { identities: readonly string[]; suffixes: readonly string[] },
): boolean {
  if (patterns.identities.includes(identity)) {
    return true;
  }
  return (
    !identity.startsWith('spiffe://') &&
    patterns.suffixes.some(
      suffix => suffix === '*' || identity.endsWith(suffix.slice(1)),
    )
  );
}
