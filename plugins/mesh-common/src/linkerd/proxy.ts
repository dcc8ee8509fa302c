import { Container, Pod } from '../kubernetes/core';

/** The label that the injector puts on a meshed pod: the namespace of its control plane. */
export const CONTROL_PLANE_LABEL = 'linkerd.io/control-plane-ns';

const PROXY = 'linkerd-proxy';

const PROXY_CONTAINERS: ReadonlySet<string> = new Set([
  PROXY,
  'linkerd-init',
  'linkerd-network-validator',
  'linkerd-debug',
]);

/** Whether a container is one that the injector adds. */
export function isLinkerdContainer({ name }: Pick<Container, 'name'>): boolean {
  return PROXY_CONTAINERS.has(name);
}

/** The proxy of a pod, and whether it runs as a native sidecar. */
export interface PodProxy {
  container: Container;
  native: boolean;
  /** Path of the container in the pod. */
  field: string;
}

/**
 * The container `linkerd-proxy` of a pod, among the containers or as an init container that restarts always
 * (a native sidecar).
 *
 * Upstream: pkg/k8s, `GetProxyContainer`.
 */
export function proxyOf(pod: Pick<Pod, 'spec'>): PodProxy | undefined {
  const beside = pod.spec.containers.findIndex(({ name }) => name === PROXY);
  if (beside >= 0) {
    return {
      container: pod.spec.containers[beside],
      native: false,
      field: `spec.containers[${beside}]`,
    };
  }
  const native = pod.spec.initContainers.findIndex(
    ({ name, restartPolicy }) => name === PROXY && restartPolicy === 'Always',
  );
  return native < 0
    ? undefined
    : {
        container: pod.spec.initContainers[native],
        native: true,
        field: `spec.initContainers[${native}]`,
      };
}

/** A setting of a proxy: the value of an environment variable, where it is written literally. */
export function proxySetting(
  { container }: PodProxy,
  name: string,
): string | undefined {
  return container.env.find(variable => variable.name === name)?.value;
}

const VERSION_ANNOTATION = 'linkerd.io/proxy-version';

/**
 * The version of a pod's proxy: the tag of its image, else (an image by digest) the injector's annotation.
 *
 * Upstream: pkg/healthcheck, `getProxyVersion`.
 */
export function proxyVersion(pod: Pod): string | undefined {
  const image = proxyOf(pod)?.container.image;
  if (!image) {
    return undefined;
  }
  const name = image.slice(image.lastIndexOf('/') + 1);
  const tag = name.includes('@') ? undefined : name.split(':')[1];
  return tag ?? pod.metadata.annotations[VERSION_ANNOTATION];
}
