import { parseAllDocuments } from 'yaml';
import { Analysis, Analyzer } from '../analysis/Analyzer';
import { CHECKS } from '../analysis/catalogue';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { generatorFor, GeneratedFile } from './generate';
import { objectLabels, PolicyTask } from './manifest';

/**
 * Reads the files back and runs every check over them, together with a pod of the service as its mesh would
 * carry it, and one of each account that may be named. What is said of other objects of the cluster is not known here.
 *
 * @public
 */
export function checkPolicies(
  task: PolicyTask,
  files: readonly GeneratedFile[],
): Analysis & { checks: number } {
  const objects = files.flatMap(({ content }) =>
    parseAllDocuments(content).map(document => document.toJS()),
  );
  const snapshot = MeshSnapshot.of(
    task.placement.cluster,
    [podOf(task), ...accountsThatRun(task).map(podUnder), ...objects],
    'files',
  );
  return {
    ...Analyzer.create(CHECKS).analyze(snapshot),
    checks: CHECKS.length,
  };
}

function podOf(task: PolicyTask): object {
  const { intent, placement } = task;
  const carried = generatorFor(task).carried(task);
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: intent.name,
      namespace: placement.namespace,
      labels: { ...objectLabels(intent), ...carried.labels },
      annotations: { ...carried.annotations },
    },
    spec: {
      serviceAccountName: intent.name,
      containers: [
        {
          name: intent.name,
          ports: [{ name: intent.protocol, containerPort: intent.port }],
          ...(intent.probes.length > 0 && {
            readinessProbe: {
              httpGet: { path: intent.probes[0], port: intent.port },
            },
          }),
        },
        ...(carried.containers ?? []),
      ],
    },
    status: { phase: 'Running' },
  };
}

interface Account {
  namespace: string;
  serviceAccount: string;
}

/** The callers, which are looked up in the cluster or given by who asks, and the waypoint. */
function accountsThatRun({ intent, placement }: PolicyTask): Account[] {
  const { waypoint } = placement;
  return [
    ...intent.callers,
    ...(waypoint
      ? [
          {
            namespace: waypoint.namespace,
            // Istio names the account of a waypoint that it runs itself after the Gateway.
            serviceAccount: waypoint.serviceAccount ?? waypoint.name,
          },
        ]
      : []),
  ];
}

function podUnder(
  { namespace, serviceAccount }: Account,
  index: number,
): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `account-${index}`, namespace },
    spec: {
      serviceAccountName: serviceAccount,
      containers: [{ name: 'account' }],
    },
    status: { phase: 'Running' },
  };
}
