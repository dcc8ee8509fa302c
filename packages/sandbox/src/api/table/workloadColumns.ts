import type { StoredObject } from '../../store/types';
import { recordOf } from '../../store/values';
import { humanDuration, timeSince } from '../duration';
import { readPath } from '../jsonPath';
import { formatLabelSelector } from '../labelSelector';
import {
  ageColumn,
  count,
  joined,
  members,
  nameColumn,
  NONE,
  pairs,
  spec,
  status,
  text,
} from './cells';
import { column, integer, wide, type Column } from './types';

function containers(path: string): Column[] {
  const all = (object: StoredObject) => members(readPath(object, path));
  return [
    wide('Containers', object => joined(all(object).map(c => c.name))),
    wide('Images', object => joined(all(object).map(c => c.image))),
  ];
}

const TEMPLATE = containers('spec.template.spec.containers');
const SELECTOR = wide('Selector', object =>
  formatLabelSelector(spec(object).selector),
);

const ready = column(
  'Ready',
  object =>
    `${count('status.readyReplicas')(object)}/${count('spec.replicas')(
      object,
    )}`,
);

export const deploymentColumns: readonly Column[] = [
  nameColumn,
  ready,
  column('Up-to-date', count('status.updatedReplicas')),
  column('Available', count('status.availableReplicas')),
  ageColumn,
  ...TEMPLATE,
  SELECTOR,
];

export const replicaSetColumns: readonly Column[] = [
  nameColumn,
  integer('Desired', count('spec.replicas')),
  integer('Current', count('status.replicas')),
  integer('Ready', count('status.readyReplicas')),
  ageColumn,
  ...TEMPLATE,
  SELECTOR,
];

export const statefulSetColumns: readonly Column[] = [
  nameColumn,
  ready,
  ageColumn,
  ...TEMPLATE,
];

export const daemonSetColumns: readonly Column[] = [
  nameColumn,
  integer('Desired', count('status.desiredNumberScheduled')),
  integer('Current', count('status.currentNumberScheduled')),
  integer('Ready', count('status.numberReady')),
  integer('Up-to-date', count('status.updatedNumberScheduled')),
  integer('Available', count('status.numberAvailable')),
  column('Node Selector', object =>
    pairs(readPath(object, 'spec.template.spec.nodeSelector')),
  ),
  ageColumn,
  ...TEMPLATE,
  SELECTOR,
];

export const jobColumns: readonly Column[] = [
  nameColumn,
  column('Status', jobStatus),
  column(
    'Completions',
    job => `${count('status.succeeded')(job)}/${spec(job).completions ?? 1}`,
  ),
  column('Duration', jobDuration),
  ageColumn,
  ...TEMPLATE,
  SELECTOR,
];

/** The conditions that end or hold a job, the deciding one first. */
const JOB_STATES = new Map([
  ['Complete', 'Complete'],
  ['Failed', 'Failed'],
  ['Suspended', 'Suspended'],
  ['FailureTarget', 'FailureTarget'],
  ['SuccessCriteriaMet', 'SuccessCriteriaMet'],
]);

function jobStatus(job: StoredObject): string {
  const held = new Set(
    members(status(job).conditions)
      .filter(condition => condition.status === 'True')
      .map(condition => condition.type),
  );
  for (const [type, name] of JOB_STATES) {
    if (type === 'Suspended' && job.metadata.deletionTimestamp) {
      return 'Terminating';
    }
    if (held.has(type)) {
      return name;
    }
  }
  return 'Running';
}

function jobDuration(job: StoredObject, now: Date): string {
  const { startTime, completionTime } = status(job);
  if (typeof startTime !== 'string') {
    return '';
  }
  const end =
    typeof completionTime === 'string'
      ? Date.parse(completionTime)
      : now.getTime();
  return humanDuration(end - Date.parse(startTime));
}

export const cronJobColumns: readonly Column[] = [
  nameColumn,
  column('Schedule', text('spec.schedule')),
  column('Timezone', text('spec.timeZone', NONE)),
  column('Suspend', job => (spec(job).suspend === true ? 'True' : 'False'), {
    type: 'boolean',
  }),
  integer('Active', job => members(status(job).active).length),
  column('Last Schedule', (job, now) =>
    status(job).lastScheduleTime === undefined
      ? NONE
      : timeSince(status(job).lastScheduleTime, now),
  ),
  ageColumn,
  ...containers('spec.jobTemplate.spec.template.spec.containers'),
];

export const autoscalerColumns: readonly Column[] = [
  nameColumn,
  column('Reference', object => {
    const target = recordOf(spec(object).scaleTargetRef);
    return `${target.kind}/${target.name}`;
  }),
  column('Targets', targets),
  column('MinPods', text('spec.minReplicas', '<unset>')),
  column('MaxPods', count('spec.maxReplicas')),
  column('Replicas', count('status.currentReplicas')),
  ageColumn,
];

/** The resource metrics, as `cpu: 20%/80%`. */
function targets(object: StoredObject): string {
  const current = new Map(
    members(status(object).currentMetrics).map(metric => [
      recordOf(metric.resource).name,
      recordOf(recordOf(metric.resource).current).averageUtilization,
    ]),
  );
  return joined(
    members(spec(object).metrics).map(metric => {
      const resource = recordOf(metric.resource);
      const target = recordOf(resource.target).averageUtilization;
      const now = current.get(resource.name);
      const known = now === undefined ? '<unknown>' : `${now}%`;
      return metric.type === 'Resource' && target !== undefined
        ? `${resource.name}: ${known}/${target}%`
        : `<unknown>/${metric.type}`;
    }),
    ', ',
  );
}

export const disruptionBudgetColumns: readonly Column[] = [
  nameColumn,
  column('Min Available', text('spec.minAvailable', 'N/A')),
  column('Max Unavailable', text('spec.maxUnavailable', 'N/A')),
  integer('Allowed Disruptions', count('status.disruptionsAllowed')),
  ageColumn,
];
