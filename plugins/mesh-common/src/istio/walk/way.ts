import { Answer } from '../../contract/common';
import { WalkBranch, WalkRequest } from '../../contract/walk';
import { Pod, Service } from '../../kubernetes/core';
import { MeshPod } from '../../mesh/enrolment';
import { EndpointAnswer } from '../../mesh/walk/endpointGroups';
import { step } from '../../mesh/walk/steps';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { ClusterClient } from '../cluster/target';
import { HeaderOperations } from '../../mesh/walk/headers';
import { WalkClient } from './client';
import { WalkEndpoint } from './endpoints';
import { FoundBranch } from '../../mesh/walk/compose';
import { ClientReading } from './refusal';
import { meshPeers } from '../clustersOfMesh';

/** What is known of a request once its client's side is through with it. */
export interface Way {
  snapshot: MeshSnapshot;
  request: WalkRequest;
  client: WalkClient;
  /** The proxy that routes it. Absent: none does. */
  proxy?: Pick<ClusterClient, 'proxy' | 'namespace' | 'labels'>;
  /** How the proxy on the client's side takes it. */
  reading: ClientReading;
  /** Which mesh carries a pod that Istio does not. */
  serverOf(pod: Pod, on: MeshSnapshot): MeshPod;
  /** Where the proxy sends to the waypoint of a Service in its place: what becomes of that. */
  toWaypoint?(way: Way, service: Service): FoundBranch[] | undefined;
  /** Where a destination is a gateway of the mesh: what becomes of the branch behind it. */
  toGateway?(
    way: Way,
    branch: WalkBranch,
    endpoints: readonly WalkEndpoint[],
  ): FoundBranch[] | undefined;
  /** The Host header, as the server sees it. */
  authority: string;
  /** With the query, as the server sees it. */
  path: string;
  /** What the routes change. */
  headers: readonly HeaderOperations[];
  /** The Service that is called, and its port. */
  service?: Service;
  servicePort?: number;
  /** Server name that the proxy's own TLS asks for. */
  sni?: string;
}

/** The way on the side of a server, whose cluster may be another one of the mesh: its own objects decide there. */
export function wayAt(way: Way, cluster: string | undefined): Way {
  const snapshot =
    cluster === undefined
      ? undefined
      : meshPeers(way.snapshot).find(peer => peer.cluster === cluster);
  return snapshot ? { ...way, snapshot } : way;
}

export function unknownServer(
  text: string,
  { reasons, cause }: Pick<Answer<unknown>, 'reasons' | 'cause'>,
): EndpointAnswer {
  return {
    outcome: 'unknown',
    ...(cause && { cause }),
    steps: [step('security', 'unknown', text, reasons)],
  };
}
