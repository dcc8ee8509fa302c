import { parseAllDocuments } from 'yaml';
import { Analysis, Analyzer } from '../analysis/Analyzer';
import { CHECKS } from '../analysis/catalogue';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { generatorFor, GeneratedFile } from './generate';
import { objectLabels, PolicyTask } from './manifest';

/**
 * Reads the files back and runs every check over them, together with a pod of the service as its mesh would
 * carry it. What is said of other objects of the cluster is not known here.
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
    [podOf(task), ...objects],
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
