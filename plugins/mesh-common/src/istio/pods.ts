import { Reason } from '../contract/common';
import { GATEWAY_NAME_LABEL } from '../gateway-api/objects';
import { Container, Pod } from '../kubernetes/core';
import { because } from '../mesh/answers';
import { kindOfPod } from '../mesh/machineKinds';
import { PodProxy, proxyNamed } from '../mesh/podProxy';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';

const PROXY = 'istio-proxy';

/** Containers that the injector adds. */
const PROXY_CONTAINERS: ReadonlySet<string> = new Set([
  PROXY,
  'istio-init',
  'istio-validation',
  'enable-core-dump',
]);

export const STATUS_ANNOTATION = 'sidecar.istio.io/status';
export const TLS_MODE_LABEL = 'security.istio.io/tlsMode';
const GATEWAY_CLASS_LABEL = 'gateway.networking.k8s.io/gateway-class-name';
const MANAGED_LABEL = 'gateway.istio.io/managed';
const WAYPOINT_CONTROLLER = 'istio.io-mesh-controller';
export const OWN_CERTIFICATE = 'ISTIO_META_TLS_CLIENT_CERT_CHAIN';
const TEMPLATES_ANNOTATION = 'inject.istio.io/templates';

/** Whether a container is Istio's, whose ports are none of the workload's. */
export function isIstioContainer({ name }: Pick<Container, 'name'>): boolean {
  return PROXY_CONTAINERS.has(name);
}

/**
 * The container `istio-proxy` of a pod, among the containers or as an init container that restarts always
 * (a native sidecar). The node's ztunnel has a container of this name too, and is no pod's proxy.
 *
 * Upstream: pkg/kube/inject/inject.go, `ProxyContainerName`, `FindSidecar`.
 */
export function proxyOf(
  pod: Pick<Pod, 'spec' | 'metadata'>,
): PodProxy | undefined {
  return isZtunnel(pod) ? undefined : proxyNamed(pod, PROXY);
}

/** Whether a pod is a waypoint, as istiod labels what it makes for a Gateway of that class. */
export function isWaypoint({ metadata: { labels } }: Pick<Pod, 'metadata'>) {
  return (
    labels[MANAGED_LABEL] === WAYPOINT_CONTROLLER ||
    labels[GATEWAY_CLASS_LABEL] === 'istio-waypoint'
  );
}

/** Whether a pod is a gateway: made for a Gateway API Gateway, by the gateway template, or of a proxy alone. */
export function isGateway(pod: Pick<Pod, 'spec' | 'metadata'>): boolean {
  const { labels, annotations } = pod.metadata;
  return (
    labels[GATEWAY_NAME_LABEL] !== undefined ||
    (annotations[TEMPLATES_ANNOTATION] ?? '')
      .split(',')
      .some(template => template.trim() === 'gateway') ||
    (pod.spec.containers.length > 0 &&
      pod.spec.containers.every(isIstioContainer))
  );
}

/** The version of a pod's proxy: the tag of its image, without the variant. Undefined for an image by digest. */
export function proxyVersion(
  pod: Pick<Pod, 'spec' | 'metadata'>,
): string | undefined {
  return versionOfImage(proxyOf(pod)?.container.image);
}

/** `1.30.3` of `docker.io/istio/proxyv2:1.30.3-distroless`. */
export function versionOfImage(image: string | undefined): string | undefined {
  const name = image?.slice(image.lastIndexOf('/') + 1) ?? '';
  const tag = name.includes('@') ? undefined : name.split(':')[1];
  return tag?.replace(/-(distroless|debug)$/, '');
}

/** The revision whose injector made the proxy, as the annotation that it left says. */
export function injectedRevision({
  metadata: { annotations },
}: Pick<Pod, 'metadata'>): string | undefined {
  const status = annotations[STATUS_ANNOTATION];
  // The injector writes JSON; of what else is there the revision cannot be told.
  return /"revision":\s*"([^"]*)"/.exec(status ?? '')?.[1] || undefined;
}

/** The value of a setting of the proxy, where it is written literally. */
export function proxyEnvironment(
  pod: Pick<Pod, 'spec' | 'metadata'>,
  name: string,
): string | undefined {
  return proxyOf(pod)?.container.env.find(entry => entry.name === name)?.value;
}

/**
 * Whether a pod's proxy presents a certificate of its own where it opens mutual TLS, from files that its settings
 * name, in place of the one that the mesh gives it.
 *
 * Upstream: pilot/pkg/networking/core/cluster_builder.go, `NewClusterBuilder`: metadata `TLS_CLIENT_CERT_CHAIN`.
 */
export function hasOwnCertificate(pod: Pick<Pod, 'spec' | 'metadata'>) {
  return Boolean(proxyEnvironment(pod, OWN_CERTIFICATE));
}

/** A reason that names a field of the pod, or of the object that it stands for. */
export function podReason(
  snapshot: MeshSnapshot,
  pod: Pod,
  rule: string,
  text: string,
  field?: string,
): Reason {
  return because(rule, text, {
    snapshot,
    kind: kindOfPod(pod),
    object: pod,
    field,
  });
}

function isZtunnel({
  metadata: { labels },
  spec,
}: Pick<Pod, 'spec' | 'metadata'>) {
  return (
    labels.app === 'ztunnel' ||
    labels['app.kubernetes.io/name'] === 'ztunnel' ||
    spec.containers.some(({ image }) => /(^|\/)ztunnel[:@]/.test(image ?? ''))
  );
}
