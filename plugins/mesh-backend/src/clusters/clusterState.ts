import { ClusterState, KindId, ReadState } from 'backstage-plugin-mesh-common';
import { ClusterInfo } from './ClusterTransport';
import { ReflectorState } from './ReflectorStatus';

/** How well a cluster could be read, from how well each kind could. */
export function clusterState(
  info: ClusterInfo,
  kinds: ReadonlyMap<KindId, ReflectorState>,
): ClusterState {
  const { name, title, dashboardUrl, unsupportedAuth } = info;
  const shown = {
    name,
    ...(title && { title }),
    ...(dashboardUrl && { dashboardUrl }),
  };
  if (unsupportedAuth) {
    return {
      ...shown,
      status: 'unsupported-auth',
      message: unsupportedAuth,
      unread: [],
    };
  }
  return { ...shown, ...readStatus(kinds), unread: unreadKinds(kinds) };
}

type Unread = Exclude<ReadState, { state: 'read' }>;

function readStatus(
  kinds: ReadonlyMap<KindId, ReflectorState>,
): Pick<ClusterState, 'status' | 'message' | 'since'> {
  const states = [...kinds.values()].filter(({ state }) => state !== 'absent');
  const silent = states.flatMap(state =>
    state.state === 'stale' || state.state === 'unreachable' ? state : [],
  );
  if (states.length > 0 && silent.length === states.length) {
    const stale = silent.filter(({ state }) => state === 'stale');
    const [first] = [...(stale.length > 0 ? stale : silent)].sort(bySince);
    return {
      status: stale.length > 0 ? 'stale' : 'unreachable',
      message: first.message,
      ...(first.since && { since: first.since }),
    };
  }
  if (states.length === 0 || states.some(({ state }) => state === 'pending')) {
    return { status: 'syncing', message: 'The cluster is being read' };
  }
  const failed = states.flatMap(state =>
    'message' in state ? [state.message] : [],
  );
  return failed.length > 0
    ? {
        status: 'partial',
        message:
          failed.length === 1
            ? failed[0]
            : `${failed.length} kinds could not be read`,
      }
    : { status: 'synced' };
}

function bySince(a: Unread, b: Unread): number {
  return (a.since ?? '').localeCompare(b.since ?? '');
}

function unreadKinds(
  kinds: ReadonlyMap<KindId, ReflectorState>,
): ClusterState['unread'] {
  return [...kinds].flatMap(([kind, state]) =>
    'message' in state
      ? [{ kind, cause: state.state, message: state.message }]
      : [],
  );
}
