import { AnyCheck } from './check';
import { badGatewayStatus } from './checks/GWAPI';
import { gatewayOfRouteMissing } from './checks/KIA1401';
import { serviceOfRouteMissing } from './checks/KIA1402';
import { listenerOfTwoGateways } from './checks/KIA1501';
import { addressOfTwoGateways } from './checks/KIA1502';
import { listenerTwice } from './checks/KIA1503';
import { gatewayClassMissing } from './checks/KIA1504';
import { grantForNobody } from './checks/KIA1601';

/** The checks of Kiali about the Gateway API, that istioctl does not have. */
export const KIALI_GATEWAY_API_CHECKS: readonly AnyCheck[] = [
  badGatewayStatus,
  ...gatewayOfRouteMissing,
  ...serviceOfRouteMissing,
  listenerOfTwoGateways,
  addressOfTwoGateways,
  listenerTwice,
  gatewayClassMissing,
  grantForNobody,
];
