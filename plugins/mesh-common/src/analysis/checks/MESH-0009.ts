import { Answer } from '../../contract/common';
import { EnrolmentMode } from '../../contract/mtls';
import { Pod, WorkloadController } from '../../kubernetes/core';
import { namespaceOf } from '../../kubernetes/objects';
import { isInMesh, podOfTemplate } from '../../mesh/enrolment';
import { MeshAdapter } from '../../mesh/MeshAdapter';
import { MESHES } from '../../mesh/meshes';
import { idOfWorkload } from '../../mesh/workloadIndex';
import { findWorkload } from '../../mesh/workloads';
import { defineTally } from '../../snapshot/defineTally';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { CheckFinding } from '../check';
import { refOf } from '../naming';
import { workloadCheck } from '../workloadCheck';

const SEVERAL = 2;

/** How many pods with the proxies of several meshes each workload has: most have none, and then no pod is looked at. */
const withSeveral = defineTally('Pod', pod =>
  areSeveral(proxiesIn(pod)) ? idOfWorkload(pod) : undefined,
);

/** A pod is, or would be, in several meshes at once. */
export const twoMeshes = workloadCheck({
  code: 'MESH-0009',
  level: 'error',
  title: 'Two meshes carry a workload, or are asked to',
  explanation:
    'Each mesh leads the traffic of a pod through its own proxy. With two of them it goes through the one that was set up last, and the rules of the other do not count; certificates, retries and metrics are not what either mesh says. Ask one mesh only.',
  upstream: 'pkg/inject/report.go, sidecar_already_exists (linkerd2)',
  needs: ['Pod', 'Namespace'],
  *run(controller, snapshot): Iterable<CheckFinding> {
    const workload = findWorkload(snapshot, {
      namespace: namespaceOf(controller),
      kind: controller.kind,
      name: controller.metadata.name,
    });
    const pods = workload?.pods ?? [];
    const running =
      workload &&
      withSeveral
        .inNamespace(snapshot, workload.ref.namespace)
        .get(`${workload.ref.kind}/${workload.ref.name}`);
    if (running) {
      const first = pods.map(proxiesIn).find(areSeveral) ?? [];
      yield {
        message: `${running} of ${pods.length} pods of ${refOf(
          controller,
        )} run the proxies of ${named(
          first,
        )}: take the pod out of one mesh, and restart it`,
        field: 'spec.template',
      };
      return;
    }
    if (workload) {
      yield* askedTwice(
        controller,
        snapshot,
        pods[0] ?? podOfTemplate(workload),
      );
    }
  },
});

function* askedTwice(
  controller: WorkloadController,
  snapshot: MeshSnapshot,
  pod: Pod,
): Iterable<CheckFinding> {
  const asked: { mesh: MeshAdapter; answer: Answer<EnrolmentMode> }[] = [];
  for (const [place, mesh] of MESHES.entries()) {
    if (asked.length + MESHES.length - place < SEVERAL) {
      // Whatever the rest say.
      return;
    }
    const { mode, expected } = mesh.enrolment(snapshot, pod);
    const answer = isInMesh(mode.value) ? mode : expected;
    if (isInMesh(answer.value)) {
      asked.push({ mesh, answer });
    }
  }
  if (asked.length >= SEVERAL) {
    yield {
      message: `${refOf(controller)} is asked into ${named(
        asked.map(({ mesh }) => mesh),
      )}: ${asked.map(({ answer }) => answer.reasons[0].text).join('; ')}`,
      field: 'spec.template',
      level: 'warning',
    };
  }
}

/** The meshes of whose proxies a pod has one. */
function proxiesIn({ spec }: Pod): MeshAdapter[] {
  return MESHES.filter(mesh =>
    [...spec.containers, ...spec.initContainers].some(container =>
      mesh.isProxy(container),
    ),
  );
}

function areSeveral(meshes: readonly MeshAdapter[]): boolean {
  return meshes.length >= SEVERAL;
}

function named(meshes: readonly MeshAdapter[]): string {
  return meshes.map(({ title }) => title).join(' and ');
}
