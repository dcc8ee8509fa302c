import {
  Answer,
  Cause,
  ClusterState,
  KUBERNETES_CLUSTER_ANNOTATION,
  KUBERNETES_ID_ANNOTATION,
  KUBERNETES_LABEL_SELECTOR_ANNOTATION,
  Verdict,
} from 'backstage-plugin-mesh-common';
import { MeshEntity } from '../catalog/meshEntity';
import { AnswerStore } from './AnswerStore';

/** The verdict on an entity of which nothing runs that is known: unknown, with what would change that. */
export function noWorkloads(
  entity: MeshEntity,
  store: AnswerStore,
): Answer<Verdict> {
  const { cause, text } = reasonOf(entity, store);
  return {
    value: 'unknown',
    ...(cause && { cause }),
    reasons: [{ rule: 'mesh/entity/no-workload', text }],
  };
}

function reasonOf(
  entity: MeshEntity,
  store: AnswerStore,
): { cause?: Cause; text: string } {
  const { selection, ref } = entity;
  if (!selection) {
    return {
      text: `${ref} has neither the annotation ${KUBERNETES_ID_ANNOTATION} nor ${KUBERNETES_LABEL_SELECTOR_ANNOTATION}, which say which workloads are its own`,
    };
  }
  const { clusters, clusterListProblem } = store;
  const limit = store.scopeLimit(entity);
  const names = clusters.map(({ name }) => name);
  if (names.length === 0) {
    return clusterListProblem === undefined
      ? { text: 'No cluster is configured' }
      : { cause: 'unreachable', text: clusterListProblem };
  }
  if (selection.cluster && !names.includes(selection.cluster)) {
    return {
      text: `The annotation ${KUBERNETES_CLUSTER_ANNOTATION} names ${
        selection.cluster
      }, and there are only ${names.join(', ')}`,
    };
  }
  const asked = clusters.filter(
    ({ name }) => !selection.cluster || selection.cluster === name,
  );
  const unread = asked.flatMap(({ state }) => unreadPods(state));
  const where = selection.namespace
    ? ` in the namespace ${selection.namespace}`
    : '';
  const found = `No workload with the labels ${
    selection.selectorText
  } was found${where} on ${asked.map(({ name }) => name).join(', ')}`;
  const text = limit === undefined ? found : `${limit}. ${found}`;
  return unread.length === 0
    ? { text }
    : {
        cause: unread[0].cause,
        text: [text, ...unread.map(({ message }) => message)].join('. '),
      };
}

/** Why the workloads of a cluster are not known, where that is so. */
function unreadPods(state: ClusterState): { cause: Cause; message: string }[] {
  if (state.status === 'syncing' || state.status === 'unsupported-auth') {
    return [
      {
        cause: 'unreachable',
        message: `${state.name}: ${state.message ?? state.status}`,
      },
    ];
  }
  return state.unread
    .filter(({ kind }) => kind === 'Pod')
    .map(({ cause, message }) => ({
      cause,
      message: `${state.name}: ${message}`,
    }));
}
