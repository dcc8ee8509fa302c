import { Answer, MeshId, Reason } from '../contract/common';
import { Enrolment, EnrolmentMode } from '../contract/mtls';
import { Pod } from '../kubernetes/core';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { unreadInput } from './answers';
import { isMachine, kindOfPod, MACHINE_KINDS } from './machineKinds';
import { MeshAdapter, PodEnrolment } from './MeshAdapter';
import { isReady, Workload } from './workloads';

/**
 * A pod, and the mesh that carries its traffic.
 *
 * @public
 */
export interface MeshPod {
  pod: Pod;
  /** Absent: none does. */
  mesh?: MeshAdapter;
  enrolment: PodEnrolment;
}

/**
 * Whether a pod with this mode runs a proxy, or has its traffic redirected to one.
 *
 * @public
 */
export function isInMesh(mode: EnrolmentMode): boolean {
  return mode !== 'none' && mode !== 'unknown';
}

/**
 * Whether the mesh tells what a pod's proxy does: it runs, or it is that of a machine outside Kubernetes, whose
 * configuration is known even where nobody sees whether it runs.
 *
 * @public
 */
export function isConfigured({
  pod,
  mesh,
  enrolment: { mode },
}: MeshPod): boolean {
  return (
    mesh !== undefined &&
    (isInMesh(mode.value) || (mode.value === 'unknown' && isMachine(pod)))
  );
}

/**
 * The mesh of a pod: the one whose proxy it runs; else the one that would take it if it were made now;
 * else none. Where two meshes carry it, the first says so in its own reasons.
 *
 * @public
 */
export function meshOfPod(
  snapshot: MeshSnapshot,
  pod: Pod,
  meshes: readonly MeshAdapter[],
): MeshPod {
  const candidates = meshes
    .filter(mesh => mayCarry(mesh, pod))
    .map(mesh => ({
      pod,
      mesh,
      enrolment: mesh.enrolment(snapshot, pod),
    }));
  const running = candidates.find(({ enrolment }) =>
    isInMesh(enrolment.mode.value),
  );
  const wanted = candidates.find(({ enrolment }) =>
    isInMesh(enrolment.expected.value),
  );
  const unread = candidates.find(
    ({ enrolment }) =>
      enrolment.mode.value === 'unknown' ||
      enrolment.expected.value === 'unknown',
  );
  const found = running ?? wanted ?? unread;
  if (found) {
    return found;
  }
  return {
    pod,
    enrolment: {
      mode: outside(candidates.map(({ enrolment }) => enrolment.mode)),
      expected: outside(candidates.map(({ enrolment }) => enrolment.expected)),
    },
  };
}

/** A machine outside Kubernetes is of the mesh alone that has objects of its kind. */
function mayCarry({ kinds }: MeshAdapter, pod: Pod): boolean {
  return !isMachine(pod) || kinds.includes(kindOfPod(pod));
}

function outside(
  answers: readonly Answer<EnrolmentMode>[],
): Answer<EnrolmentMode> {
  const reasons = answers.flatMap(answer => answer.reasons);
  return {
    value: 'none',
    reasons:
      reasons.length > 0
        ? reasons
        : [{ rule: 'mesh/no-mesh', text: 'The cluster has no mesh' }],
  };
}

/**
 * The pods of a workload with their meshes. A workload without pods is judged by its template, as if a pod
 * were made of it now. Where pods could not be read, nobody knows what runs.
 *
 * @public
 */
export function meshPodsOf(
  snapshot: MeshSnapshot,
  workload: Workload,
  meshes: readonly MeshAdapter[],
): MeshPod[] {
  const unread = unreadPods(snapshot, workload);
  if (workload.pods.length > 0) {
    return workload.pods.map(pod =>
      withMode(meshOfPod(snapshot, pod, meshes), unread),
    );
  }
  const imagined = meshOfPod(snapshot, podOfTemplate(workload), meshes);
  return [
    withMode(
      imagined,
      unread ?? { ...imagined.enrolment.expected, predicted: true },
    ),
  ];
}

/**
 * Whether a mesh carries any pod of a workload. It looks at no more pods than it has to.
 *
 * @public
 */
export function runsInMesh(
  snapshot: MeshSnapshot,
  workload: Workload,
  meshes: readonly MeshAdapter[],
): boolean {
  return (
    unreadPods(snapshot, workload) === undefined &&
    workload.pods.some(pod =>
      isInMesh(meshOfPod(snapshot, pod, meshes).enrolment.mode.value),
    )
  );
}

function unreadPods(
  snapshot: MeshSnapshot,
  workload: Workload,
): Answer<'unknown'> | undefined {
  return unreadInput(snapshot, 'mesh/enrolment', {
    ...(isMachine(workload.ref)
      ? { optional: MACHINE_KINDS }
      : { required: ['Pod'] }),
    namespaces: [],
  });
}

function withMode(
  meshPod: MeshPod,
  mode: Answer<EnrolmentMode> | undefined,
): MeshPod {
  return mode
    ? { ...meshPod, enrolment: { ...meshPod.enrolment, mode } }
    : meshPod;
}

/**
 * A pod as the workload's template would make it, before any injection.
 *
 * @public
 */
export function podOfTemplate(workload: Workload): Pod {
  const { controller, ref } = workload;
  const template = controller?.spec.template;
  return {
    ...(controller && isMachine(ref)
      ? { apiVersion: controller.apiVersion, kind: controller.kind }
      : { apiVersion: 'v1', kind: 'Pod' }),
    metadata: {
      name: workload.ref.name,
      namespace: workload.ref.namespace,
      labels: workload.labels,
      annotations: workload.annotations,
      ownerReferences: [],
    },
    spec: template?.spec ?? { containers: [], initContainers: [] },
  };
}

/**
 * How the pods of a workload take part, all together.
 *
 * @public
 */
export function workloadEnrolment(
  workload: Workload,
  meshPods: readonly MeshPod[],
): Enrolment {
  const mesh = meshPods.find(pod => pod.mesh)?.mesh?.id;
  const modes = meshPods.map(({ enrolment }) => enrolment.mode);
  const expected = commonAnswer(
    meshPods.map(({ enrolment }) => enrolment.expected),
  );
  return {
    ...commonAnswer(modes),
    ...(mesh && { mesh }),
    expected,
    pods: {
      total: workload.pods.length,
      ready: workload.pods.filter(isReady).length,
      inMesh:
        workload.pods.length === 0
          ? 0
          : modes.filter(({ value }) => isInMesh(value)).length,
    },
  };
}

function commonAnswer(
  answers: readonly Answer<EnrolmentMode>[],
): Answer<EnrolmentMode> {
  const byValue = new Map<EnrolmentMode, Answer<EnrolmentMode>[]>();
  for (const answer of answers) {
    byValue.set(answer.value, [...(byValue.get(answer.value) ?? []), answer]);
  }
  const groups = [...byValue.values()];
  if (groups.length === 1) {
    return groups[0][0];
  }
  const reasons: Reason[] = groups.map(group => ({
    ...(group[0].reasons[0] ?? { rule: 'mesh/enrolment' }),
    text: `${group.length} of ${answers.length} pods: ${
      group[0].reasons[0]?.text ?? group[0].value
    }`,
  }));
  return { value: 'mixed', reasons };
}

/**
 * The ids of the meshes that carry the workload's pods.
 *
 * @public
 */
export function meshIdsOf(meshPods: readonly MeshPod[]): MeshId[] {
  return [
    ...new Set(
      meshPods.flatMap(({ mesh, enrolment }) =>
        mesh && isInMesh(enrolment.mode.value) ? [mesh.id] : [],
      ),
    ),
  ];
}
