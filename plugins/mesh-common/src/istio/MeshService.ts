import { Service } from '../kubernetes/core';
import { ServiceEntry } from './objects';
import { Protocol } from './protocol';

/**
 * A port of a service of the mesh.
 *
 * @public
 */
export interface MeshServicePort {
  port: number;
  name?: string;
  protocol: Protocol;
}

/**
 * A host that the mesh knows: of a Kubernetes Service, or of a ServiceEntry.
 *
 * @public
 */
export interface MeshService {
  host: string;
  namespace: string;
  ports: readonly MeshServicePort[];
  /** Outside the mesh: its endpoints have no proxies of this mesh. */
  external: boolean;
  /** endpoints: the proxy picks one. original-destination: the client has picked one. dns: it is looked up. */
  resolution: 'endpoints' | 'original-destination' | 'dns';
  exportTo?: readonly string[];
  service?: Service;
  entry?: ServiceEntry;
  /** The other cluster of the mesh whose Service it is: the own one has none of the name. */
  cluster?: string;
}
