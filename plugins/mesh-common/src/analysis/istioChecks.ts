import { AnyCheck } from './check';
import { destinationHostMissing } from './checks/IST0101/destinationHost';
import { destinationSubsetMissing } from './checks/IST0101/destinationSubset';
import { gatewayMissing } from './checks/IST0101/gateway';
import { podMissingProxy } from './checks/IST0103';
import { conflictingHosts } from './checks/IST0109';
import { noMatchingWorkloads } from './checks/IST0127';
import { unreachableRule } from './checks/IST0130';
import { ineffectiveMatch } from './checks/IST0131';
import { destinationRuleHostUnknown } from './checks/IST0174';
import { plaintextAgainstStrict } from './checks/MESH-I0101';
import { portLevelMtlsUnused } from './checks/MESH-I0102';

/** The checks of Istio's configuration: istioctl's codes, then our own. */
export const ISTIO_CHECKS: readonly AnyCheck[] = [
  destinationHostMissing,
  destinationSubsetMissing,
  gatewayMissing,
  podMissingProxy,
  conflictingHosts,
  noMatchingWorkloads,
  unreachableRule,
  ineffectiveMatch,
  destinationRuleHostUnknown,
  plaintextAgainstStrict,
  portLevelMtlsUnused,
];
