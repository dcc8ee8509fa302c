import { createHash } from 'node:crypto';
import type { StoredObject } from '../store/types';
import { recordOf } from '../store/values';
import { timestamp } from '../world/clock';
import {
  nodes,
  pods,
  type Container,
  type Node,
  type Pod,
} from '../world/coreKinds';
import { withTransitions } from './conditions';
import { admitPod } from './injection/admission';
import type { Controller, World } from './manager';

/**
 * Scheduler and kubelets: a pod gets the node with the fewest pods, an address of that node, and runs at once. A pod
 * that somebody created by hand passes the webhooks here.
 */
export function createKubelet(): Controller {
  /** The last address that each node gave away. */
  const lastAddress = new Map<string, number>();

  function addressOn(node: Node, used: ReadonlySet<string>): string {
    const [network] = (node.body.spec.podCIDR ?? '10.244.0.0/24').split('/');
    const prefix = network.split('.').slice(0, 3).join('.');
    let last = lastAddress.get(node.name) ?? 1;
    do {
      last = last >= 254 ? 2 : last + 1;
    } while (used.has(`${prefix}.${last}`));
    lastAddress.set(node.name, last);
    return `${prefix}.${last}`;
  }

  return {
    name: 'kubelet',
    reconcile(world) {
      const all = nodes.list(world.store);
      for (const pod of pods.list(world.store)) {
        if (pod.body.status.podIP || all.length === 0) {
          continue;
        }
        const node = nodeFor(world, pod, all);
        const used = new Set(
          pods.list(world.store).map(other => other.body.status.podIP ?? ''),
        );
        const hostIP = internalIP(node);
        const podIP = pod.body.spec.hostNetwork
          ? hostIP
          : addressOn(node, used);
        const bound = bind(world, pod, node.name);
        const running = pods.read(bound);
        if (running) {
          world.store.updateStatus({
            ...bound,
            status: runningStatus(world, running, hostIP, podIP),
          });
        }
      }
    },
  };
}

/** Tells the pod its node. A pod that no controller made has not passed the webhooks yet, which may change it whole. */
function bind({ store }: World, pod: Pod, nodeName: string): StoredObject {
  const object =
    pod.body.metadata.ownerReferences.length > 0
      ? pod.object
      : admitPod(store, pod.object);
  return store.put(
    { ...object, spec: { ...recordOf(object.spec), nodeName } },
    { skipValidation: true },
  );
}

function nodeFor({ store }: World, pod: Pod, all: Node[]): Node {
  const count = (node: Node) =>
    pods.list(store).filter(other => other.body.spec.nodeName === node.name)
      .length;
  return (
    all.find(node => node.name === pod.body.spec.nodeName) ??
    all.reduce((best, node) => (count(node) < count(best) ? node : best))
  );
}

function internalIP(node: Node): string {
  return (
    node.body.status.addresses.find(({ type }) => type === 'InternalIP')
      ?.address ?? '127.0.0.1'
  );
}

function runningStatus(
  { now }: World,
  { body }: Pod,
  hostIP: string,
  podIP: string,
) {
  const startTime = timestamp(now());
  const { initContainers, containers } = body.spec;
  const condition = (type: string) => ({
    type,
    status: 'True' as const,
    reason: '',
    message: '',
  });
  return {
    phase: 'Running',
    conditions: withTransitions(
      [],
      [
        'PodReadyToStartContainers',
        'Initialized',
        'Ready',
        'ContainersReady',
        'PodScheduled',
      ].map(condition),
      now,
    ).map(({ reason: _reason, message: _message, ...rest }) => rest),
    hostIP,
    hostIPs: [{ ip: hostIP }],
    podIP,
    podIPs: [{ ip: podIP }],
    startTime,
    qosClass: 'Burstable',
    ...(initContainers.length > 0 && {
      initContainerStatuses: initContainers.map(container =>
        container.restartPolicy === 'Always'
          ? containerStatus(container, startTime)
          : completedStatus(container, startTime),
      ),
    }),
    containerStatuses: containers.map(container =>
      containerStatus(container, startTime),
    ),
  };
}

function containerStatus({ name, image }: Container, startedAt: string) {
  return {
    name,
    image,
    ...imageId(image),
    ready: true,
    started: true,
    restartCount: 0,
    state: { running: { startedAt } },
    lastState: {},
  };
}

function completedStatus({ name, image }: Container, time: string) {
  return {
    name,
    image,
    ...imageId(image),
    ready: true,
    started: false,
    restartCount: 0,
    state: {
      terminated: {
        exitCode: 0,
        reason: 'Completed',
        startedAt: time,
        finishedAt: time,
      },
    },
    lastState: {},
  };
}

function imageId(image: string) {
  const digest = createHash('sha256').update(image).digest('hex');
  return { imageID: `${image.split(':')[0]}@sha256:${digest}` };
}
