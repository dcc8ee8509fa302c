import {
  GatewayApiGateway,
  GatewayListener,
  ListenerSet,
} from '../../../gateway-api/objects';

/** The kinds that add listeners to a Gateway: of the Gateway API, and the experimental one of which it came. */
export const LISTENER_SET_KINDS = [
  'gateway.networking.k8s.io/ListenerSet',
  'gateway.networking.x-k8s.io/XListenerSet',
] as const;

/** A kind of these. */
export type ListenerSetKind = (typeof LISTENER_SET_KINDS)[number];

/** What listeners are written in, and what routes name as their parent. */
export type ListenerOwner = {
  /** In the order in which they are written, each with a port. */
  listeners: readonly GatewayListener[];
} & (
  | { kind: 'gateway.networking.k8s.io/Gateway'; object: GatewayApiGateway }
  | { kind: ListenerSetKind; object: ListenerSet }
);
