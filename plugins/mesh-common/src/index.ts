/**
 * What Istio and Linkerd do for workloads, as pure functions over Kubernetes objects, and the wire
 * contract of the mesh plugin.
 *
 * @packageDocumentation
 */

export * from './contract/callDecision';
export * from './contract/callEvaluation';
export * from './contract/callers';
export * from './contract/canary';
export * from './contract/common';
export * from './contract/controlPlane';
export * from './contract/findings';
export * from './contract/fleet';
export * from './contract/mtls';
export * from './contract/observationWindows';
export * from './contract/observedRouting';
export * from './contract/policy';
export * from './contract/routeTypes';
export * from './contract/routes';
export * from './contract/routing';
export * from './contract/signal';
export * from './contract/walk';
export * from './contract/writeRoutes';
export { CONTRACT_SCHEMAS } from './contract/contractSchemas';
export {
  acceptsSchema,
  clientClassSchema,
  sendsSchema,
  verdictSchema,
} from './contract/schemas/mtls';
export {
  checklistRecordBodySchema,
  revocationBodySchema,
} from './contract/schemas/readiness';
export {
  traceIdSchema,
  traceSearchQuerySchema,
} from './contract/schemas/traces';
export { walkQuestionSchema, walkRequestSchema } from './contract/schemas/walk';
export * from './canary/objects';
export * from './cert-manager/objects';
export * from './gateway-api/backendTlsPolicy';
export * from './gateway-api/objects';
export * from './istio/objectParts';
export * from './istio/objects';
export * from './linkerd/objects';
export { isValidated, validate } from './istio/validation/validate';
export type {
  ObjectSchemas,
  RawObject,
  UnknownField,
  ValidationProblem,
} from './validation/problem';
export * from './kubernetes/core';
export { podSchema } from './kubernetes/schemas/core';
export * from './kubernetes/KindObjects';
export * from './kubernetes/kinds';
export * from './kubernetes/objects';
export * from './kubernetes/parse';
export * from './kubernetes/selectors';
export { ambientPolicies } from './istio/ambientPeerAuthentication';
export { connectionTo } from './istio/inboundConnection';
export { placeNamed } from './istio/walk/names';
export { isSubsetOf as isHostSubset } from './istio/hosts';
export { meshConfig } from './istio/meshConfig';
export {
  attachedPeerAuthentications,
  peerAuthentications,
  writtenNamespaceMode,
} from './istio/peerAuthentication';
export { convertedPolicy } from './istio/ztunnelPolicy';
export type { ZtunnelPolicy } from './istio/ztunnelPolicy';
export * from './snapshot/MeshSnapshot';
export type { SnapshotChange } from './snapshot/SnapshotChange';
export type { SnapshotScope } from './snapshot/SnapshotScope';
export type {
  ReadState,
  ReadStates,
  SnapshotOrigin,
  UnreadCause,
} from './snapshot/readState';
export * from './snapshot/TrackedCache';
export type { ProxyCluster as IstioProxyCluster } from './istio/cluster/cluster';
export { inferredMode as inferredIstioMode } from './istio/cluster/autoMtls';
export { clusterSeenBy as istioClusterSeenBy } from './istio/cluster/clusterSeenBy';
export type { OutboundAnswer as IstioOutboundAnswer } from './istio/walk/call';
export { outboundCall as istioOutboundCall } from './istio/walk/outboundCall';
export { hostDestinations as istioHostDestinations } from './istio/walk/sidecar/hostDestinations';
export {
  externalInboundPolicy as linkerdExternalInboundPolicy,
  inboundPolicy as linkerdInboundPolicy,
} from './linkerd/inboundPolicy';
export type {
  AuthorizedRoute as LinkerdAuthorizedRoute,
  InboundPolicy as LinkerdInboundPolicy,
} from './linkerd/inboundPolicy';
export type {
  Authentication as LinkerdAuthentication,
  Authorization as LinkerdAuthorization,
} from './linkerd/authorizations';
export type {
  AnyLinkerdRoute,
  LinkerdConnectionRoute,
  LinkerdRoute,
} from './linkerd/linkerdRoutes';
export type { LinkerdStatusCondition } from './linkerd/status/conditions';
export { egressNetworkStatus as linkerdEgressNetworkStatus } from './linkerd/status/egressNetworkStatus';
export { rateLimitStatus as linkerdRateLimitStatus } from './linkerd/status/rateLimitStatus';
export { conflictingRoute as linkerdConflictingRoute } from './linkerd/status/routeConflict';
export type { LinkerdRouteParent } from './linkerd/status/routeConflict';
export { routeStatus as linkerdRouteStatus } from './linkerd/status/routeStatus';
export type { LinkerdParentStatus } from './linkerd/status/routeStatus';
export {
  inboundFilters as linkerdInboundFilters,
  matchesByRule as linkerdRuleMatches,
} from './linkerd/ruleContent';
export { probePaths as linkerdProbePaths } from './linkerd/probes';
export { outboundPolicy as linkerdOutboundPolicy } from './linkerd/outbound/outboundPolicy';
export { egressNetworkOf as linkerdEgressNetwork } from './linkerd/outbound/egressNetworks';
export { takenOutboundRule as linkerdTakenRule } from './linkerd/outbound/takenRule';
export type {
  OutboundRequest as LinkerdOutboundRequest,
  TakenMatch as LinkerdTakenMatch,
  TakenOutboundRule as LinkerdTakenRule,
} from './linkerd/outbound/takenRule';
export { retriedStatuses as linkerdRetriedStatuses } from './linkerd/outbound/retryStatuses';
export type {
  DefaultOutboundRoute as LinkerdDefaultOutboundRoute,
  InvalidBackend as LinkerdInvalidBackend,
  OutboundBackend as LinkerdOutboundBackend,
  OutboundParent as LinkerdOutboundParent,
  OutboundPolicy as LinkerdOutboundPolicy,
  OutboundPolicyProtocol as LinkerdOutboundProtocol,
  OutboundRetry as LinkerdOutboundRetry,
  OutboundRule as LinkerdOutboundRule,
  OutboundTimeout as LinkerdOutboundTimeout,
  OutboundTimeouts as LinkerdOutboundTimeouts,
  SettingGroup as LinkerdSettingGroup,
  SettingSource as LinkerdSettingSource,
  WrittenOutboundRoute as LinkerdOutboundRoute,
} from './linkerd/outbound/policy';
export type { OutboundTarget as LinkerdOutboundTarget } from './linkerd/outbound/target';
export type {
  FailureAccrual as LinkerdFailureAccrual,
  LoadBias as LinkerdLoadBias,
} from './linkerd/failureAccrual';
export { parsePortList as linkerdPortList } from './linkerd/ports';
export {
  parseAnnotationDuration as linkerdAnnotationDuration,
  parseRouteDuration as linkerdRouteDuration,
} from './linkerd/durations';
export {
  matchesIdentity as matchesLinkerdIdentity,
  parseIdentityPattern as linkerdIdentityPattern,
} from './linkerd/identityMatch';
export { injectability as linkerdInjectability } from './linkerd/injectability';
export type { InjectionSubject as LinkerdInjectionSubject } from './linkerd/injectability';
export { injectionDecision as linkerdInjectionDecision } from './linkerd/injectionDecision';
export { validateLinkerd } from './linkerd/validation/validate';
export { because, unreadInput } from './mesh/answers';
export {
  certificateSources,
  type CertificateSources,
  unusedRenewal,
} from './mesh/control-plane/certificateSources';
export {
  certificateState,
  type CertificateState,
} from './mesh/control-plane/certificateState';
export * from './mesh/durationWords';
export * from './mesh/enrolment';
export * from './mesh/entityWorkloads';
export * from './mesh/knownClients';
export { isMachine } from './mesh/machineKinds';
export * from './mesh/MeshAdapter';
export * from './mesh/meshes';
export * from './mesh/MeshLinks';
export { requestWalk } from './mesh/requestWalk';
export * from './mesh/senders';
export * from './mesh/sending';
export * from './mesh/serviceRouting';
export * from './mesh/services';
export * from './mesh/verdict';
export * from './mesh/walk/assumed';
export * from './mesh/workloadMtls';
export {
  allowed as allowedCall,
  denied as deniedCall,
  undecided as undecidedCall,
} from './mesh/whoMayCall/decision';
export { evaluateCaller } from './mesh/whoMayCall/callerEvaluation';
export { evaluateProbe } from './mesh/whoMayCall/probeEvaluation';
export type { AskedCall } from './mesh/whoMayCall/callerEvaluation';
export * from './mesh/whoMayCall/facts';
export * from './mesh/whoMayCall/PortAuthorization';
export * from './mesh/whoMayCall/workloadCallers';
export * from './mesh/workloads';
export * from './analysis/Analyzer';
export type { SkippedCheck } from './analysis/ActiveChecks';
export * from './analysis/catalogue';
export * from './analysis/check';
export {
  parseSuppression,
  suppressedByConfiguration,
  type Suppression,
} from './analysis/configuredSuppression';
export { OPTIONAL_CODES, optionalChecks } from './analysis/optionalChecks';
export { withSchemas } from './analysis/schemaChecks';
export * from './traffic/observedMtls';
export * from './traffic/observedRoutes';
export * from './traffic/query';
export type { TrafficContext } from './traffic/routeAttribution';
export {
  satisfiedItems,
  generatePolicies,
  policyFiles,
} from './policy/generate';
export { checkPolicies } from './policy/check';
export type { GeneratedFile } from './policy/generate';
export { identitiesOf } from './policy/identities';
export * from './policy/intent';
export { PolicyError } from './policy/manifest';
export type {
  GeneratedPolicies,
  Manifest,
  PolicyTask,
} from './policy/manifest';
export { placementIn } from './policy/placement';
export { plannedObjectIn } from './policy/plannedObjects';
export * from './contract/readiness';
export * from './contract/traces';
export { FAILURE_TAGS, hasFailed } from './traces/failure';
export {
  jaegerErrorText,
  readJaegerNames,
  readJaegerTraces,
} from './traces/jaeger';
export * from './traces/model';
export { attributeOf } from './traces/reporters/reporter';
export type { ServiceSearch, SpanPlace } from './traces/reporters/reporter';
export {
  isOnCluster,
  isSpanOf,
  placeOf,
  traceSearches,
  TRACE_SERVICE_ANNOTATION,
} from './traces/reporters/reporters';
export { formatTags, parseTags, TagSyntaxError } from './traces/tags';
export { summarizeTrace, traceView } from './traces/traceView';
export type { ShownSpan } from './traces/traceView';
export * from './checklist/checklist';
export type { Measured } from './checklist/combine';
export * from './checklist/decide';
export * from './checklist/evaluate';
export type { ChecklistItem, ChecklistSection } from './checklist/item';
export type {
  ChecklistCertificate,
  ChecklistPart,
  ChecklistTraffic,
  ChecklistWorkload,
  Judgement,
  Measurement,
} from './checklist/measurement';
export * from './mesh/MeshReadiness';

// What the signatures above name.
export type { MalformedByKey } from './snapshot/SnapshotDraft';
export type { Question } from './snapshot/defineQuestion';
export type { SnapshotObserver } from './snapshot/SnapshotObserver';
export type { Options as TraceViewOptions } from './traces/traceView';
export type {
  CarriedPod,
  ManifestObject,
  PolicyGenerator,
} from './policy/manifest';
export type { ChecklistItemRef } from './policy/checklistItems';
export type { CatalogInfoOptions } from './policy/catalogInfo';
export type { Labels } from './traffic/routeAttribution';
export type {
  InjectionDecision as LinkerdInjectionDecision,
  SkipReason as LinkerdSkipReason,
} from './linkerd/injectionDecision';
export type { IdentityPattern as LinkerdIdentityPattern } from './linkerd/identityMatch';
export type { ParsedDuration as LinkerdDuration } from './linkerd/durations';
export type {
  PortList as LinkerdPortList,
  PortSet as LinkerdPortSet,
} from './linkerd/ports';
export type {
  FilterContent as LinkerdFilter,
  HeaderChanges as LinkerdHeaderChanges,
  RequestMatchContent as LinkerdRequestMatch,
  ValueMatch as LinkerdValueMatch,
} from './linkerd/ruleContent';
export type { Network as LinkerdNetwork } from './linkerd/networks';
export type { ProbeExemption as LinkerdProbeExemption } from './linkerd/probes';
export type { RateLimit as LinkerdRateLimit } from './linkerd/rateLimit';
export type { HeaderOperations as IstioHeaderOperations } from './mesh/walk/headers';
export type {
  OutboundCall as IstioOutboundCall,
  OutboundClient as IstioOutboundClient,
  OutboundDestination as IstioOutboundDestination,
  OutboundOutcome as IstioOutboundOutcome,
  TakenRule as IstioTakenRule,
} from './istio/walk/call';
export type { HostDestinations as IstioHostDestinationsAnswer } from './istio/walk/sidecar/hostDestinations';
export type {
  ClusterClient as IstioClusterClient,
  ClusterTarget as IstioClusterTarget,
} from './istio/cluster/target';
export type {
  MeshService as IstioMeshService,
  MeshServicePort as IstioMeshServicePort,
} from './istio/meshServices';
export type {
  MergedRule as IstioMergedRule,
  Subset as IstioSubset,
} from './istio/destinationRule';
export type {
  BackendSettings as IstioBackendSettings,
  BackendTls as IstioBackendTls,
} from './istio/backendTls/BackendRule';
export type { Protocol as IstioProtocol } from './istio/protocol';
export type { ClusterAnswer as IstioClusterAnswer } from './istio/cluster/cluster';
export type {
  EgressHost as IstioEgressHost,
  EgressListener as IstioEgressListener,
  SidecarScope as IstioSidecarScope,
} from './istio/sidecarScope';
export type {
  MeshConfig as IstioMeshConfig,
  MeshConfigRead as IstioMeshConfigRead,
} from './istio/meshConfig';
export type { Settings as IstioMeshSettings } from './istio/meshSettings';
export type { InferenceOptions as IstioInferenceOptions } from './istio/cluster/autoMtls';
export type {
  EffectiveMode as IstioEffectiveMode,
  ModeSubject as IstioModeSubject,
  PeerAuthentications as IstioPeerAuthentications,
} from './istio/peerAuthentication';
export type {
  EndpointSource as IstioEndpointSource,
  ServiceEndpoint as IstioServiceEndpoint,
} from './istio/cluster/ServiceEndpoint';
export type { Balancing as IstioBalancing } from './istio/cluster/loadBalancer';
export type { ClusterTls as IstioClusterTls } from './istio/cluster/tls';
export type {
  ClusterConnections as IstioClusterConnections,
  ConnectionPool as IstioConnectionPool,
} from './istio/cluster/connectionPool';
export type { OutlierDetection as IstioOutlierDetection } from './istio/cluster/outlierDetection';
export type { LocalityBalancing as IstioLocalityBalancing } from './istio/cluster/locality';
export type { ClusterEndpoint as IstioClusterEndpoint } from './istio/cluster/clusterEndpoints';
export type { ConnectionMatch as ZtunnelConnectionMatch } from './istio/ztunnelPolicy';
export type { NamedPlace } from './istio/walk/names';
export type {
  ConnectionAttempt as IstioConnectionAttempt,
  ConnectionOutcome as IstioConnectionOutcome,
} from './istio/inboundConnection';
export type { AmbientPolicies as IstioAmbientPolicies } from './istio/ambientPeerAuthentication';
