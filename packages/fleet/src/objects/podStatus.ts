import { App } from '../layout';
import { FleetProxy } from '../mesh';
import { Random } from '../random';
import { timestamp } from './metadata';

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
  version: string,
  proxy: FleetProxy | undefined,
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
      ...(proxy ? [container(proxy.name, proxy.image)] : []),
    ],
    ...(proxy && {
      initContainerStatuses: [
        {
          ...container(proxy.initName, proxy.initImage),
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
