import { isRecord, listOf, recordOf, type JsonRecord } from '../values';
import { change, changeEach, fill } from './fill';

/** The defaults of a pod's spec, alone or in a template. */
export function podSpecDefaults(spec: JsonRecord): JsonRecord {
  let result = fill(spec, {
    restartPolicy: 'Always',
    dnsPolicy: 'ClusterFirst',
    schedulerName: 'default-scheduler',
    securityContext: {},
    terminationGracePeriodSeconds: 30,
  });
  const account = result.serviceAccountName ?? result.serviceAccount;
  if (account !== undefined) {
    result = {
      ...result,
      serviceAccountName: account,
      serviceAccount: account,
    };
  }
  for (const list of ['initContainers', 'containers', 'ephemeralContainers']) {
    result = changeEach(result, list, containerDefaults);
  }
  return changeEach(result, 'volumes', volumeDefaults);
}

/** The defaults of a template that pods are made of. */
export function podTemplateDefaults(spec: JsonRecord): JsonRecord {
  return change(spec, 'template', template =>
    change(template, 'spec', podSpecDefaults),
  );
}

/** What only a pod itself has. */
export function podDefaults(spec: JsonRecord): JsonRecord {
  const filled = podSpecDefaults(fill(spec, { enableServiceLinks: true }));
  return changeEach(
    changeEach(filled, 'initContainers', requestLimits),
    'containers',
    requestLimits,
  );
}

const NODE_TAINTS = [
  'node.kubernetes.io/not-ready',
  'node.kubernetes.io/unreachable',
];

/** What admission adds to a new pod: an account, a priority, and patience with its node. */
export function admitPodSpec(spec: JsonRecord): JsonRecord {
  const tolerations = listOf(spec.tolerations);
  const missing = NODE_TAINTS.filter(
    key =>
      !tolerations.some(toleration =>
        [key, undefined].includes(text(recordOf(toleration).key)),
      ),
  ).map(key => ({
    key,
    operator: 'Exists',
    effect: 'NoExecute',
    tolerationSeconds: 300,
  }));
  return podSpecDefaults(
    fill(
      { ...spec, tolerations: [...tolerations, ...missing] },
      {
        serviceAccountName: 'default',
        priority: 0,
        preemptionPolicy: 'PreemptLowerPriority',
      },
    ),
  );
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value ? value : undefined;
}

function containerDefaults(container: JsonRecord): JsonRecord {
  let result = fill(container, {
    imagePullPolicy: pullPolicy(container.image),
    resources: {},
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
  });
  for (const probe of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
    result = change(result, probe, probeDefaults);
  }
  result = change(result, 'lifecycle', lifecycle =>
    ['postStart', 'preStop'].reduce(
      (hooks, name) => change(hooks, name, actionDefaults),
      lifecycle,
    ),
  );
  return changeEach(result, 'env', variable =>
    change(variable, 'valueFrom', source =>
      change(source, 'fieldRef', field => fill(field, { apiVersion: 'v1' })),
    ),
  );
}

/** What a container of a pod has as a limit, it also asks for, unless it asks for something else. */
function requestLimits(container: JsonRecord): JsonRecord {
  return change(container, 'resources', resources =>
    isRecord(resources.limits)
      ? {
          ...resources,
          requests: { ...resources.limits, ...recordOf(resources.requests) },
        }
      : resources,
  );
}

/** An image that may change under its name is pulled each time. */
function pullPolicy(image: unknown): string {
  const name = typeof image === 'string' ? image : '';
  const tag = /:([^:/@]+)(@.*)?$/.exec(name)?.[1];
  const pinned = name.includes('@') || (tag !== undefined && tag !== 'latest');
  return pinned ? 'IfNotPresent' : 'Always';
}

function probeDefaults(probe: JsonRecord): JsonRecord {
  return actionDefaults(
    fill(probe, {
      timeoutSeconds: 1,
      periodSeconds: 10,
      successThreshold: 1,
      failureThreshold: 3,
    }),
  );
}

function actionDefaults(action: JsonRecord): JsonRecord {
  return change(action, 'httpGet', get =>
    fill(get, { path: '/', scheme: 'HTTP' }),
  );
}

/** Kinds of volumes with the mode of their files, 0644. */
const FILE_SOURCES = ['configMap', 'secret', 'downwardAPI', 'projected'];

function volumeDefaults(volume: JsonRecord): JsonRecord {
  if (Object.keys(volume).every(name => name === 'name')) {
    return { ...volume, emptyDir: {} };
  }
  let result = change(volume, 'hostPath', path => fill(path, { type: '' }));
  for (const source of FILE_SOURCES) {
    result = change(result, source, files => fill(files, { defaultMode: 420 }));
  }
  return change(result, 'projected', projected =>
    changeEach(projected, 'sources', source =>
      change(
        change(source, 'serviceAccountToken', token =>
          fill(token, { expirationSeconds: 3600 }),
        ),
        'downwardAPI',
        downward =>
          changeEach(downward, 'items', item =>
            change(item, 'fieldRef', field =>
              fill(field, { apiVersion: 'v1' }),
            ),
          ),
      ),
    ),
  );
}
