import { Service } from '../kubernetes/core';
import { namespaceOf } from '../kubernetes/objects';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { serviceHost } from './hosts';
import { clusterDomain } from './injectorConfig';
import { MeshService } from './MeshService';
import { protocolOf } from './protocol';

const EXPORT_ANNOTATION = 'networking.istio.io/exportTo';

/** A Kubernetes Service as the mesh sees it. */
export function ofService(
  snapshot: MeshSnapshot,
  service: Service,
): MeshService {
  return inDomain(service, clusterDomain(snapshot));
}

/** What has been made of Services, which is the same as long as they and the cluster's domain are. */
const made = new WeakMap<Service, { domain: string; found: MeshService }>();

export function inDomain(service: Service, domain: string): MeshService {
  const known = made.get(service);
  if (known?.domain === domain) {
    return known.found;
  }
  const found = madeOf(service, domain);
  made.set(service, { domain, found });
  return found;
}

function madeOf(service: Service, domain: string): MeshService {
  const namespace = namespaceOf(service);
  const { name, annotations } = service.metadata;
  const { spec } = service;
  const exportTo = annotations[EXPORT_ANNOTATION];
  const external = spec.type === 'ExternalName' && Boolean(spec.externalName);
  return {
    host: serviceHost({ name, namespace }, domain),
    namespace,
    ports: spec.ports.map(port => ({
      port: port.port,
      ...(port.name && { name: port.name }),
      protocol: protocolOf(port),
    })),
    external,
    resolution: resolutionOf(spec.clusterIP === 'None', external),
    ...(exportTo && {
      exportTo: exportTo.split(',').map(target => target.trim()),
    }),
    service,
  };
}

function resolutionOf(
  headless: boolean,
  external: boolean,
): MeshService['resolution'] {
  if (external) {
    return 'dns';
  }
  return headless ? 'original-destination' : 'endpoints';
}
