import { AnyCheck } from './check';
import { linkerdRefuses } from './checks/MESH-L0001';
import { serverPortMatchesNothing } from './checks/MESH-L0101';
import { serverSelectsNoPod } from './checks/MESH-L0102';
import { serverShadowed } from './checks/MESH-L0103';
import { serverLetsNobodyIn } from './checks/MESH-L0104';
import { serverOnSkippedPort } from './checks/MESH-L0105';
import { probesWithoutRoute } from './checks/MESH-L0106';
import { routesOfOtherProtocol } from './checks/MESH-L0107';
import { rateLimitNotAccepted } from './checks/MESH-L0108';
import { rateLimitOfOtherProtocol } from './checks/MESH-L0109';
import { probeRefused } from './checks/MESH-L0110';
import { tcpProbeOfProxy } from './checks/MESH-L0111';
import { policyTargetMissing } from './checks/MESH-L0201';
import { policyVoid } from './checks/MESH-L0202';
import { policyWithoutReferences } from './checks/MESH-L0203';
import { patternWithoutSpiffe } from './checks/MESH-L0204';
import { serverAuthorizationVoid } from './checks/MESH-L0205';
import { networksOverlap } from './checks/MESH-L0206';
import { accessPolicyMakesPointless } from './checks/MESH-L0207';
import { identityOfOtherDomain } from './checks/MESH-L0208';
import { accountMissing } from './checks/MESH-L0209';
import { routeNotAccepted } from './checks/MESH-L0301';
import { routeDropped } from './checks/MESH-L0302';
import { backendMissing } from './checks/MESH-L0303';
import { requestsWithoutRoute } from './checks/MESH-L0304';
import { profileShadowsRoutes } from './checks/MESH-L0305';
import { profileFieldUnknown } from './checks/MESH-L0306';
import { profileNameShort } from './checks/MESH-L0307';
import { trafficSplit } from './checks/MESH-L0308';
import { backendNamespaceUnsaid } from './checks/MESH-L0309';
import { routeDropsSettings } from './checks/MESH-L0310';
import { retriesWithoutTimeout } from './checks/MESH-L0311';
import { ruleSettingIgnored } from './checks/MESH-L0312';
import { retriesWithoutCondition } from './checks/MESH-L0313';
import { ruleNeverTaken } from './checks/MESH-L0314';
import { tryLongerThanRequest } from './checks/MESH-L0315';
import { serviceAnnotationInvalid } from './checks/MESH-L0401';
import { appProtocolUnknown } from './checks/MESH-L0402';
import { opaqueWithRequests } from './checks/MESH-L0403';
import { opaqueOnOneSide } from './checks/MESH-L0404';
import { annotationNotRead } from './checks/MESH-L0405';
import { sessionAffinityIgnored } from './checks/MESH-L0406';
import { namespaceSettingPending } from './checks/MESH-L0501';
import { settingIsLabel } from './checks/MESH-L0502';
import { proxyMissing } from './checks/MESH-L0503';
import { annotationUnknown } from './checks/MESH-L0504';
import { externalWorkloadUnreachable } from './checks/MESH-L0505';
import { settingBesideTemplate } from './checks/MESH-L0506';
import { annotationValueUnknown } from './checks/MESH-L0507';
import { controlPlaneSettings } from './checks/MESH-L0601';
import { trustAnchorEnds } from './checks/MESH-L0602';
import { trustAnchorsUnclean } from './checks/MESH-L0603';
import { issuerEnds } from './checks/MESH-L0604';
import { webhookBroken } from './checks/MESH-L0605';
import { controlPlaneIncomplete } from './checks/MESH-L0606';
import { clusterNetworksIncomplete } from './checks/MESH-L0607';
import { proxySkew } from './checks/MESH-L0608';
import { proxyAnchorsDiffer } from './checks/MESH-L0609';
import { cniPluginBroken } from './checks/MESH-L0610';
import { extensionBroken } from './checks/MESH-L0611';
import { installationIncomplete } from './checks/MESH-L0612';
import { rightsMissing } from './checks/MESH-L0613';
import { nodesUnexpected } from './checks/MESH-L0614';
import { vizBroken } from './checks/MESH-L0615';
import { egressOverlapsCluster } from './checks/MESH-L0701';
import { egressHidesGlobal } from './checks/MESH-L0702';
import { egressDeniesAll } from './checks/MESH-L0703';
import { egressNetworkTwice } from './checks/MESH-L0704';
import { linkBroken } from './checks/MESH-L0801';
import { mirrorWithoutLink } from './checks/MESH-L0802';
import { mirrorWithoutEndpoints } from './checks/MESH-L0803';
import { linkWithoutTrust } from './checks/MESH-L0804';

/** The checks of Linkerd's configuration: 00 what is refused, 01 Servers, 02 authorization, 03 routes, 04 Services, 05 pods, 06 the control plane, 07 egress, 08 other clusters. */
export const LINKERD_CHECKS: readonly AnyCheck[] = [
  ...linkerdRefuses,
  serverPortMatchesNothing,
  serverSelectsNoPod,
  serverShadowed,
  serverLetsNobodyIn,
  serverOnSkippedPort,
  probesWithoutRoute,
  routesOfOtherProtocol,
  rateLimitNotAccepted,
  rateLimitOfOtherProtocol,
  ...probeRefused,
  ...tcpProbeOfProxy,
  policyTargetMissing,
  policyVoid,
  policyWithoutReferences,
  patternWithoutSpiffe,
  serverAuthorizationVoid,
  ...networksOverlap,
  accessPolicyMakesPointless,
  ...identityOfOtherDomain,
  ...accountMissing,
  ...routeNotAccepted,
  ...routeDropped,
  ...backendMissing,
  requestsWithoutRoute,
  profileShadowsRoutes,
  profileFieldUnknown,
  profileNameShort,
  trafficSplit,
  ...backendNamespaceUnsaid,
  ...routeDropsSettings,
  ...retriesWithoutTimeout,
  ...ruleSettingIgnored,
  ...retriesWithoutCondition,
  ruleNeverTaken,
  ...tryLongerThanRequest,
  serviceAnnotationInvalid,
  appProtocolUnknown,
  opaqueWithRequests,
  opaqueOnOneSide,
  ...annotationNotRead,
  sessionAffinityIgnored,
  namespaceSettingPending,
  ...settingIsLabel,
  ...proxyMissing,
  ...annotationUnknown,
  externalWorkloadUnreachable,
  ...settingBesideTemplate,
  ...annotationValueUnknown,
  controlPlaneSettings,
  trustAnchorEnds,
  trustAnchorsUnclean,
  issuerEnds,
  ...webhookBroken,
  controlPlaneIncomplete,
  clusterNetworksIncomplete,
  proxySkew,
  proxyAnchorsDiffer,
  cniPluginBroken,
  extensionBroken,
  installationIncomplete,
  rightsMissing,
  nodesUnexpected,
  vizBroken,
  egressOverlapsCluster,
  egressHidesGlobal,
  egressDeniesAll,
  egressNetworkTwice,
  linkBroken,
  mirrorWithoutLink,
  mirrorWithoutEndpoints,
  linkWithoutTrust,
];
