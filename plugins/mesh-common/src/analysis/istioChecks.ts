import { WATCHED_BY_ISTIOD } from '../istio/discovery';
import { AnyCheck } from './check';
import { sidecarEgressProxy } from './checks/IST0002/egressProxy';
import { faultDelayPercent } from './checks/IST0002/faultPercent';
import { lightstepProvider } from './checks/IST0002/lightstep';
import { removedKind } from './checks/IST0002/removedKind';
import { gatewayCredentialMissing } from './checks/IST0101/credential';
import { destinationHostMissing } from './checks/IST0101/destinationHost';
import { destinationSubsetMissing } from './checks/IST0101/destinationSubset';
import { gatewayMissing } from './checks/IST0101/gateway';
import { gatewaySelectorMatchesNothing } from './checks/IST0101/gatewaySelector';
import { sidecarSelectorMatchesNothing } from './checks/IST0101/sidecarSelector';
import { sourceNamespaceMissing } from './checks/IST0101/sourceNamespace';
import { telemetrySelectorMatchesNothing } from './checks/IST0101/telemetrySelector';
import { namespaceNotInjected } from './checks/IST0102';
import { podMissingProxy } from './checks/IST0103';
import { refusedObjects } from './checks/IST0106';
import { conflictingHosts } from './checks/IST0109';
import { conflictingSidecars } from './checks/IST0110';
import { severalDefaultSidecars } from './checks/IST0111';
import { destinationPortRequired } from './checks/IST0112';
import { portWithTwoProtocols } from './checks/IST0116';
import { portNameWithoutProtocol } from './checks/IST0118';
import { conflictingInjectionLabels } from './checks/IST0123';
import { unknownNetworkCluster } from './checks/IST0126';
import { noMatchingWorkloads } from './checks/IST0127';
import { serverNotVerified } from './checks/IST0128';
import { serverNotVerifiedAtPort } from './checks/IST0129';
import { unreachableRule } from './checks/IST0130';
import { ineffectiveMatch } from './checks/IST0131';
import { hostNotServedByGateway } from './checks/IST0132';
import { objectsWithWarnings } from './checks/IST0133';
import { addressesRequired } from './checks/IST0134';
import { targetPortOfTwoPorts } from './checks/IST0137';
import { duplicateCertificate } from './checks/IST0138';
import { invalidWebhook } from './checks/IST0139';
import { ingressSkipsSubsets } from './checks/IST0140';
import { applicationAsProxy } from './checks/IST0144';
import { conflictingGateways } from './checks/IST0145';
import { autoImageOfDeployment } from './checks/IST0146';
import { autoImageOfPod } from './checks/IST0147';
import { namespaceInjectedByDefault } from './checks/IST0148';
import { claimsWithoutAuthentication } from './checks/IST0149';
import { externalNamePort } from './checks/IST0150';
import { relativePatchWithoutPriority } from './checks/IST0151';
import { replaceIgnored } from './checks/IST0152';
import { addIgnored } from './checks/IST0153';
import { removeIgnored } from './checks/IST0154';
import { relativePatchWithVersion } from './checks/IST0155';
import { telemetryWithoutProvider } from './checks/IST0157';
import { proxyImageMismatch } from './checks/IST0158';
import { conflictingTelemetries } from './checks/IST0159';
import { severalDefaultTelemetries } from './checks/IST0160';
import { invalidGatewayCredentialNow } from './checks/IST0161';
import { gatewayPortWithoutService } from './checks/IST0162';
import { webhookWithoutAddress } from './checks/IST0163';
import { webhookByAddress } from './checks/IST0164';
import { internalGatewayReferenced } from './checks/IST0165';
import { selectorOnGateway } from './checks/IST0166';
import { sidecarInAmbientMode } from './checks/IST0167';
import { inconsistentService } from './checks/IST0170';
import { negativeConditions } from './checks/IST0171';
import { subsetWithoutPods } from './checks/IST0173';
import { destinationRuleHostUnknown } from './checks/IST0174';
import { jwksFetchUnrestricted } from './checks/IST0175';
import { gatewayApiTooOld } from './checks/IST0176';
import { conflictingProtocols } from './checks/IST0177';
import { misnamedPorts } from './checks/KIA0601';
import { oldVersions } from './checks/MESH-0004';
import { removedSettings } from './checks/MESH-0005';
import { plaintextAgainstStrict } from './checks/MESH-I0101';
import { portLevelMtlsUnused } from './checks/MESH-I0102';
import { failoverWithoutDetection } from './checks/MESH-I0103';
import { routeWithoutWaypoint } from './checks/MESH-I0104';
import { hostsAfterEverything } from './checks/MESH-I0105';
import { policyNotEnforced } from './checks/MESH-I0106';
import { waypointOfNoUse } from './checks/MESH-I0107';
import { actionUnknownToZtunnel } from './checks/MESH-I0108';
import { portOfNoHost } from './checks/MESH-I0109';
import { untrustedWebhook } from './checks/MESH-I0201';
import { unsupportedSkew } from './checks/MESH-I0202';
import { undiscoveredNamespace } from './checks/MESH-I0203';
import { misplacedAnnotation } from './checks/IST0107';
import { unknownAnnotation } from './checks/IST0108';
import { invalidAnnotation } from './checks/IST0125';
import { deprecatedAnnotation } from './checks/IST0135';
import { alphaAnnotation } from './checks/IST0136';
import { KIALI_GATEWAY_API_CHECKS } from './kialiGatewayApiChecks';
import { KIALI_POLICY_CHECKS } from './kialiPolicyChecks';
import {
  KIALI_TRAFFIC_CHECKS,
  OPTIONAL_KIALI_CHECKS,
} from './kialiTrafficChecks';
import {
  KIALI_WORKLOAD_CHECKS,
  OPTIONAL_WORKLOAD_CHECKS,
} from './kialiWorkloadChecks';

/** The checks of Istio's configuration: istioctl's codes, then our own. */
const OF_WHAT_ISTIOD_SEES: readonly AnyCheck[] = [
  sidecarEgressProxy,
  faultDelayPercent,
  lightstepProvider,
  removedKind,
  gatewayCredentialMissing,
  destinationHostMissing,
  destinationSubsetMissing,
  gatewayMissing,
  gatewaySelectorMatchesNothing,
  sidecarSelectorMatchesNothing,
  sourceNamespaceMissing,
  telemetrySelectorMatchesNothing,
  namespaceNotInjected,
  podMissingProxy,
  ...refusedObjects,
  conflictingHosts,
  conflictingSidecars,
  severalDefaultSidecars,
  destinationPortRequired,
  portWithTwoProtocols,
  ...portNameWithoutProtocol,
  conflictingInjectionLabels,
  unknownNetworkCluster,
  noMatchingWorkloads,
  serverNotVerified,
  serverNotVerifiedAtPort,
  unreachableRule,
  ineffectiveMatch,
  hostNotServedByGateway,
  ...objectsWithWarnings,
  ...misplacedAnnotation,
  ...unknownAnnotation,
  ...invalidAnnotation,
  ...deprecatedAnnotation,
  addressesRequired,
  targetPortOfTwoPorts,
  duplicateCertificate,
  invalidWebhook,
  ingressSkipsSubsets,
  ...applicationAsProxy,
  conflictingGateways,
  autoImageOfDeployment,
  autoImageOfPod,
  namespaceInjectedByDefault,
  claimsWithoutAuthentication,
  externalNamePort,
  relativePatchWithoutPriority,
  replaceIgnored,
  addIgnored,
  removeIgnored,
  relativePatchWithVersion,
  telemetryWithoutProvider,
  proxyImageMismatch,
  conflictingTelemetries,
  severalDefaultTelemetries,
  invalidGatewayCredentialNow,
  gatewayPortWithoutService,
  ...webhookWithoutAddress,
  ...webhookByAddress,
  internalGatewayReferenced,
  ...selectorOnGateway,
  sidecarInAmbientMode,
  inconsistentService,
  ...negativeConditions,
  subsetWithoutPods,
  destinationRuleHostUnknown,
  jwksFetchUnrestricted,
  gatewayApiTooOld,
  conflictingProtocols,
  ...oldVersions,
  removedSettings,
  plaintextAgainstStrict,
  portLevelMtlsUnused,
  failoverWithoutDetection,
  ...routeWithoutWaypoint,
  hostsAfterEverything,
  ...policyNotEnforced,
  waypointOfNoUse,
  actionUnknownToZtunnel,
  portOfNoHost,
  ...untrustedWebhook,
  unsupportedSkew,
  ...KIALI_POLICY_CHECKS,
  ...KIALI_TRAFFIC_CHECKS,
  ...KIALI_GATEWAY_API_CHECKS,
  ...KIALI_WORKLOAD_CHECKS,
];

/** Those that run unless told otherwise. */
export const ISTIO_CHECKS: readonly AnyCheck[] = [
  ...OF_WHAT_ISTIOD_SEES.map(check => ({
    ...check,
    scope: WATCHED_BY_ISTIOD,
  })),
  undiscoveredNamespace,
];

/** Checks that istioctl and Kiali have and do not run by themselves, or that report what works. */
export const OPTIONAL_ISTIO_CHECKS: readonly AnyCheck[] = [
  ...alphaAnnotation,
  ...OPTIONAL_KIALI_CHECKS,
  ...OPTIONAL_WORKLOAD_CHECKS,
  ...misnamedPorts,
];
