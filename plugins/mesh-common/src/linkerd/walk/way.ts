import { WalkBranch, WalkRequest } from '../../contract/walk';
import { Service } from '../../kubernetes/core';
import { SendingClient, WalkContext } from '../../mesh/MeshAdapter';
import { Found } from '../../mesh/walk/compose';
import { EndpointAnswer } from '../../mesh/walk/endpointGroups';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { HeaderChanges } from '../ruleContent';
import type { Place } from './place';

/** How the proxy of the client takes a request. none: there is none, or it goes past it. */
export type ClientReading = 'http' | 'tcp' | 'none';

/** What is known of a request once its client's side is through with it. */
export interface Way {
  snapshot: MeshSnapshot;
  request: WalkRequest;
  client: SendingClient;
  reading: ClientReading;
  /** Which mesh carries a pod that Linkerd does not. */
  serverOf: WalkContext['serverOf'];
  /** The Host header. */
  authority: string;
  /** What the routes change of the request's headers. */
  headers: readonly HeaderChanges[];
  /** The way on from a proxy of another cluster, which is then the client. */
  from(way: Way, place: Place): Found;
  /** The client is the gateway of a cluster, and this the request of a client of another one. */
  isAtGateway: boolean;
}

/** What one endpoint makes of a request, and what the client's side sends to it. */
export interface ServerAnswer extends EndpointAnswer {
  sends: WalkBranch['sends'];
  /** Whom the proxy of the server sees. */
  identity?: string;
}

/** Where a request is refused without an answer of HTTP, the connection is closed. */
export function statusFor(
  { reading }: Pick<Way, 'reading'>,
  status: number | undefined,
): number | null {
  return reading === 'http' ? status ?? null : null;
}

/** `Service shop/cart` */
export function serviceName({ metadata }: Service): string {
  return `Service ${metadata.namespace}/${metadata.name}`;
}
