import { parse } from 'yaml';
import { podColumns } from './podColumns';

const NOW = new Date('2026-01-01T01:00:00Z');

function cells(yaml: string): unknown[] {
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p', creationTimestamp: '2026-01-01T00:00:00Z' },
    ...parse(yaml),
  };
  return podColumns
    .filter(({ priority }) => priority === 0)
    .map(({ cell }) => cell(pod, NOW));
}

const RUNNING = 'state: { running: {} }, ready: true, started: true';

it.each([
  [
    'no status yet',
    'spec: { containers: [{ name: a }] }\nstatus: { phase: Pending }',
    ['p', '0/1', 'Pending', '0', '60m'],
  ],
  [
    'a sidecar that is an init container',
    `
spec: { initContainers: [{ name: proxy, restartPolicy: Always }], containers: [{ name: a }] }
status:
  phase: Running
  initContainerStatuses: [{ name: proxy, restartCount: 1, ${RUNNING} }]
  containerStatuses: [{ name: a, restartCount: 2, ${RUNNING}, lastState: { terminated: { finishedAt: "2026-01-01T00:50:00Z" } } }]`,
    ['p', '2/2', 'Running', '3 (10m ago)', '60m'],
  ],
  [
    'an init container at work',
    `
spec: { initContainers: [{ name: i }, { name: j }], containers: [{ name: a }] }
status:
  phase: Pending
  initContainerStatuses: [{ name: i, restartCount: 0, state: { terminated: { exitCode: 0 } } }, { name: j, restartCount: 0, state: { running: {} } }]
  containerStatuses: [{ name: a, restartCount: 0, state: { waiting: { reason: PodInitializing } } }]`,
    ['p', '0/1', 'Init:1/2', '0', '60m'],
  ],
  [
    'an init container that fails',
    `
spec: { initContainers: [{ name: i }], containers: [{ name: a }] }
status:
  phase: Pending
  initContainerStatuses: [{ name: i, restartCount: 4, state: { waiting: { reason: CrashLoopBackOff } } }]`,
    ['p', '0/1', 'Init:CrashLoopBackOff', '4', '60m'],
  ],
  [
    'a container that crashes',
    `
spec: { containers: [{ name: a }, { name: b }] }
status:
  phase: Running
  containerStatuses: [{ name: a, restartCount: 7, state: { waiting: { reason: CrashLoopBackOff } } }, { name: b, restartCount: 0, ${RUNNING} }]`,
    ['p', '1/2', 'CrashLoopBackOff', '7', '60m'],
  ],
  [
    'a job whose sidecar is left',
    `
spec: { containers: [{ name: a }, { name: b }] }
status:
  phase: Running
  containerStatuses: [{ name: a, restartCount: 0, state: { terminated: { exitCode: 0, reason: Completed } } }, { name: b, restartCount: 0, ${RUNNING} }]`,
    ['p', '1/2', 'NotReady', '0', '60m'],
  ],
  [
    'an exit without a reason',
    `
spec: { containers: [{ name: a }] }
status: { phase: Failed, containerStatuses: [{ name: a, restartCount: 0, state: { terminated: { exitCode: 3 } } }] }`,
    ['p', '0/1', 'ExitCode:3', '0', '60m'],
  ],
  [
    'a pod that goes',
    'metadata: { name: p, creationTimestamp: "2026-01-01T00:00:00Z", deletionTimestamp: "2026-01-01T00:59:00Z" }\nspec: { containers: [{ name: a }] }\nstatus: { phase: Running }',
    ['p', '0/1', 'Terminating', '0', '60m'],
  ],
  [
    'an evicted pod',
    'spec: { containers: [{ name: a }] }\nstatus: { phase: Failed, reason: Evicted }',
    ['p', '0/1', 'Evicted', '0', '60m'],
  ],
])('shows %s', (_name, yaml, expected) => {
  expect(cells(yaml)).toEqual(expected);
});
