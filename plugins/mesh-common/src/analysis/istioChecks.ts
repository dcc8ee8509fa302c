import { AnyCheck } from './check';
import { destinationHostMissing } from './checks/IST0101/destinationHost';
import { destinationSubsetMissing } from './checks/IST0101/destinationSubset';
import { gatewayMissing } from './checks/IST0101/gateway';
import { gatewaySelectorMatchesNothing } from './checks/IST0101/gatewaySelector';
import { namespaceNotInjected } from './checks/IST0102';
import { podMissingProxy } from './checks/IST0103';
import { conflictingHosts } from './checks/IST0109';
import { destinationPortRequired } from './checks/IST0112';
import { portWithTwoProtocols } from './checks/IST0116';
import { portNameWithoutProtocol } from './checks/IST0118';
import { conflictingInjectionLabels } from './checks/IST0123';
import { noMatchingWorkloads } from './checks/IST0127';
import { serverNotVerified } from './checks/IST0128';
import { serverNotVerifiedAtPort } from './checks/IST0129';
import { unreachableRule } from './checks/IST0130';
import { ineffectiveMatch } from './checks/IST0131';
import { hostNotServedByGateway } from './checks/IST0132';
import { addressesRequired } from './checks/IST0134';
import { targetPortOfTwoPorts } from './checks/IST0137';
import { duplicateCertificate } from './checks/IST0138';
import { ingressSkipsSubsets } from './checks/IST0140';
import { applicationAsProxy } from './checks/IST0144';
import { conflictingGateways } from './checks/IST0145';
import { autoImageOfDeployment } from './checks/IST0146';
import { autoImageOfPod } from './checks/IST0147';
import { namespaceInjectedByDefault } from './checks/IST0148';
import { externalNamePort } from './checks/IST0150';
import { relativePatchWithoutPriority } from './checks/IST0151';
import { replaceIgnored } from './checks/IST0152';
import { addIgnored } from './checks/IST0153';
import { removeIgnored } from './checks/IST0154';
import { relativePatchWithVersion } from './checks/IST0155';
import { proxyImageMismatch } from './checks/IST0158';
import { gatewayPortWithoutService } from './checks/IST0162';
import { internalGatewayReferenced } from './checks/IST0165';
import { destinationRuleHostUnknown } from './checks/IST0174';
import { conflictingProtocols } from './checks/IST0177';
import { plaintextAgainstStrict } from './checks/MESH-I0101';
import { portLevelMtlsUnused } from './checks/MESH-I0102';

/** The checks of Istio's configuration: istioctl's codes, then our own. */
export const ISTIO_CHECKS: readonly AnyCheck[] = [
  destinationHostMissing,
  destinationSubsetMissing,
  gatewayMissing,
  gatewaySelectorMatchesNothing,
  namespaceNotInjected,
  podMissingProxy,
  conflictingHosts,
  destinationPortRequired,
  portWithTwoProtocols,
  portNameWithoutProtocol,
  conflictingInjectionLabels,
  noMatchingWorkloads,
  serverNotVerified,
  serverNotVerifiedAtPort,
  unreachableRule,
  ineffectiveMatch,
  hostNotServedByGateway,
  addressesRequired,
  targetPortOfTwoPorts,
  duplicateCertificate,
  ingressSkipsSubsets,
  ...applicationAsProxy,
  conflictingGateways,
  autoImageOfDeployment,
  autoImageOfPod,
  namespaceInjectedByDefault,
  externalNamePort,
  relativePatchWithoutPriority,
  replaceIgnored,
  addIgnored,
  removeIgnored,
  relativePatchWithVersion,
  proxyImageMismatch,
  gatewayPortWithoutService,
  internalGatewayReferenced,
  destinationRuleHostUnknown,
  conflictingProtocols,
  plaintextAgainstStrict,
  portLevelMtlsUnused,
];
