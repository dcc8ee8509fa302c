import { Pod, Service } from '../kubernetes/core';
import { MeshService } from './MeshService';

/**
 * The addresses of a service that a client may connect to: those of the Service, of a headless one those of its pods, and of a
 * ServiceEntry the ones that it lists. Undefined: not known, as where a resolver outside tells them.
 */
export function dialledAddresses(
  { service, entry }: Pick<MeshService, 'service' | 'entry'>,
  pods: () => readonly Pod[] | undefined,
): readonly string[] | undefined {
  if (service) {
    return service.spec.clusterIP === 'None'
      ? pods()?.flatMap(({ status }) => status?.podIP ?? [])
      : addressOf(service);
  }
  const listed = entry?.spec?.addresses ?? [];
  return listed.length > 0 && !listed.some(address => address.includes('/'))
    ? listed
    : undefined;
}

function addressOf({ spec }: Service): string[] | undefined {
  return spec.clusterIP ? [spec.clusterIP] : undefined;
}
