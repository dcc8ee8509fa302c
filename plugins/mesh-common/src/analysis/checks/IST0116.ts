import { defineCheck } from '../check';
import { refOf } from '../naming';
import { isDeploymentInMesh } from './deploymentInMesh';
import { servicePortsOf } from './servicesOfPods';

/** Services of one Deployment give one port number different protocols of the transport. */
export const portWithTwoProtocols = defineCheck({
  code: 'IST0116',
  level: 'warning',
  title: 'Services of one Deployment use a port with different protocols',
  explanation:
    'A pod of the mesh may be behind several Services only if they agree about a port: here one has it as TCP and another as UDP (or SCTP), and the proxy listens once.',
  upstream: 'deployment.MultiServiceAnalyzer (istioctl)',
  mesh: 'istio',
  subject: 'apps/Deployment',
  needs: ['Service', 'Namespace'],
  *run(deployment, snapshot) {
    if (!isDeploymentInMesh(snapshot, deployment)) {
      return;
    }
    const ports = servicePortsOf(snapshot, deployment);
    for (const number of new Set(ports.map(({ port }) => port))) {
      const same = ports.filter(({ port }) => port === number);
      const protocols = new Set(same.map(({ protocol }) => protocol));
      if (protocols.size > 1) {
        yield {
          message: `${refOf(deployment)} is behind the Services ${[
            ...new Set(same.map(({ service }) => service)),
          ]
            .sort()
            .join(', ')}, which have port ${number} as ${[...protocols]
            .sort()
            .join(' and ')}: give it one protocol`,
          field: 'spec.template.metadata.labels',
        };
      }
    }
  },
});
