import { Answer, Cause } from '../../contract/common';
import {
  ControlPlaneComponent,
  ControlPlaneFact,
  ControlPlaneState,
} from '../../contract/controlPlane';
import { WorkloadController } from '../../kubernetes/core';
import { KindId } from '../../kubernetes/kinds';
import { KubernetesObject, namespaceOf } from '../../kubernetes/objects';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { podsWithLabels } from '../../snapshot/podsByLabel';
import { because } from '../answers';
import { isReady } from '../workloads';

/** The object and field that decided. */
export interface Decider {
  kind: KindId;
  object: KubernetesObject;
  field?: string;
}

/** What is said of a control plane is said of objects of one snapshot, by rules of one mesh. */
export interface About {
  snapshot: MeshSnapshot;
  mesh: string;
}

/** How good something is, in a sentence, by the object that decided. */
export function judged<S extends string = ControlPlaneState>(
  { snapshot, mesh }: About,
  rule: string,
  value: S,
  text: string,
  decider?: Decider,
): Answer<S> {
  return {
    value,
    reasons: [
      because(
        `${mesh}/control-plane/${rule}`,
        text,
        decider && { snapshot, ...decider },
      ),
    ],
  };
}

/** That something is not known, and why. */
export function notKnown(
  about: About,
  rule: string,
  cause: Cause,
  text: string,
  decider?: Decider,
): Answer<'unknown'> {
  return { ...judged(about, rule, 'unknown', text, decider), cause };
}

/** One thing about a control plane. */
export function fact(
  id: string,
  title: string,
  answer: Answer<ControlPlaneState>,
): ControlPlaneFact {
  return { id, title, answer };
}

/** Why the objects of a kind are not known; undefined where they are. */
export function unreadKind(
  about: About,
  rule: string,
  kind: KindId,
): Answer<'unknown'> | undefined {
  const read = about.snapshot.read(kind);
  return read.state === 'read'
    ? undefined
    : notKnown(about, rule, read.state, read.message);
}

/** How many pods of a workload are ready. */
export interface Readiness {
  ready: number;
  replicas: number;
}

/** How many pods of a Deployment are asked for and ready, as its status says. */
export function readinessOf({ spec, status }: WorkloadController): Readiness {
  return { ready: status?.readyReplicas ?? 0, replicas: spec.replicas ?? 1 };
}

/** How many pods a DaemonSet has and how many of them are ready: they are counted, since of its status little is kept. */
export function daemonReadiness(
  snapshot: MeshSnapshot,
  daemonSet: WorkloadController,
): Readiness {
  const pods = podsWithLabels(
    snapshot,
    namespaceOf(daemonSet),
    daemonSet.spec.selector?.matchLabels ?? {},
  );
  return { ready: pods.filter(isReady).length, replicas: pods.length };
}

/** How ready a workload is. */
export function readinessAnswer(
  about: About,
  decider: Decider,
  { ready, replicas }: Readiness,
): Answer<ControlPlaneState> {
  const named = `${decider.object.kind} ${namespaceOf(decider.object)}/${
    decider.object.metadata.name
  }`;
  return judged(
    about,
    'ready',
    readinessState({ ready, replicas }),
    replicas === 0
      ? `${named} is scaled to no pod`
      : `${ready} of ${replicas} pods of ${named} are ready`,
    { ...decider, field: 'status' },
  );
}

function readinessState({ ready, replicas }: Readiness): ControlPlaneState {
  if (ready === 0) {
    return 'bad';
  }
  return ready < replicas ? 'notice' : 'good';
}

/** A workload of a mesh. */
export function component(
  about: About,
  decider: Decider,
  readiness: Readiness,
  version: string | undefined,
): ControlPlaneComponent {
  return {
    name: decider.object.metadata.name,
    namespace: namespaceOf(decider.object),
    ...(version && { version }),
    ...readiness,
    answer: readinessAnswer(about, decider, readiness),
  };
}
