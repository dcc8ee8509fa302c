import {
  attested,
  ChecklistItem,
  ChecklistSection,
  either,
  measured,
  section,
} from './item';
import { antiAffinity } from './items/antiAffinity';
import { authorization } from './items/authorization';
import { autoscaling } from './items/autoscaling';
import { canary } from './items/canary';
import { certificateRotation } from './items/certificateRotation';
import { certificates } from './items/certificates';
import { circuitBreakers } from './items/circuitBreakers';
import { connectionPooling } from './items/connectionPooling';
import { controlPlane, controlPlaneReplicas } from './items/controlPlane';
import { destinationRules } from './items/destinationRules';
import { disruptionBudgets } from './items/disruptionBudgets';
import { injection } from './items/injection';
import { installation } from './items/installation';
import { loadBalancing } from './items/loadBalancing';
import { metricsCollection, monitoring } from './items/metrics';
import { mtls } from './items/mtls';
import { networkPolicies } from './items/networkPolicies';
import { resourceLimits } from './items/resourceLimits';
import { retryPolicies } from './items/retryPolicies';
import { securityPolicies } from './items/securityPolicies';
import { timeouts } from './items/timeouts';
import { trafficRules } from './items/trafficRules';
import { virtualServices } from './items/virtualServices';

/**
 * The production readiness checklist: 55 items in 11 sections. Items that need a person say what to vouch for.
 *
 * @public
 */
export const CHECKLIST: readonly ChecklistSection[] = [
  section('Planning and Design', [
    attested(
      'Evaluate need for service mesh',
      'A written decision that names what the mesh is needed for.',
    ),
    attested(
      'Choose service mesh platform (Istio/Linkerd/Consul)',
      'A written comparison, and the choice.',
    ),
    attested(
      'Design service mesh architecture',
      'A design that names clusters, trust domains, gateways, and who runs them.',
    ),
    attested(
      'Plan migration strategy',
      'The order in which workloads come into the mesh, and the way back.',
    ),
    attested(
      'Define success criteria',
      'What must hold for the mesh to stay, with numbers.',
    ),
  ]),
  section('Installation', [
    measured('Install control plane', controlPlane),
    measured('Configure data plane injection', injection),
    measured('Set up monitoring stack', monitoring),
    measured('Configure mTLS certificates', certificates),
    measured('Verify installation', installation),
  ]),
  section('Configuration', [
    measured('Configure resource limits', resourceLimits),
    measured('Set up traffic rules', trafficRules),
    measured('Configure security policies', securityPolicies),
    measured('Set up circuit breakers', circuitBreakers),
    measured('Configure retry policies', retryPolicies),
  ]),
  section('Security Setup', [
    measured('Enable mTLS for all services', mtls),
    measured('Configure authorization policies', authorization),
    either('Set up certificate rotation', certificateRotation),
    measured('Configure network policies', networkPolicies),
    attested(
      'Audit security settings',
      'A review of policies, identities and exceptions, with its date and who did it.',
    ),
  ]),
  section('Traffic Management', [
    measured('Set up virtual services', virtualServices),
    measured('Configure destination rules', destinationRules),
    either('Set up canary deployments', canary),
    measured('Configure load balancing', loadBalancing),
    attested(
      'Test traffic routing',
      'A test that the routes send requests where they should.',
    ),
  ]),
  section('Observability', [
    attested(
      'Enable distributed tracing',
      'Spans of this service in a trace store, joined with those of its callers.',
    ),
    measured('Configure metrics collection', metricsCollection),
    attested(
      'Set up log aggregation',
      'Logs of the service and of its proxies in a store that can be searched.',
    ),
    attested(
      'Create dashboards',
      'A dashboard of rates, errors and latencies of the service.',
    ),
    attested(
      'Configure alerts',
      'Alerts on errors and latency that reach whoever is on call.',
    ),
  ]),
  section('Performance Tuning', [
    attested(
      'Monitor sidecar resource usage',
      'CPU and memory of the proxies on a dashboard, against what they ask for.',
    ),
    measured('Configure connection pooling', connectionPooling),
    measured('Optimize timeouts and retries', timeouts),
    attested(
      'Test under load',
      'A load test through the mesh with the expected peak, and its result.',
    ),
    either('Scale as needed', autoscaling),
  ]),
  section('High Availability', [
    measured('Configure control plane replicas', controlPlaneReplicas),
    measured('Set up pod disruption budgets', disruptionBudgets),
    measured('Configure anti-affinity', antiAffinity),
    attested(
      'Test failover scenarios',
      'A test in which pods, nodes or zones fail, and what clients saw.',
    ),
    attested(
      'Monitor cluster health',
      'Alerts on the nodes and the control plane of the clusters.',
    ),
  ]),
  section('Operations', [
    attested(
      'Set up GitOps workflows',
      'The repository from which the manifests are applied, and what applies them.',
    ),
    attested(
      'Automate deployments',
      'The pipeline that deploys the service without manual steps.',
    ),
    attested(
      'Document procedures',
      'Written procedures for deploying, rolling back and changing policies.',
    ),
    attested(
      'Plan upgrades',
      'How and when the mesh and its proxies are upgraded.',
    ),
    attested(
      'Test disaster recovery',
      'A restore on another cluster, with its date and how long it took.',
    ),
  ]),
  section('Testing', [
    attested(
      'Test service-to-service communication',
      'Tests that call the service through the mesh as its clients do.',
    ),
    attested(
      'Test mTLS connectivity',
      'A test that clients with an identity get through, and others do not.',
    ),
    attested(
      'Test traffic routing',
      'A test of weights, matches and fallbacks before each release.',
    ),
    attested(
      'Test failure scenarios',
      'Tests with injected delays and errors, and what clients saw.',
    ),
    attested(
      'Performance test',
      'Latency and throughput with the proxies, compared with what is needed.',
    ),
  ]),
  section('Documentation', [
    attested(
      'Document mesh architecture',
      'A page that shows the meshes, clusters and gateways.',
    ),
    attested(
      'Document configuration',
      'A page that says which settings of the mesh the service relies on, and why.',
    ),
    attested(
      'Document security setup',
      'A page that says who may call the service, and how that is enforced.',
    ),
    attested(
      'Create runbooks',
      'Runbooks for the alerts of the service and of its proxies.',
    ),
    attested(
      'Maintain API documentation',
      'API documentation in the catalog that fits what runs.',
    ),
  ]),
];

const BY_ID: ReadonlyMap<string, ChecklistItem> = new Map(
  CHECKLIST.flatMap(({ items }) => items).map(item => [item.id, item]),
);

/**
 * The item of this id.
 *
 * @public
 */
export function checklistItem(id: string): ChecklistItem | undefined {
  return BY_ID.get(id);
}
