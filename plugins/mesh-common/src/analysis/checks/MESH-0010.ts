import { Container } from '../../kubernetes/core';
import { hasEnded } from '../../mesh/hasEnded';
import { MESHES } from '../../mesh/meshes';
import { defineCheck } from '../check';
import { refOf } from '../naming';

/** The containers of a Job's pod have ended, but for the proxy of a mesh. */
export const jobKeptByProxy = defineCheck({
  code: 'MESH-0010',
  level: 'warning',
  title: 'Job that its proxy keeps from completing',
  explanation:
    'A Job is complete when all containers of its pod have ended. The application has, but the proxy runs beside it until it is told to end: the Job stays active, and a CronJob that does not allow several at once starts no more of them. Use native sidecars, which end with the application, let the application tell the proxy to end (quitquitquit, linkerd-await), or keep the proxy out of the pod.',
  upstream: 'KEP-753, sidecar containers (kubernetes/enhancements)',
  subject: 'Pod',
  needs: [],
  *run(pod) {
    const { metadata, spec, status } = pod;
    const ofJob = metadata.ownerReferences.some(({ kind }) => kind === 'Job');
    const index = ofJob ? spec.containers.findIndex(isProxy) : -1;
    if (index < 0 || hasEnded(pod)) {
      return;
    }
    const { name } = spec.containers[index];
    const running = (status?.containerStatuses ?? []).filter(
      ({ state }) => !state?.terminated,
    );
    if (
      spec.containers.length > 1 &&
      status?.containerStatuses.length === spec.containers.length &&
      running.length === 1 &&
      running[0].name === name
    ) {
      yield {
        message: `All containers of ${refOf(
          pod,
        )} have ended but ${name}, which keeps its Job from completing`,
        field: `spec.containers[${index}]`,
      };
    }
  },
});

function isProxy(container: Container): boolean {
  return MESHES.some(mesh => mesh.isProxy(container));
}
