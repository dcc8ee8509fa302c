import { clusterOf, document } from '../linkerd/__testUtils__/cluster';
import { Analyzer } from './Analyzer';
import { jobKeptByProxy } from './checks/MESH-0010';

interface Question {
  owner?: string;
  proxy?: string;
  native?: boolean;
  /** Of the containers in their order: ended or not. */
  ended?: boolean[];
  phase?: string;
}

function found({
  owner = 'Job',
  proxy = 'istio-proxy',
  native = false,
  ended = [true, false],
  phase = 'Running',
}: Question): number {
  const names = ['app', ...(native ? [] : [proxy])];
  const yaml = document({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'report-1',
      namespace: 'shop',
      ownerReferences: [
        {
          apiVersion: 'batch/v1',
          kind: owner,
          name: 'report',
          controller: true,
        },
      ],
    },
    spec: {
      containers: names.map(name => ({ name })),
      ...(native && {
        initContainers: [{ name: proxy, restartPolicy: 'Always' }],
      }),
    },
    status: {
      phase,
      containerStatuses: names.slice(0, ended.length).map((name, index) => ({
        name,
        state: ended[index] ? { terminated: { exitCode: 0 } } : { running: {} },
      })),
    },
  });
  return Analyzer.create([jobKeptByProxy]).analyze(clusterOf(yaml)).findings
    .length;
}

it.each<[string, Question, number]>([
  ['whose application has ended', {}, 1],
  ['of Linkerd whose application has ended', { proxy: 'linkerd-proxy' }, 1],
  ['whose application runs', { ended: [false, false] }, 0],
  ['whose proxy has ended too', { ended: [true, true] }, 0],
  ['which has ended', { phase: 'Succeeded' }, 0],
  ['with a native sidecar', { native: true, ended: [true] }, 0],
  ['with another container', { proxy: 'logs' }, 0],
  ['whose status is not there yet', { ended: [true] }, 0],
  ['of no Job', { owner: 'ReplicaSet' }, 0],
])('finds a pod %s or not', (_, question, expected) => {
  expect(found(question)).toBe(expected);
});
