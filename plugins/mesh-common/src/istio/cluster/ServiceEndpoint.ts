import { Pod } from '../../kubernetes/core';
import { ServiceEntry, WorkloadEntry } from '../objects';

/**
 * What an endpoint of a service is, and where it is written.
 *
 * @public
 */
export type EndpointSource =
  | { kind: 'Pod'; object: Pod }
  | { kind: 'networking.istio.io/WorkloadEntry'; object: WorkloadEntry }
  | {
      kind: 'networking.istio.io/ServiceEntry';
      object: ServiceEntry;
      /** Path of what says it, in the ServiceEntry. */
      field: string;
    };

/**
 * One place where a port of a service is served.
 *
 * @public
 */
export interface ServiceEndpoint {
  source: EndpointSource;
  /** Another cluster of the mesh, where it is on one. */
  cluster?: string;
  /** IP address, host name or, from `unix://`, a path. Absent: a pod that has none yet. */
  address?: string;
  /** Port of the workload; 0 of a path. */
  port: number;
  labels: Readonly<Record<string, string>>;
  /** Whether clients take it for one with a proxy that takes mutual TLS. */
  capable: boolean;
  /** Where it is not 1. */
  weight?: number;
  /** Whether it gets requests at all. Workloads outside the cluster whose health nobody checks count as ready. */
  ready: boolean;
}

/** Address and port as a proxy has them, `10.0.0.1:8080`; undefined without an address. */
export function socketOf({
  address,
  port,
}: Pick<ServiceEndpoint, 'address' | 'port'>): string | undefined {
  if (address === undefined || address.startsWith('/')) {
    return address;
  }
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
