/** How many objects of each kind a fleet has, those of its control plane included. */
export interface FleetCounts {
  Namespace: number;
  Service: number;
  Pod: number;
  VirtualService: number;
  DestinationRule: number;
  AuthorizationPolicy: number;
  PeerAuthentication: number;
  Gateway: number;
  ServiceEntry: number;
}

const LARGE: FleetCounts = {
  Namespace: 200,
  Service: 5_000,
  Pod: 50_000,
  VirtualService: 2_000,
  DestinationRule: 1_000,
  AuthorizationPolicy: 500,
  PeerAuthentication: 500,
  Gateway: 500,
  ServiceEntry: 500,
};

/** L is a large company, M a tenth of it, S a hundredth. */
export const SIZES = {
  S: shareOf(100),
  M: shareOf(10),
  L: LARGE,
} as const;

export type FleetSize = keyof typeof SIZES;

export function isFleetSize(size: string): size is FleetSize {
  return Object.hasOwn(SIZES, size);
}

function shareOf(divisor: number): FleetCounts {
  return {
    Namespace: LARGE.Namespace / divisor,
    Service: LARGE.Service / divisor,
    Pod: LARGE.Pod / divisor,
    VirtualService: LARGE.VirtualService / divisor,
    DestinationRule: LARGE.DestinationRule / divisor,
    AuthorizationPolicy: LARGE.AuthorizationPolicy / divisor,
    PeerAuthentication: LARGE.PeerAuthentication / divisor,
    Gateway: LARGE.Gateway / divisor,
    ServiceEntry: LARGE.ServiceEntry / divisor,
  };
}
