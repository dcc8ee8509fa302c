import {
  Manifest,
  manifest,
  metadataOf,
  podLabels,
  PolicyTask,
} from './manifest';
import { PolicyItem } from './checklistItems';

/** The account that the pods run under: in both meshes, it is the identity of the service. */
export function serviceAccount(task: PolicyTask): Manifest {
  return manifest(
    {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: metadataOf(task),
    },
    'The account that the pods must run under: it is the identity of the service in the mesh',
  );
}

/** The Service. Its port is named after the protocol, as Istio reads it. */
export function service(
  task: PolicyTask,
  options: {
    annotations?: Readonly<Record<string, string>>;
    satisfies?: readonly PolicyItem[];
  } = {},
): Manifest {
  const { intent } = task;
  const { annotations = {}, satisfies = [] } = options;
  return manifest(
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: {
        ...metadataOf(task),
        ...(Object.keys(annotations).length > 0 && { annotations }),
      },
      spec: {
        selector: podLabels(intent),
        ports: [
          {
            name: intent.protocol,
            port: intent.port,
            targetPort: intent.port,
            protocol: 'TCP',
          },
        ],
      },
    },
    Object.keys(annotations).length > 0
      ? 'The name that callers use, with what their proxies do when it is slow or fails'
      : 'The name that callers use',
    satisfies,
  );
}

/** What the pods need, which are not generated. */
export function podsNote({ intent }: PolicyTask): string {
  return `The pods are yours: give them the labels app.kubernetes.io/name: ${intent.name} and backstage.io/kubernetes-id: ${intent.name}, serviceAccountName: ${intent.name}, and a container that listens on port ${intent.port}`;
}

/** That nobody may call, where that is what the intent says. */
export function callersNotes({ intent }: PolicyTask): string[] {
  return intent.callers.length === 0
    ? ['No caller is named: nobody may call the service until one is allowed']
    : [];
}
