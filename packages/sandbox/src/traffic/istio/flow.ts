import type { Pod, Service } from '../../world/coreKinds';
import type { Latency } from '../latency';
import type { Request } from '../request';

/** What became of a kind of request between two pods. */
export interface IstioFlow {
  request: Request;
  /** Requests (TCP: connections) per second. */
  rate: number;
  /** The call that it belongs to. */
  pace: string;
  client: Pod;
  /** The Service that the client called. */
  called?: Service;
  /** The Service whose endpoint was chosen, or whose cluster had none. */
  service?: Service;
  /** The pod that was chosen. */
  server?: Pod;
  /** The waypoint between them. */
  waypoint?: Pod;
  /** How the connection that reaches the server is protected. */
  wire: 'mtls' | 'plaintext';
  outcome: Outcome;
  latency: Latency;
}

export type Outcome =
  /** The application answered. */
  | { by: 'server'; code: number }
  /** The server's proxy refused: 403, or a closed connection where it does not read HTTP. */
  | { by: 'server policy' }
  /** The waypoint answered itself. */
  | { by: 'waypoint'; code: number; flags: string }
  /** The client's proxy answered itself; `clusterKnown`: it had found the Service. */
  | { by: 'client'; code: number; flags: string; clusterKnown: boolean }
  /** Client and server disagree about TLS: the connection is reset. */
  | { by: 'reset' };

export const LOCAL_LATENCY: Latency = { p50: 0.4, p99: 2 };
