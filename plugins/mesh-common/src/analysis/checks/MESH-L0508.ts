import { proxyOf } from '../../linkerd/proxy';
import { hasEnded } from '../../mesh/hasEnded';
import { defineCheck } from '../check';

const SHUTDOWN = 'config.linkerd.io/proxy-admin-shutdown';

export const jobNeverEnds = defineCheck({
  code: 'MESH-L0508',
  level: 'warning',
  title: 'The proxy keeps the pod of a Job from ending',
  explanation:
    'A pod of a Job has ended when all its containers have. The proxy is one of them, and runs on when the application is through, so that the Job is never complete. As a native sidecar (config.linkerd.io/proxy-enable-native-sidecar: "true") it ends with the application; else the application has to ask it to, by linkerd-await or POST /shutdown, for which config.linkerd.io/proxy-admin-shutdown is enabled.',
  upstream: 'https://linkerd.io/2/tasks/graceful-shutdown/',
  mesh: 'linkerd',
  subject: 'Pod',
  needs: [],
  *run(pod) {
    const { ownerReferences, annotations, name } = pod.metadata;
    const job = ownerReferences.find(({ kind }) => kind === 'Job');
    const proxy = proxyOf(pod);
    if (
      job &&
      proxy &&
      !proxy.native &&
      !hasEnded(pod) &&
      annotations[SHUTDOWN] !== 'enabled'
    ) {
      yield {
        message: `Pod ${name} of Job ${job.name} has a proxy that is no native sidecar, and nothing asks it to end: the Job is not complete before it does`,
        field: proxy.field,
      };
    }
  },
});
