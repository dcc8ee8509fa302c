const HEADER = '@request.auth.claims';

/**
 * The claim of a token that a condition on a header of a VirtualService is about, by the names on the way to it: after `.`, or
 * each in brackets. Undefined where it is about a header.
 *
 * Upstream: pkg/jwt/routing.go, `ToRoutingClaim`.
 */
export function claimNamed(header: string): string[] | undefined {
  if (!header.toLowerCase().startsWith(HEADER)) {
    return undefined;
  }
  const [, dotted, bracketed] =
    /^(?:\.(.+)|\[(.+)\])$/.exec(header.slice(HEADER.length)) ?? [];
  return dotted?.split('.') ?? bracketed?.split('][');
}
