import { Container, Pod } from '../kubernetes/core';
import { PodProxy, proxyNamed } from '../mesh/podProxy';

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

/**
 * The container `linkerd-proxy` of a pod, among the containers or as an init container that restarts always
 * (a native sidecar).
 *
 * Upstream: pkg/k8s, `GetProxyContainer`.
 */
export function proxyOf(pod: Pick<Pod, 'spec'>): PodProxy | undefined {
  return proxyNamed(pod, PROXY);
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
