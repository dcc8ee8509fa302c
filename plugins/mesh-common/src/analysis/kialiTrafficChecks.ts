import { AnyCheck } from './check';
import { overlappingGatewayHosts } from './checks/KIA0301';
import { importedHostUnknown } from './checks/KIA1004';
import { globalSidecarSelects } from './checks/KIA1006';
import { sidecarRefusesUnknown } from './checks/KIA1007';
import { weightOfOne } from './checks/KIA1104';
import { destinationTwice } from './checks/KIA1105';
import { sharedHost } from './checks/KIA1106';
import { gatewayByHost } from './checks/KIA1108';
import { entriesOfOnePort } from './checks/KIA1211';

/** The checks of Kiali about routes, gateways and what clients are told of, that istioctl does not have. */
export const KIALI_TRAFFIC_CHECKS: readonly AnyCheck[] = [
  overlappingGatewayHosts,
  importedHostUnknown,
  globalSidecarSelects,
  weightOfOne,
  destinationTwice,
  sharedHost,
  gatewayByHost,
  entriesOfOnePort,
];

/** Those that tell what an object does rather than that it is wrong. */
export const OPTIONAL_KIALI_CHECKS: readonly AnyCheck[] = [
  sidecarRefusesUnknown,
];
