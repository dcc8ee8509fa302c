import type { ObjectStore } from '../store/types';
import { services, type Service } from '../world/coreKinds';

export const CLUSTER_DOMAIN = 'cluster.local';

export function hostOf({ name, namespace }: Service): string {
  return `${name}.${namespace}.svc.${CLUSTER_DOMAIN}`;
}

/**
 * The Service that a name means to a pod of a namespace, by the search list of the pod's resolv.conf: `name`,
 * `name.namespace`, `name.namespace.svc`, or the full name.
 */
export function resolveHost(
  store: ObjectStore,
  namespace: string,
  host: string,
): Service | undefined {
  const [name, second, third, ...domain] = host.split('.');
  const suffix = [third, ...domain].filter(Boolean).join('.');
  return suffix === '' || suffix === 'svc' || suffix === `svc.${CLUSTER_DOMAIN}`
    ? services.get(store, second ?? namespace, name)
    : undefined;
}
