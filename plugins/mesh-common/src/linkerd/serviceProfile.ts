import { Service } from '../kubernetes/core';
import { namespaceOf } from '../kubernetes/objects';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { assumedConfig } from './controlPlaneConfig';
import { ServiceProfile } from './objects';

/** The name of the ServiceProfile of a Service. */
export function profileName(
  snapshot: MeshSnapshot,
  { name, namespace }: { name: string; namespace: string },
): string {
  const { clusterDomain } = assumedConfig(snapshot).config;
  return `${name}.${namespace}.svc.${clusterDomain}`;
}

/**
 * The ServiceProfile that a client of a namespace uses for a Service: one in its own namespace, else one in
 * the Service's. It counts only if it has routes or overrides destinations; then the proxy ignores every
 * other route, retry and circuit breaker of the Service.
 *
 * Upstream: controller/api/destination/watcher/profile_watcher.go; linkerd2-proxy,
 * linkerd/app/outbound/src/http/logical/profile.rs, `should_override_policy`.
 */
export function decidingProfile(
  snapshot: MeshSnapshot,
  service: Service,
  clientNamespace: string,
): ServiceProfile | undefined {
  const namespace = namespaceOf(service);
  const name = profileName(snapshot, {
    name: service.metadata.name,
    namespace,
  });
  const profile =
    snapshot.get('linkerd.io/ServiceProfile', clientNamespace, name) ??
    snapshot.get('linkerd.io/ServiceProfile', namespace, name);
  return profile && overridesPolicy(profile) ? profile : undefined;
}

/** Whether a profile has what makes the proxy ignore routes. */
function overridesPolicy({ spec }: ServiceProfile): boolean {
  return Boolean(spec?.routes?.length || spec?.dstOverrides?.length);
}
