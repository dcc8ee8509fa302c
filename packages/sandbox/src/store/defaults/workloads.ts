import type { JsonRecord } from '../values';
import { change, fill } from './fill';
import { podTemplateDefaults } from './podSpec';

export function deploymentDefaults(spec: JsonRecord): JsonRecord {
  return podTemplateDefaults(
    change(
      fill(spec, {
        replicas: 1,
        strategy: {},
        revisionHistoryLimit: 10,
        progressDeadlineSeconds: 600,
      }),
      'strategy',
      strategy => rolling(strategy, { maxSurge: '25%', maxUnavailable: '25%' }),
    ),
  );
}

export function replicaSetDefaults(spec: JsonRecord): JsonRecord {
  return podTemplateDefaults(fill(spec, { replicas: 1 }));
}

export function statefulSetDefaults(spec: JsonRecord): JsonRecord {
  return podTemplateDefaults(
    change(
      fill(spec, {
        replicas: 1,
        podManagementPolicy: 'OrderedReady',
        persistentVolumeClaimRetentionPolicy: {
          whenDeleted: 'Retain',
          whenScaled: 'Retain',
        },
        updateStrategy: {},
        revisionHistoryLimit: 10,
      }),
      'updateStrategy',
      strategy => rolling(strategy, { partition: 0 }),
    ),
  );
}

export function daemonSetDefaults(spec: JsonRecord): JsonRecord {
  return podTemplateDefaults(
    change(
      fill(spec, { updateStrategy: {}, revisionHistoryLimit: 10 }),
      'updateStrategy',
      strategy => rolling(strategy, { maxSurge: 0, maxUnavailable: 1 }),
    ),
  );
}

export function jobDefaults(spec: JsonRecord): JsonRecord {
  return podTemplateDefaults(
    fill(spec, {
      backoffLimit: 6,
      completionMode: 'NonIndexed',
      completions: 1,
      manualSelector: false,
      parallelism: 1,
      podReplacementPolicy: 'TerminatingOrFailed',
      suspend: false,
    }),
  );
}

export function cronJobDefaults(spec: JsonRecord): JsonRecord {
  return change(
    fill(spec, {
      concurrencyPolicy: 'Allow',
      failedJobsHistoryLimit: 1,
      successfulJobsHistoryLimit: 3,
      suspend: false,
    }),
    'jobTemplate',
    template => change(template, 'spec', podTemplateDefaults),
  );
}

function rolling(strategy: JsonRecord, limits: JsonRecord): JsonRecord {
  const result = fill(strategy, { type: 'RollingUpdate' });
  return result.type === 'RollingUpdate'
    ? { ...result, rollingUpdate: fill(result.rollingUpdate, limits) }
    : result;
}
