import { Differing } from '../__testUtils__/sameTypes';
import {
  CallCondition,
  CallConditions,
  CallDecision,
  CallRule,
  CallValue,
  PortDecision,
} from './callDecision';
import {
  CallCheck,
  CallEvaluation,
  CallHop,
  CallStep,
  CallVerdict,
} from './callEvaluation';
import {
  Caller,
  CallersAnswer,
  PortCallRules,
  WorkloadCallers,
} from './callers';
import {
  CanaryNext,
  CanaryPhase,
  CanaryRoute,
  CanaryState,
  CanarySteering,
  Delivery,
} from './canary';
import {
  Cause,
  ClusterState,
  MeshId,
  ObjectRef,
  Reason,
  ServiceRef,
  WorkloadRef,
} from './common';
import { CONTRACT_SCHEMAS } from './contractSchemas';
import {
  Finding,
  FindingLevel,
  FindingsAnswer,
  ObjectAnswer,
  SuppressedFinding,
} from './findings';
import {
  ControlPlane,
  ControlPlaneCertificate,
  ControlPlaneComponent,
  ControlPlaneFact,
  ControlPlaneSetting,
  ControlPlaneState,
  ControlPlaneWebhook,
} from './controlPlane';
import {
  ClusterMesh,
  FleetClustersAnswer,
  FleetService,
  FleetServicesAnswer,
  ObservedClusterMesh,
  ObservedFleetClustersAnswer,
} from './fleet';
import {
  Accepts,
  ClientClass,
  ClientMtls,
  ClientSource,
  Enrolment,
  EnrolmentMode,
  MtlsAnswer,
  Observation,
  ObservedCaller,
  ObservedMtlsAnswer,
  ObservedTraffic,
  ObservedWorkload,
  PortMtls,
  Sends,
  Verdict,
  WorkloadMtls,
} from './mtls';
import {
  CallerIdentity,
  IdentitiesAnswer,
  Placement,
  PlacementsAnswer,
  PlannedObject,
  PlannedObjectState,
} from './policy';
import {
  ChecklistCause,
  ChecklistCounts,
  ChecklistDecision,
  ChecklistItemResult,
  ChecklistRecord,
  ChecklistRecordBody,
  ChecklistRecordKind,
  ChecklistSectionResult,
  ChecklistState,
  FleetReadinessAnswer,
  ReadinessAnswer,
  RevocationBody,
} from './readiness';
import {
  ObservedRoutes,
  ObservedRoutingAnswer,
  ObservedSplit,
} from './observedRouting';
import {
  DestinationPolicy,
  Exposure,
  PortRoutes,
  RouteBackend,
  RouteCondition,
  RouteRetries,
  RouteRule,
  RouteTimeout,
  RoutingAnswer,
  ServiceRoutes,
  SlowTries,
} from './routing';
import {
  callConditionSchema,
  callConditionsSchema,
  callDecisionSchema,
  callRuleSchema,
  callValueSchema,
  portDecisionSchema,
} from './schemas/callDecision';
import {
  callCheckSchema,
  callEvaluationSchema,
  callHopSchema,
  callStepSchema,
  callVerdictSchema,
} from './schemas/callEvaluation';
import {
  callersAnswerSchema,
  callerSchema,
  portRulesSchema,
  workloadCallersSchema,
} from './schemas/callers';
import {
  canaryNextSchema,
  canaryPhaseSchema,
  canaryRouteSchema,
  canaryStateSchema,
  canarySteeringSchema,
  deliverySchema,
} from './schemas/canary';
import {
  causeSchema,
  clusterStateSchema,
  meshIdSchema,
  objectRefSchema,
  reasonSchema,
  serviceRefSchema,
  workloadRefSchema,
} from './schemas/common';
import {
  findingLevelSchema,
  findingsAnswerSchema,
  findingSchema,
  objectAnswerSchema,
  suppressedFindingSchema,
} from './schemas/findings';
import {
  controlPlaneCertificateSchema,
  controlPlaneComponentSchema,
  controlPlaneFactSchema,
  controlPlaneSchema,
  controlPlaneSettingSchema,
  controlPlaneStateSchema,
  controlPlaneWebhookSchema,
} from './schemas/controlPlane';
import {
  clusterMeshSchema,
  fleetClustersAnswerSchema,
  fleetServicesAnswerSchema,
  fleetServiceSchema,
  observedClusterMeshSchema,
  observedFleetClustersAnswerSchema,
} from './schemas/fleet';
import {
  acceptsSchema,
  clientClassSchema,
  clientSchema,
  clientSourceSchema,
  enrolmentModeSchema,
  enrolmentSchema,
  mtlsAnswerSchema,
  observationSchema,
  observedCallerSchema,
  observedMtlsAnswerSchema,
  observedTrafficSchema,
  observedWorkloadSchema,
  portSchema,
  sendsSchema,
  verdictSchema,
  workloadMtlsSchema,
} from './schemas/mtls';
import {
  callerIdentitySchema,
  identitiesAnswerSchema,
  placementsAnswerSchema,
  placementSchema,
  plannedObjectSchema,
  plannedObjectStateSchema,
} from './schemas/policy';
import {
  checklistCauseSchema,
  checklistCountsSchema,
  checklistDecisionSchema,
  checklistItemSchema,
  checklistRecordBodySchema,
  checklistRecordKindSchema,
  checklistRecordSchema,
  checklistSectionSchema,
  checklistStateSchema,
  fleetReadinessAnswerSchema,
  readinessAnswerSchema,
  revocationBodySchema,
} from './schemas/readiness';
import {
  backendSchema,
  destinationPolicySchema,
  exposureSchema,
  observedRoutesSchema,
  observedRoutingAnswerSchema,
  observedSplitSchema,
  portRoutesSchema,
  retriesSchema,
  routeConditionSchema,
  routingAnswerSchema,
  ruleSchema,
  serviceRoutesSchema,
  slowTriesSchema,
  timeoutSchema,
} from './schemas/routing';
import {
  spanRoleSchema,
  traceAnswerSchema,
  traceOperationsAnswerSchema,
  traceProcessSchema,
  tracesAnswerSchema,
  traceSchema,
  traceSearchQuerySchema,
  traceServiceSchema,
  traceSpanSchema,
  traceStoreSchema,
  traceSummarySchema,
} from './schemas/traces';
import {
  walkAnswerSchema,
  walkBranchSchema,
  walkOutcomeSchema,
  walkQuestionSchema,
  walkRequestSchema,
  walkRouteAnswerSchema,
  walkStepNameSchema,
  walkStepSchema,
} from './schemas/walk';
import {
  SpanRole,
  Trace,
  TraceAnswer,
  TraceOperationsAnswer,
  TraceProcess,
  TracesAnswer,
  TraceSearchQuery,
  TraceService,
  TraceSpan,
  TraceStoreState,
  TraceSummary,
} from './traces';
import {
  WalkAnswer,
  WalkBranch,
  WalkOutcome,
  WalkQuestion,
  WalkRequest,
  WalkRouteAnswer,
  WalkStep,
  WalkStepName,
} from './walk';

/** The schemas that the description of the API names. */
const named = {
  CallConditions: callConditionsSchema,
  CallDecision: callDecisionSchema,
  CallRule: callRuleSchema,
  Caller: callerSchema,
  WorkloadCallers: workloadCallersSchema,
  CallersAnswer: callersAnswerSchema,
  ObjectRef: objectRefSchema,
  Reason: reasonSchema,
  CanaryState: canaryStateSchema,
  Cause: causeSchema,
  WorkloadRef: workloadRefSchema,
  ServiceRef: serviceRefSchema,
  ClusterState: clusterStateSchema,
  Finding: findingSchema,
  FindingsAnswer: findingsAnswerSchema,
  ObjectAnswer: objectAnswerSchema,
  ClusterMesh: clusterMeshSchema,
  ControlPlane: controlPlaneSchema,
  ControlPlaneCertificate: controlPlaneCertificateSchema,
  FleetClustersAnswer: fleetClustersAnswerSchema,
  FleetService: fleetServiceSchema,
  FleetServicesAnswer: fleetServicesAnswerSchema,
  ObservedClusterMesh: observedClusterMeshSchema,
  ObservedFleetClustersAnswer: observedFleetClustersAnswerSchema,
  Accepts: acceptsSchema,
  Sends: sendsSchema,
  Verdict: verdictSchema,
  Enrolment: enrolmentSchema,
  Port: portSchema,
  Client: clientSchema,
  WorkloadMtls: workloadMtlsSchema,
  MtlsAnswer: mtlsAnswerSchema,
  ObservedTraffic: observedTrafficSchema,
  ObservedWorkload: observedWorkloadSchema,
  ObservedMtlsAnswer: observedMtlsAnswerSchema,
  Placement: placementSchema,
  PlacementsAnswer: placementsAnswerSchema,
  CallerIdentity: callerIdentitySchema,
  IdentitiesAnswer: identitiesAnswerSchema,
  ChecklistRecord: checklistRecordSchema,
  ChecklistItem: checklistItemSchema,
  ChecklistCounts: checklistCountsSchema,
  ChecklistSection: checklistSectionSchema,
  ReadinessAnswer: readinessAnswerSchema,
  FleetReadinessAnswer: fleetReadinessAnswerSchema,
  ChecklistRecordBody: checklistRecordBodySchema,
  RevocationBody: revocationBodySchema,
  Backend: backendSchema,
  Rule: ruleSchema,
  DestinationPolicy: destinationPolicySchema,
  PortRoutes: portRoutesSchema,
  ServiceRoutes: serviceRoutesSchema,
  RoutingAnswer: routingAnswerSchema,
  ObservedRoutes: observedRoutesSchema,
  ObservedRoutingAnswer: observedRoutingAnswerSchema,
  TraceStore: traceStoreSchema,
  TraceService: traceServiceSchema,
  TraceSummary: traceSummarySchema,
  TracesAnswer: tracesAnswerSchema,
  TraceOperationsAnswer: traceOperationsAnswerSchema,
  TraceSpan: traceSpanSchema,
  Trace: traceSchema,
  TraceAnswer: traceAnswerSchema,
  WalkStep: walkStepSchema,
  WalkBranch: walkBranchSchema,
  Walk: walkAnswerSchema,
  WalkAnswer: walkRouteAnswerSchema,
};

/** Those that are parts of them, or are asked with. */
const unnamed = {
  CallCondition: callConditionSchema,
  CallValue: callValueSchema,
  PortDecision: portDecisionSchema,
  CallStep: callStepSchema,
  CallCheck: callCheckSchema,
  CallVerdict: callVerdictSchema,
  CallHop: callHopSchema,
  CallEvaluation: callEvaluationSchema,
  PortCallRules: portRulesSchema,
  MeshId: meshIdSchema,
  FindingLevel: findingLevelSchema,
  SuppressedFinding: suppressedFindingSchema,
  EnrolmentMode: enrolmentModeSchema,
  ClientSource: clientSourceSchema,
  ClientClass: clientClassSchema,
  Observation: observationSchema,
  ObservedCaller: observedCallerSchema,
  PlannedObject: plannedObjectSchema,
  PlannedObjectState: plannedObjectStateSchema,
  ChecklistState: checklistStateSchema,
  ChecklistCause: checklistCauseSchema,
  ChecklistDecision: checklistDecisionSchema,
  ChecklistRecordKind: checklistRecordKindSchema,
  RouteCondition: routeConditionSchema,
  RouteRetries: retriesSchema,
  RouteTimeout: timeoutSchema,
  SlowTries: slowTriesSchema,
  Exposure: exposureSchema,
  ControlPlaneState: controlPlaneStateSchema,
  ControlPlaneFact: controlPlaneFactSchema,
  ControlPlaneComponent: controlPlaneComponentSchema,
  ControlPlaneSetting: controlPlaneSettingSchema,
  ControlPlaneWebhook: controlPlaneWebhookSchema,
  CanaryPhase: canaryPhaseSchema,
  CanarySteering: canarySteeringSchema,
  CanaryRoute: canaryRouteSchema,
  CanaryNext: canaryNextSchema,
  Delivery: deliverySchema,
  ObservedSplit: observedSplitSchema,
  TraceSearchQuery: traceSearchQuerySchema,
  SpanRole: spanRoleSchema,
  TraceProcess: traceProcessSchema,
  WalkRequest: walkRequestSchema,
  WalkStepName: walkStepNameSchema,
  WalkOutcome: walkOutcomeSchema,
  WalkQuestion: walkQuestionSchema,
};

interface NamedTypes {
  CallConditions: CallConditions;
  CallDecision: CallDecision;
  CallRule: CallRule;
  Caller: Caller;
  WorkloadCallers: WorkloadCallers;
  CallersAnswer: CallersAnswer;
  ObjectRef: ObjectRef;
  Reason: Reason;
  CanaryState: CanaryState;
  Cause: Cause;
  WorkloadRef: WorkloadRef;
  ServiceRef: ServiceRef;
  ClusterState: ClusterState;
  Finding: Finding;
  FindingsAnswer: FindingsAnswer;
  ObjectAnswer: ObjectAnswer;
  ClusterMesh: ClusterMesh;
  ControlPlane: ControlPlane;
  ControlPlaneCertificate: ControlPlaneCertificate;
  FleetClustersAnswer: FleetClustersAnswer;
  FleetService: FleetService;
  FleetServicesAnswer: FleetServicesAnswer;
  ObservedClusterMesh: ObservedClusterMesh;
  ObservedFleetClustersAnswer: ObservedFleetClustersAnswer;
  Accepts: Accepts;
  Sends: Sends;
  Verdict: Verdict;
  Enrolment: Enrolment;
  Port: PortMtls;
  Client: ClientMtls;
  WorkloadMtls: WorkloadMtls;
  MtlsAnswer: MtlsAnswer;
  ObservedTraffic: ObservedTraffic;
  ObservedWorkload: ObservedWorkload;
  ObservedMtlsAnswer: ObservedMtlsAnswer;
  Placement: Placement;
  PlacementsAnswer: PlacementsAnswer;
  CallerIdentity: CallerIdentity;
  IdentitiesAnswer: IdentitiesAnswer;
  ChecklistRecord: ChecklistRecord;
  ChecklistItem: ChecklistItemResult;
  ChecklistCounts: ChecklistCounts;
  ChecklistSection: ChecklistSectionResult;
  ReadinessAnswer: ReadinessAnswer;
  FleetReadinessAnswer: FleetReadinessAnswer;
  ChecklistRecordBody: ChecklistRecordBody;
  RevocationBody: RevocationBody;
  Backend: RouteBackend;
  Rule: RouteRule;
  DestinationPolicy: DestinationPolicy;
  PortRoutes: PortRoutes;
  ServiceRoutes: ServiceRoutes;
  RoutingAnswer: RoutingAnswer;
  ObservedRoutes: ObservedRoutes;
  ObservedRoutingAnswer: ObservedRoutingAnswer;
  TraceStore: TraceStoreState;
  TraceService: TraceService;
  TraceSummary: TraceSummary;
  TracesAnswer: TracesAnswer;
  TraceOperationsAnswer: TraceOperationsAnswer;
  TraceSpan: TraceSpan;
  Trace: Trace;
  TraceAnswer: TraceAnswer;
  WalkStep: WalkStep;
  WalkBranch: WalkBranch;
  Walk: WalkAnswer;
  WalkAnswer: WalkRouteAnswer;
}

interface UnnamedTypes {
  CallCondition: CallCondition;
  CallValue: CallValue;
  PortDecision: PortDecision;
  CallStep: CallStep;
  CallCheck: CallCheck;
  CallVerdict: CallVerdict;
  CallHop: CallHop;
  CallEvaluation: CallEvaluation;
  PortCallRules: PortCallRules;
  MeshId: MeshId;
  FindingLevel: FindingLevel;
  SuppressedFinding: SuppressedFinding;
  EnrolmentMode: EnrolmentMode;
  ClientSource: ClientSource;
  ClientClass: ClientClass;
  Observation: Observation;
  ObservedCaller: ObservedCaller;
  PlannedObject: PlannedObject;
  PlannedObjectState: PlannedObjectState;
  ChecklistState: ChecklistState;
  ChecklistCause: ChecklistCause;
  ChecklistDecision: ChecklistDecision;
  ChecklistRecordKind: ChecklistRecordKind;
  RouteCondition: RouteCondition;
  RouteRetries: RouteRetries;
  RouteTimeout: RouteTimeout;
  SlowTries: SlowTries;
  Exposure: Exposure;
  ControlPlaneState: ControlPlaneState;
  ControlPlaneFact: ControlPlaneFact;
  ControlPlaneComponent: ControlPlaneComponent;
  ControlPlaneSetting: ControlPlaneSetting;
  ControlPlaneWebhook: ControlPlaneWebhook;
  CanaryPhase: CanaryPhase;
  CanarySteering: CanarySteering;
  CanaryRoute: CanaryRoute;
  CanaryNext: CanaryNext;
  Delivery: Delivery;
  ObservedSplit: ObservedSplit;
  TraceSearchQuery: TraceSearchQuery;
  SpanRole: SpanRole;
  TraceProcess: TraceProcess;
  WalkRequest: WalkRequest;
  WalkStepName: WalkStepName;
  WalkOutcome: WalkOutcome;
  WalkQuestion: WalkQuestion;
}

/** Each schema gives the type that is written for it; the compiler names those that do not as missing here. */
const differing: Record<
  Differing<typeof named, NamedTypes> | Differing<typeof unnamed, UnnamedTypes>,
  never
> = {};

describe('the types of the contract', () => {
  it('are compared with every schema that the description of the API names', () => {
    expect(named).toEqual(CONTRACT_SCHEMAS);
    expect(differing).toEqual({});
  });
});
