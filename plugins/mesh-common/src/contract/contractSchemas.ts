import { z } from 'zod';
import {
  callConditionsSchema,
  callDecisionSchema,
  callRuleSchema,
} from './schemas/callDecision';
import {
  callersAnswerSchema,
  callerSchema,
  workloadCallersSchema,
} from './schemas/callers';
import { canaryStateSchema } from './schemas/canary';
import {
  causeSchema,
  clusterStateSchema,
  objectRefSchema,
  reasonSchema,
  serviceRefSchema,
  workloadRefSchema,
} from './schemas/common';
import {
  controlPlaneCertificateSchema,
  controlPlaneSchema,
} from './schemas/controlPlane';
import {
  findingsAnswerSchema,
  findingSchema,
  objectAnswerSchema,
} from './schemas/findings';
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
  clientSchema,
  enrolmentSchema,
  mtlsAnswerSchema,
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
} from './schemas/policy';
import {
  checklistCountsSchema,
  checklistItemSchema,
  checklistRecordBodySchema,
  checklistRecordSchema,
  checklistSectionSchema,
  fleetReadinessAnswerSchema,
  readinessAnswerSchema,
  revocationBodySchema,
} from './schemas/readiness';
import {
  backendSchema,
  destinationPolicySchema,
  observedRoutesSchema,
  observedRoutingAnswerSchema,
  portRoutesSchema,
  routingAnswerSchema,
  ruleSchema,
  serviceRoutesSchema,
} from './schemas/routing';
import {
  traceAnswerSchema,
  traceOperationsAnswerSchema,
  tracesAnswerSchema,
  traceSchema,
  traceServiceSchema,
  traceSpanSchema,
  traceStoreSchema,
  traceSummarySchema,
} from './schemas/traces';
import {
  walkAnswerSchema,
  walkBranchSchema,
  walkRouteAnswerSchema,
  walkStepSchema,
} from './schemas/walk';

/**
 * The schemas of the wire contract, by the names that the description of the API has for them.
 *
 * @public
 */
export const CONTRACT_SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  Accepts: acceptsSchema,
  Backend: backendSchema,
  CallerIdentity: callerIdentitySchema,
  CallConditions: callConditionsSchema,
  CallDecision: callDecisionSchema,
  Caller: callerSchema,
  CallersAnswer: callersAnswerSchema,
  CallRule: callRuleSchema,
  CanaryState: canaryStateSchema,
  Cause: causeSchema,
  ChecklistCounts: checklistCountsSchema,
  ChecklistItem: checklistItemSchema,
  ChecklistRecord: checklistRecordSchema,
  ChecklistRecordBody: checklistRecordBodySchema,
  ChecklistSection: checklistSectionSchema,
  Client: clientSchema,
  ClusterMesh: clusterMeshSchema,
  ControlPlane: controlPlaneSchema,
  ControlPlaneCertificate: controlPlaneCertificateSchema,
  ClusterState: clusterStateSchema,
  DestinationPolicy: destinationPolicySchema,
  Enrolment: enrolmentSchema,
  Finding: findingSchema,
  FindingsAnswer: findingsAnswerSchema,
  FleetClustersAnswer: fleetClustersAnswerSchema,
  FleetReadinessAnswer: fleetReadinessAnswerSchema,
  FleetService: fleetServiceSchema,
  FleetServicesAnswer: fleetServicesAnswerSchema,
  IdentitiesAnswer: identitiesAnswerSchema,
  MtlsAnswer: mtlsAnswerSchema,
  ObjectAnswer: objectAnswerSchema,
  ObjectRef: objectRefSchema,
  ObservedClusterMesh: observedClusterMeshSchema,
  ObservedFleetClustersAnswer: observedFleetClustersAnswerSchema,
  ObservedMtlsAnswer: observedMtlsAnswerSchema,
  ObservedRoutes: observedRoutesSchema,
  ObservedRoutingAnswer: observedRoutingAnswerSchema,
  ObservedTraffic: observedTrafficSchema,
  ObservedWorkload: observedWorkloadSchema,
  Placement: placementSchema,
  PlacementsAnswer: placementsAnswerSchema,
  Port: portSchema,
  PortRoutes: portRoutesSchema,
  ReadinessAnswer: readinessAnswerSchema,
  Reason: reasonSchema,
  RevocationBody: revocationBodySchema,
  RoutingAnswer: routingAnswerSchema,
  Rule: ruleSchema,
  Sends: sendsSchema,
  ServiceRef: serviceRefSchema,
  ServiceRoutes: serviceRoutesSchema,
  Trace: traceSchema,
  TraceAnswer: traceAnswerSchema,
  TraceOperationsAnswer: traceOperationsAnswerSchema,
  TracesAnswer: tracesAnswerSchema,
  TraceService: traceServiceSchema,
  TraceSpan: traceSpanSchema,
  TraceStore: traceStoreSchema,
  TraceSummary: traceSummarySchema,
  Verdict: verdictSchema,
  Walk: walkAnswerSchema,
  WalkAnswer: walkRouteAnswerSchema,
  WalkBranch: walkBranchSchema,
  WalkStep: walkStepSchema,
  WorkloadCallers: workloadCallersSchema,
  WorkloadMtls: workloadMtlsSchema,
  WorkloadRef: workloadRefSchema,
};
