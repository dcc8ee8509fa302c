import { MeshConfig } from '../meshConfig';
import { matchesText } from './text';

export type TrustSettings = Pick<
  MeshConfig,
  'trustDomain' | 'trustDomainAliases'
>;

/** A pointer to the domain of the mesh, whatever that is called; in `principals` only. */
const LOCAL = 'cluster.local';

/**
 * A value of `principals` as a proxy has it. Where it is a whole identity of the mesh's trust domain, of an
 * alias of that or of `cluster.local`, it stands for that identity in each of the mesh's domains; other
 * patterns, such as `old.example/*`, mean what they say.
 *
 * Upstream: pilot/pkg/security/trustdomain/bundle.go, `ReplaceTrustDomainAliases`.
 */
export function principalPatterns(
  pattern: string,
  trust: TrustSettings,
): string[] {
  const [domain, ...rest] = pattern.split('/');
  const own = domainsOf(trust);
  const expands =
    rest.length === 4 &&
    domain !== '*' &&
    (domain === LOCAL || own.some(name => matchesText(domain, name)));
  return expands
    ? [
        ...new Set(
          own.map(name =>
            matchesText(domain, name) ? pattern : [name, ...rest].join('/'),
          ),
        ),
      ]
    : [pattern];
}

/**
 * A value of `trustDomains` as a proxy has it: one of the mesh's domains stands for all of them, others for
 * themselves (`cluster.local` too, where the mesh has another domain).
 *
 * Upstream: pilot/pkg/security/trustdomain/bundle.go, `ExpandTrustDomainAliases`.
 */
export function trustDomainPatterns(
  pattern: string,
  trust: TrustSettings,
): string[] {
  const own = domainsOf(trust);
  return own.includes(pattern) ? own : [pattern];
}

/** The domains of which clients are let into the mesh. */
export function domainsOf({
  trustDomain,
  trustDomainAliases,
}: TrustSettings): string[] {
  return [trustDomain, ...trustDomainAliases];
}
