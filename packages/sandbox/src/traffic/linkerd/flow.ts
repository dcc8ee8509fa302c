import type { Pod, Service } from '../../world/coreKinds';
import type { Latency } from '../latency';
import type { Request } from '../request';

/** The object that metrics name: `group`, `kind`, `name` (and namespace) of a policy, route or backend. */
export interface Named {
  group: string;
  kind: string;
  namespace: string;
  name: string;
}

/** What the server's proxy decided, with the objects that decided it. */
export interface Inbound {
  verdict: 'allow' | 'deny' | 'no route';
  server: Named;
  route?: Named;
  authorization?: Named;
}

/** How the client's proxy sent a request. */
export interface Outbound {
  /** The route of a ServiceProfile, which replaces all others. */
  profileRoute?: string;
  route?: Named;
  backend?: { service: Service; port: number };
}

export interface LinkerdFlow {
  request: Request;
  /** Requests (opaque: connections) per second. */
  rate: number;
  /** The call that it belongs to. */
  pace: string;
  client: Pod;
  /** The Service that was called. */
  service: Service;
  /** Undefined where the client has no proxy or goes around it. */
  outbound?: Outbound;
  server?: Pod;
  /** The container's port. */
  port?: number;
  /** Undefined where the server has no proxy on this port. */
  inbound?: Inbound;
  tls: boolean;
  /** The proxies do not read HTTP. */
  opaque: boolean;
  outcome: { by: 'server' | 'server proxy' | 'client proxy'; code: number };
  latency: Latency;
}
