import type { StoredObject } from '../../store/types';
import { isRecord, recordOf, type JsonRecord } from '../../store/values';
import { timeSince } from '../duration';
import {
  ageColumn,
  members,
  nameColumn,
  NONE,
  spec,
  status,
  text,
} from './cells';
import { column, wide, type Column } from './types';

/** What a list shows of a pod, computed as the API server does from its container statuses. */
interface PodSummary {
  ready: number;
  total: number;
  reason: string;
  restarts: number;
  lastRestart?: string;
}

export const podColumns: readonly Column[] = [
  nameColumn,
  column('Ready', pod => {
    const { ready, total } = summarize(pod);
    return `${ready}/${total}`;
  }),
  column('Status', pod => summarize(pod).reason),
  column('Restarts', (pod, now) => {
    const { restarts, lastRestart } = summarize(pod);
    return restarts !== 0 && lastRestart
      ? `${restarts} (${timeSince(lastRestart, now)} ago)`
      : String(restarts);
  }),
  ageColumn,
  wide('IP', text('status.podIPs[0].ip', NONE)),
  wide('Node', text('spec.nodeName', NONE)),
  wide('Nominated Node', text('status.nominatedNodeName', NONE)),
  wide('Readiness Gates', readinessGates),
];

function readinessGates(pod: StoredObject): string {
  const gates = members(spec(pod).readinessGates);
  const passed = gates.filter(gate =>
    hasCondition(pod, String(gate.conditionType)),
  );
  return gates.length > 0 ? `${passed.length}/${gates.length}` : NONE;
}

function hasCondition(pod: StoredObject, type: string): boolean {
  return members(status(pod).conditions).some(
    condition => condition.type === type && condition.status === 'True',
  );
}

function summarize(pod: StoredObject): PodSummary {
  const containers = members(spec(pod).containers);
  const sidecars = new Set(
    members(spec(pod).initContainers)
      .filter(container => container.restartPolicy === 'Always')
      .map(container => container.name),
  );
  const phase = String(status(pod).phase ?? '');
  const summary: PodSummary = {
    ready: 0,
    total: containers.length + sidecars.size,
    reason: String(status(pod).reason ?? phase),
    restarts: 0,
  };
  const gated = members(status(pod).conditions).some(
    condition =>
      condition.type === 'PodScheduled' &&
      condition.reason === 'SchedulingGated',
  );
  if (gated) {
    summary.reason = 'SchedulingGated';
  }
  const initializing = addInitContainers(summary, pod, sidecars);
  if (!initializing || hasCondition(pod, 'Initialized')) {
    addContainers(summary, pod, sidecars);
  }
  if (pod.metadata.deletionTimestamp) {
    if (status(pod).reason === 'NodeLost') {
      summary.reason = 'Unknown';
    } else if (phase !== 'Failed' && phase !== 'Succeeded') {
      summary.reason = 'Terminating';
    }
  }
  return summary;
}

/** Goes through the init containers up to the one that is at work; true where there is one. */
function addInitContainers(
  summary: PodSummary,
  pod: StoredObject,
  sidecars: ReadonlySet<unknown>,
): boolean {
  const statuses = members(status(pod).initContainerStatuses);
  for (const [index, container] of statuses.entries()) {
    addRestarts(summary, container);
    const { terminated, waiting } = statesOf(container);
    const done = terminated?.exitCode === 0;
    const running = sidecars.has(container.name) && container.started === true;
    if (!done && running && container.ready === true) {
      summary.ready += 1;
    }
    if (!done && !running) {
      const count = members(spec(pod).initContainers).length;
      if (terminated) {
        summary.reason = `Init:${endOf(terminated)}`;
      } else if (waiting?.reason && waiting.reason !== 'PodInitializing') {
        summary.reason = `Init:${waiting.reason}`;
      } else {
        summary.reason = `Init:${index}/${count}`;
      }
      return true;
    }
  }
  return false;
}

function addContainers(
  summary: PodSummary,
  pod: StoredObject,
  sidecars: ReadonlySet<unknown>,
): void {
  summary.restarts = 0;
  summary.lastRestart = undefined;
  members(status(pod).initContainerStatuses)
    .filter(container => sidecars.has(container.name))
    .forEach(container => addRestarts(summary, container));
  let hasRunning = false;
  let failure = '';
  for (const container of members(status(pod).containerStatuses).reverse()) {
    addRestarts(summary, container);
    const { terminated, waiting, running } = statesOf(container);
    if (waiting?.reason) {
      summary.reason = String(waiting.reason);
    } else if (terminated) {
      summary.reason = endOf(terminated);
      if (terminated.exitCode !== 0) {
        failure = summary.reason;
      }
    } else if (container.ready === true && running) {
      hasRunning = true;
      summary.ready += 1;
    }
  }
  if (summary.reason === 'Completed') {
    if (hasRunning && hasCondition(pod, 'Ready')) {
      summary.reason = 'Running';
    } else if (failure || hasRunning) {
      summary.reason = failure || 'NotReady';
    }
  }
}

function addRestarts(summary: PodSummary, container: JsonRecord): void {
  summary.restarts += Number(container.restartCount ?? 0);
  const last = recordOf(recordOf(container.lastState).terminated).finishedAt;
  if (
    typeof last === 'string' &&
    (!summary.lastRestart || last > summary.lastRestart)
  ) {
    summary.lastRestart = last;
  }
}

function statesOf(container: JsonRecord) {
  const { terminated, waiting, running } = recordOf(container.state);
  return {
    terminated: isRecord(terminated) ? terminated : undefined,
    waiting: isRecord(waiting) ? waiting : undefined,
    running: isRecord(running) ? running : undefined,
  };
}

function endOf(terminated: JsonRecord): string {
  if (terminated.reason) {
    return String(terminated.reason);
  }
  return terminated.signal
    ? `Signal:${terminated.signal}`
    : `ExitCode:${terminated.exitCode}`;
}
