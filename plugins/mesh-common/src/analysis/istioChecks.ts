import { AnyCheck } from './check';
import { destinationHostMissing } from './checks/IST0101/destinationHost';
import { destinationSubsetMissing } from './checks/IST0101/destinationSubset';
import { gatewayMissing } from './checks/IST0101/gateway';
import { podMissingProxy } from './checks/IST0103';
import { conflictingHosts } from './checks/IST0109';
import { noMatchingWorkloads } from './checks/IST0127';
import { serverNotVerified } from './checks/IST0128';
import { serverNotVerifiedAtPort } from './checks/IST0129';
import { unreachableRule } from './checks/IST0130';
import { ineffectiveMatch } from './checks/IST0131';
import { addressesRequired } from './checks/IST0134';
import { applicationAsProxy } from './checks/IST0144';
import { relativePatchWithoutPriority } from './checks/IST0151';
import { replaceIgnored } from './checks/IST0152';
import { addIgnored } from './checks/IST0153';
import { removeIgnored } from './checks/IST0154';
import { relativePatchWithVersion } from './checks/IST0155';
import { destinationRuleHostUnknown } from './checks/IST0174';
import { conflictingProtocols } from './checks/IST0177';
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
  serverNotVerified,
  serverNotVerifiedAtPort,
  unreachableRule,
  ineffectiveMatch,
  addressesRequired,
  ...applicationAsProxy,
  relativePatchWithoutPriority,
  replaceIgnored,
  addIgnored,
  removeIgnored,
  relativePatchWithVersion,
  destinationRuleHostUnknown,
  conflictingProtocols,
  plaintextAgainstStrict,
  portLevelMtlsUnused,
];
