import { namespaceOf } from '../../kubernetes/objects';
import { isIstioContainer } from '../../istio/pods';
import {
  containersOf,
  servicesSelecting,
  targetPortOf,
} from '../../mesh/services';
import { podsWithLabels } from '../../snapshot/podsByLabel';
import { defineCheck } from '../check';

/** A PeerAuthentication sets a mode for a port that its workloads do not have. */
export const portLevelMtlsUnused = defineCheck({
  code: 'MESH-I0102',
  level: 'warning',
  title: 'portLevelMtls for a port that no container has',
  explanation:
    'The keys of portLevelMtls are ports of the workload (containerPort), not ports of a Service. An entry for a port that no container declares, and that no Service leads to, sets the mode of nothing; the port that was meant keeps the mode of the policy.',
  upstream:
    'pilot/pkg/security/authn/policy_applier.go, GetMutualTLSModeForPort (istio)',
  mesh: 'istio',
  subject: 'security.istio.io/PeerAuthentication',
  needs: ['Pod', 'Service'],
  *run(policy, snapshot) {
    const namespace = namespaceOf(policy);
    const { selector, portLevelMtls = {} } = policy.spec ?? {};
    const pods = podsWithLabels(
      snapshot,
      namespace,
      selector?.matchLabels ?? {},
    );
    if (pods.length === 0 || !selector?.matchLabels) {
      return;
    }
    const ports = new Set<number>();
    const servicePorts = new Map<number, number>();
    for (const pod of pods) {
      for (const container of containersOf(pod)) {
        if (!isIstioContainer(container)) {
          container.ports.forEach(({ containerPort }) =>
            ports.add(containerPort),
          );
        }
      }
      for (const service of servicesSelecting(
        snapshot,
        namespace,
        pod.metadata.labels,
      )) {
        for (const port of service.spec.ports) {
          const target = targetPortOf(port, pod);
          if (target !== undefined) {
            ports.add(target);
            servicePorts.set(port.port, target);
          }
        }
      }
    }
    for (const key of Object.keys(portLevelMtls)) {
      if (!ports.has(Number(key))) {
        const meant = servicePorts.get(Number(key));
        yield {
          message: `PeerAuthentication ${namespace}/${
            policy.metadata.name
          } sets the mode of port ${key}, which no container of the workloads has that it selects${
            meant === undefined
              ? ` (they have ${
                  [...ports].sort((a, b) => a - b).join(', ') || 'none'
                })`
              : `: ${key} is a port of their Service, which leads to ${meant}`
          }`,
          field: `spec.portLevelMtls.${key}`,
        };
      }
    }
  },
});
