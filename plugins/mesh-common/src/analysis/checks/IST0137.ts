import { defineCheck } from '../check';
import { refOf } from '../naming';
import { isDeploymentInMesh } from './deploymentInMesh';
import { servicePortsOf } from './servicesOfPods';

/** Services of one Deployment lead from different ports to one port of its pods. */
export const targetPortOfTwoPorts = defineCheck({
  code: 'IST0137',
  level: 'warning',
  title: 'Services of one Deployment lead to a port from different ports',
  explanation:
    'Several Service ports lead to one port of the pods. The proxy listens at the port of the pods once and takes the settings of one Service port, its protocol among them, for all of them.',
  upstream: 'deployment.MultiServiceAnalyzer (istioctl)',
  mesh: 'istio',
  subject: 'apps/Deployment',
  needs: ['Service', 'Namespace'],
  *run(deployment, snapshot) {
    if (!isDeploymentInMesh(snapshot, deployment)) {
      return;
    }
    const ports = servicePortsOf(snapshot, deployment).map(port => ({
      ...port,
      target: String(port.targetPort || port.port),
    }));
    for (const target of new Set(ports.map(one => one.target))) {
      const same = ports.filter(one => one.target === target);
      const numbers = new Set(same.map(({ port }) => port));
      if (numbers.size > 1) {
        yield {
          message: `${refOf(deployment)} is behind the Services ${[
            ...new Set(same.map(({ service }) => service)),
          ]
            .sort()
            .join(', ')}, which lead from the ports ${[...numbers]
            .sort((a, b) => a - b)
            .join(', ')} to port ${target} of its pods: use one port for it`,
          field: 'spec.template.metadata.labels',
        };
      }
    }
  },
});
