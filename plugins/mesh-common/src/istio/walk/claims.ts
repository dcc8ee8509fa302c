import { Pod } from '../../kubernetes/core';
import { Token } from '../../mesh/whoMayCall/facts';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { proxySet } from '../authorization/proxies';
import { tokenStep } from '../authorization/tokenStep';
import { MeshConfig } from '../meshConfig';

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

/** The tokens that a gateway has accepted once it routes: those of its RequestAuthentications. Undefined: not known. */
export function tokensAtGateway(
  snapshot: MeshSnapshot,
  { pod, port, config }: { pod: Pod; port: number; config: MeshConfig },
  tokens: readonly Token[] | undefined,
): readonly Token[] | undefined {
  const set = proxySet(
    { snapshot, pod, port, mode: 'gateway', config, protocol: 'http' },
    'http',
  );
  return tokenStep(set, {
    peer: { type: 'none' },
    mode: 'none',
    inCluster: false,
    tokens,
  }).tokens;
}
