import { Service } from '../kubernetes/core';
import { namespaceOf } from '../kubernetes/objects';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { assumedConfig } from './controlPlaneConfig';
import { ServiceProfile } from './objects';
import { profileMatch } from './profileMatch';

/** The name of the ServiceProfile of a Service. */
export function profileName(
  snapshot: MeshSnapshot,
  { name, namespace }: { name: string; namespace: string },
): string {
  const { clusterDomain } = assumedConfig(snapshot).config;
  return `${name}.${namespace}.svc.${clusterDomain}`;
}

/** What a ServiceProfile decides about: requests that proxies read, or connections that they do not. */
export type Profiled = 'requests' | 'connections';

/**
 * The ServiceProfile that a client of a namespace uses for a Service: one in its own namespace, else one in
 * the Service's. It counts only if it has routes or overrides destinations; then the proxy ignores every
 * other route, retry and circuit breaker of the Service. About connections it decides only if it overrides destinations.
 * Routes that the proxy drops, and destinations without weight, are none.
 *
 * Upstream: controller/api/destination/watcher/profile_watcher.go; linkerd2-proxy,
 * linkerd/app/outbound/src/http/logical/profile.rs, `should_override_policy`; opaq.rs, `should_override_opaq_policy`.
 */
export function decidingProfile(
  snapshot: MeshSnapshot,
  service: Service,
  clientNamespace: string,
  profiled: Profiled = 'requests',
): ServiceProfile | undefined {
  const namespace = namespaceOf(service);
  const name = profileName(snapshot, {
    name: service.metadata.name,
    namespace,
  });
  const profile =
    snapshot.get('linkerd.io/ServiceProfile', clientNamespace, name) ??
    snapshot.get('linkerd.io/ServiceProfile', namespace, name);
  return profile && overridesPolicy(profile, profiled) ? profile : undefined;
}

/** Whether a profile has what makes the proxy ignore routes. */
function overridesPolicy(profile: ServiceProfile, profiled: Profiled): boolean {
  const routes = profiled === 'requests' ? profile.spec?.routes ?? [] : [];
  return (
    profileTargets(profile).length > 0 ||
    routes.some(({ condition }) => profileMatch(condition))
  );
}

/** A destination that a ServiceProfile puts in the place of the Service. */
export interface ProfileTarget {
  authority: string;
  weight: number;
  /** In `spec.dstOverrides`. */
  index: number;
}

/** The destinations that a ServiceProfile puts in the place of the Service; one without weight is none. */
export function profileTargets({ spec }: ServiceProfile): ProfileTarget[] {
  return (spec?.dstOverrides ?? [])
    .map(({ authority, weight }, index) => ({
      authority,
      weight: weightOf(weight),
      index,
    }))
    .filter(({ weight }) => weight > 0);
}

/** A weight is a quantity of Kubernetes: `500m`, `1`. */
function weightOf(weight: number | string | undefined): number {
  const [, value, milli] =
    /^(\d+(?:\.\d+)?)(m?)$/.exec(String(weight ?? 0)) ?? [];
  return value === undefined ? 0 : Number(value) / (milli ? 1_000 : 1);
}
