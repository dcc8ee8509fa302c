import { App } from '../layout';
import { Random } from '../random';
import { timestamp } from './metadata';
import type { PodPlace } from './pod';
import { ISTIO_VERSION } from './sidecar';

const CONDITIONS = [
  'PodReadyToStartContainers',
  'Initialized',
  'Ready',
  'ContainersReady',
  'PodScheduled',
] as const;

/** The status of a pod that has started and is ready. */
export function podStatus(
  { namespace, name }: App,
  { version, injected }: PodPlace,
  address: string,
  random: Random,
) {
  const startedAt = timestamp(random);
  const container = (containerName: string, image: string) => ({
    name: containerName,
    ready: true,
    started: true,
    restartCount: random.below(3),
    image,
    imageID: `${image.split(':')[0]}@sha256:${random.hex(64)}`,
    containerID: `containerd://${random.hex(64)}`,
    lastState: {},
    state: { running: { startedAt } },
  });
  const host = `10.20.${random.below(250)}.${random.below(250)}`;
  return {
    phase: 'Running',
    qosClass: 'Burstable',
    startTime: startedAt,
    hostIP: host,
    hostIPs: [{ ip: host }],
    podIP: address,
    podIPs: [{ ip: address }],
    conditions: CONDITIONS.map(type => ({
      type,
      status: 'True',
      lastProbeTime: null,
      lastTransitionTime: startedAt,
    })),
    containerStatuses: [
      container(
        name,
        `registry.example.com/${namespace}/${name}:${version}.1.0`,
      ),
      ...(injected
        ? [container('istio-proxy', `docker.io/istio/proxyv2:${ISTIO_VERSION}`)]
        : []),
    ],
    ...(injected && {
      initContainerStatuses: [
        {
          ...container(
            'istio-init',
            `docker.io/istio/proxyv2:${ISTIO_VERSION}`,
          ),
          state: {
            terminated: {
              exitCode: 0,
              reason: 'Completed',
              startedAt,
              finishedAt: startedAt,
            },
          },
        },
      ],
    }),
  };
}
