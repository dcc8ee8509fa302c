import {
  ControlPlaneComponent,
  ControlPlaneFact,
  ControlPlaneState,
} from '../../contract/controlPlane';
import { Namespace, WorkloadController } from '../../kubernetes/core';
import {
  About,
  component,
  fact,
  judged,
  readinessOf,
  unreadKind,
} from '../../mesh/control-plane/facts';
import { hasEnded } from '../../mesh/hasEnded';
import { addTo } from '../../snapshot/addTo';
import { defineIndex } from '../../snapshot/defineIndex';
import { defineQuestion } from '../../snapshot/defineQuestion';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { proxyOf } from '../proxy';
import { versionOfPart } from './parts';

const LABEL = 'linkerd.io/extension';

/** Extensions that Linkerd no longer has, and what is there instead. */
const REMOVED: ReadonlyMap<string, string> = new Map([
  [
    'jaeger',
    'it was removed in October 2025 (2.19): proxies send their traces themselves (proxy.tracing.enabled)',
  ],
  [
    'smi',
    'TrafficSplits are read by nobody any more: weights are in HTTPRoutes',
  ],
]);

const extensionIndex = defineIndex(['Namespace'], ({ objects }) => {
  const byName = new Map<string, Namespace[]>();
  for (const namespace of objects('Namespace')) {
    const name = namespace.metadata.labels[LABEL];
    if (name !== undefined) {
      addTo(byName, name, namespace);
    }
  }
  return new Map([...byName].sort(([a], [b]) => a.localeCompare(b)));
});

/** The namespaces that say that an extension is in them. */
export function extensionNamespaces(
  snapshot: MeshSnapshot,
  name: string,
): readonly Namespace[] {
  return extensionIndex(snapshot).get(name) ?? [];
}

/** How many pods there are, and how many of them without a proxy. */
interface PodCount {
  pods: number;
  bare: number;
}

const podCount = defineQuestion<PodCount>(
  (snapshot, namespace) => {
    const count = { pods: 0, bare: 0 };
    for (const pod of snapshot.bucket('Pod', namespace).values()) {
      if (!hasEnded(pod)) {
        count.pods += 1;
        count.bare += proxyOf(pod) ? 0 : 1;
      }
    }
    return count;
  },
  (a, b) => a.pods === b.pods && a.bare === b.bare,
);

/**
 * The extensions that are installed, which namespaces say they are: each is in one namespace, its Deployments are ready
 * and its pods have proxies.
 *
 * Upstream: pkg/healthcheck, "namespace configuration for extensions" (l5d-extension-namespaces); viz/pkg/healthcheck and
 * multicluster/cmd/check.go, "pods are injected", "pods are running".
 */
export function extensionFacts(about: About): ControlPlaneFact[] {
  const unread = unreadKind(about, 'extensions', 'Namespace');
  if (unread) {
    return [fact('extensions', 'Extensions', unread)];
  }
  return [...extensionIndex(about.snapshot)].map(([name, namespaces]) =>
    fact(
      `extension-${name}`,
      `Extension ${name}`,
      extensionAnswer(about, name, namespaces),
    ),
  );
}

function extensionAnswer(
  about: About,
  name: string,
  namespaces: readonly Namespace[],
): ControlPlaneFact['answer'] {
  const [namespace] = namespaces;
  const decider = {
    kind: 'Namespace' as const,
    object: namespace,
    field: `metadata.labels.${LABEL}`,
  };
  const say = (value: ControlPlaneState, text: string) =>
    judged(about, 'extension', value, text, decider);
  const names = namespaces.map(({ metadata }) => metadata.name).sort();
  const removed = REMOVED.get(name);
  if (names.length > 1) {
    return say(
      'notice',
      `Namespaces ${names.join(
        ', ',
      )} all say that they are extension ${name}: the command looks into one of them only. Take the label ${LABEL} from the others`,
    );
  }
  if (removed) {
    return say(
      'notice',
      `Extension ${name} is installed in namespace ${names[0]}, which Linkerd no longer has: ${removed}`,
    );
  }
  const unread =
    unreadKind(about, 'extension', 'apps/Deployment') ??
    unreadKind(about, 'extension', 'Pod');
  if (unread) {
    return unread;
  }
  const deployments = deploymentsIn(about, namespace);
  const notReady = deployments.filter(one => {
    const { ready, replicas } = readinessOf(one);
    return ready < replicas;
  });
  const { pods, bare } = podCount(about.snapshot, namespace.metadata.name);
  const problems = [
    ...(notReady.length > 0
      ? [
          `not all pods of ${notReady
            .map(({ metadata }) => metadata.name)
            .join(', ')} are ready`,
        ]
      : []),
    ...(bare > 0
      ? [
          `${
            bare === 1 ? '1 pod has' : `${bare} pods have`
          } no proxy: is linkerd.io/inject: enabled on the namespace?`,
        ]
      : []),
  ];
  if (problems.length > 0) {
    return say('notice', `In namespace ${names[0]} ${problems.join('; ')}`);
  }
  if (deployments.length === 0) {
    return say(
      'info',
      `It is in namespace ${names[0]}, which has no Deployment`,
    );
  }
  return pods === 0
    ? say(
        'notice',
        `It is in namespace ${names[0]}, which has no pod: nothing of it runs`,
      )
    : say(
        'good',
        `It is in namespace ${names[0]}, all of its Deployments are ready, and its pods have proxies`,
      );
}

function deploymentsIn(
  { snapshot }: About,
  { metadata }: Namespace,
): WorkloadController[] {
  return [...snapshot.list('apps/Deployment', metadata.name)].sort((a, b) =>
    a.metadata.name.localeCompare(b.metadata.name),
  );
}

/** The Deployments of the extensions. */
export function extensionComponents(about: About): ControlPlaneComponent[] {
  return [...extensionIndex(about.snapshot).values()]
    .flat()
    .flatMap(namespace => deploymentsIn(about, namespace))
    .map(object =>
      component(
        about,
        { kind: 'apps/Deployment', object },
        readinessOf(object),
        versionOfPart(object),
      ),
    );
}
