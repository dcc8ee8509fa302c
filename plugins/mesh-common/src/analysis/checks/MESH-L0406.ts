import { isMeshedService } from '../../linkerd/meshed';
import { defineCheck } from '../check';
import { refOf } from '../naming';

export const sessionAffinityIgnored = defineCheck({
  code: 'MESH-L0406',
  level: 'warning',
  title: 'Session affinity that meshed clients do not keep to',
  explanation:
    'sessionAffinity is for kube-proxy. The proxy of a meshed client chooses an endpoint itself, by its latency, for each request (of opaque ports for each connection), and has no sticky sessions. Keep the state of sessions outside of the pods, or call the pods themselves by a headless Service.',
  upstream: 'linkerd/linkerd2#4956, linkerd/linkerd2#11604',
  mesh: 'linkerd',
  subject: 'Service',
  needs: ['Pod', 'Namespace'],
  *run(service, snapshot) {
    if (
      service.spec.sessionAffinity === 'ClientIP' &&
      service.spec.clusterIP !== 'None' &&
      isMeshedService(snapshot, service)
    ) {
      yield {
        message: `${refOf(
          service,
        )} asks for sessionAffinity ClientIP, which proxies of meshed clients do not keep to`,
        field: 'spec.sessionAffinity',
      };
    }
  },
});
