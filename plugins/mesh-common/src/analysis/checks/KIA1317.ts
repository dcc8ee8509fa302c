import { AuthorizationPolicy } from '../../istio/objects';
import { WorkloadController } from '../../kubernetes/core';
import { namespaceOf } from '../../kubernetes/objects';
import { hasLabels } from '../../kubernetes/selectors';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { httpFieldOfPolicy } from '../layer7';
import { fullNameOf, refOf } from '../naming';
import { targetsOf, usesWaypoint } from '../waypointUse';
import { workloadCheck } from '../workloadCheck';
import {
  isAmbient,
  isProxyAlone,
  isSelectedBy,
  templateLabels,
} from '../workloadMode';

const POLICY = 'security.istio.io/AuthorizationPolicy';

/** What the ways to install a gateway label its pods with. */
const GATEWAY_LABELS: readonly string[] = [
  'istio=ingressgateway',
  'istio=egressgateway',
  'operator.istio.io/component=IngressGateways',
  'operator.istio.io/component=EgressGateways',
  'gateway.istio.io/managed=istio.io-gateway-controller',
];
const GATEWAY_NAME = 'istio.io/gateway-name';

/** A policy about HTTP applies to a workload in ambient mode that no waypoint is used for. KIA0109 says so of the policy. */
export const httpPolicyOfWorkload = workloadCheck({
  code: 'KIA1317',
  level: 'warning',
  title: 'Policy about HTTP for a workload without waypoint',
  explanation:
    'ztunnel does not read HTTP: of an ALLOW policy it leaves out the rules about requests, and a rule of a DENY policy about requests denies nothing (of an operation with ports as well, all requests to these ports). Only a waypoint enforces such a policy as it is written.',
  upstream: 'ambient.AmbientWorkloadChecker, WorkloadChecker (Kiali)',
  mesh: 'istio',
  needs: ['Namespace', 'Pod', 'Service', POLICY],
  *run(workload, snapshot) {
    const namespace = namespaceOf(workload);
    if (
      !isAmbient(snapshot, workload) ||
      usesWaypoint(snapshot, namespace, templateLabels(workload))
    ) {
      return;
    }
    for (const policy of snapshot.list(POLICY, namespace)) {
      if (
        httpFieldOfPolicy(policy) &&
        appliesTo(snapshot, policy, workload) &&
        !isLabelledGateway(workload) &&
        !isProxyAlone(snapshot, workload)
      ) {
        yield {
          message: `AuthorizationPolicy ${fullNameOf(
            policy,
          )} is about HTTP and for ${refOf(
            workload,
          )}, for which no waypoint is used: add one, or write the policy without what is about requests`,
          field: 'spec.template.metadata.labels',
        };
        return;
      }
    }
  },
});

/** Whether labels alone tell that a workload is a gateway: it reads HTTP itself. */
function isLabelledGateway(workload: WorkloadController): boolean {
  const labels = templateLabels(workload);
  return (
    labels[GATEWAY_NAME] !== undefined ||
    Object.entries(labels).some(label =>
      GATEWAY_LABELS.includes(label.join('=')),
    )
  );
}

function appliesTo(
  snapshot: MeshSnapshot,
  policy: AuthorizationPolicy,
  workload: WorkloadController,
): boolean {
  const targets = targetsOf(policy);
  return targets.length > 0
    ? targets.some(
        ({ kind, name }) =>
          kind === 'Service' &&
          isSelectedBy(
            workload,
            snapshot.get('Service', namespaceOf(workload), name)?.spec.selector,
          ),
      )
    : hasLabels(
        templateLabels(workload),
        policy.spec?.selector?.matchLabels ?? {},
      );
}
