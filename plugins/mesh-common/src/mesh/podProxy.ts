import { Container, Pod } from '../kubernetes/core';

/** The proxy of a pod, and whether it runs as a native sidecar. */
export interface PodProxy {
  container: Container;
  native: boolean;
  /** Path of the container in the pod. */
  field: string;
}

/**
 * The container of this name that runs as long as its pod does: among the containers, or as an init container that
 * restarts always (a native sidecar).
 */
export function proxyNamed(
  { spec: { containers, initContainers } }: Pick<Pod, 'spec'>,
  wanted: string,
): PodProxy | undefined {
  const beside = containers.findIndex(({ name }) => name === wanted);
  if (beside >= 0) {
    return {
      container: containers[beside],
      native: false,
      field: `spec.containers[${beside}]`,
    };
  }
  const native = initContainers.findIndex(
    ({ name, restartPolicy }) => name === wanted && restartPolicy === 'Always',
  );
  return native < 0
    ? undefined
    : {
        container: initContainers[native],
        native: true,
        field: `spec.initContainers[${native}]`,
      };
}
