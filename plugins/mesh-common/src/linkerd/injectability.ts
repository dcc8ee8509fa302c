import { Container, PodSpec } from '../kubernetes/core';
import {
  INJECT_ANNOTATION,
  injectionDecision,
  SkipReason,
} from './injectionDecision';

/**
 * What the injector looks at when it decides about a pod.
 *
 * @public
 */
export interface InjectionSubject {
  namespaceAnnotations: Readonly<Record<string, string>>;
  podAnnotations: Readonly<Record<string, string>>;
  podSpec: Pick<
    PodSpec,
    | 'hostNetwork'
    | 'automountServiceAccountToken'
    | 'containers'
    | 'initContainers'
  >;
  /** Whether it is an object of a kind of which the injector knows no pods. */
  unsupportedResource?: boolean;
  /** Whether proxies get a token of their own, as the chart has it unless told otherwise. */
  tokenProjection: boolean;
}

/**
 * Whether the injector adds a proxy, and all that keeps it from that, in its order and words. UDP ports do not: the
 * webhook injects such pods, and their UDP goes past the proxy; `linkerd inject` alone refuses them.
 *
 * Upstream: pkg/inject/report.go, `Injectable`.
 *
 * @public
 */
export function injectability(subject: InjectionSubject): {
  injectable: boolean;
  reasons: SkipReason[];
} {
  const { reason } = injectionDecision(
    subject.namespaceAnnotations[INJECT_ANNOTATION],
    subject.podAnnotations[INJECT_ANNOTATION],
  );
  const { podSpec, unsupportedResource = false, tokenProjection } = subject;
  const found: [boolean, SkipReason][] = [
    [podSpec.hostNetwork === true, 'host_network_enabled'],
    [existingSidecar(podSpec) !== undefined, 'sidecar_already_exists'],
    [unsupportedResource, 'unsupported_resource'],
    ...(reason ? [[true, reason] satisfies [boolean, SkipReason]] : []),
    [
      lacksToken(podSpec, tokenProjection),
      'disabled_automount_service_account_token_account',
    ],
  ];
  const reasons = found.flatMap(([applies, skip]) => (applies ? skip : []));
  return { injectable: reasons.length === 0, reasons };
}

/** Whether a proxy would have no token to get its identity by. */
export function lacksToken(
  podSpec: Pick<PodSpec, 'automountServiceAccountToken'>,
  tokenProjection: boolean,
): boolean {
  return podSpec.automountServiceAccountToken === false && !tokenProjection;
}

const PROXIES: ReadonlySet<string> = new Set(['linkerd-proxy', 'istio-proxy']);
const PROXY_IMAGES = [
  'cr.l5d.io/linkerd/proxy:',
  'gcr.io/istio-release/proxyv2:',
];
const INITS: ReadonlySet<string> = new Set(['linkerd-init', 'istio-init']);
const INIT_IMAGES = [
  'cr.l5d.io/linkerd/proxy-init:',
  'gcr.io/istio-release/proxy_init:',
];

/**
 * The container by which the injector knows that a pod has a proxy already, of Linkerd or of Istio.
 *
 * Upstream: pkg/healthcheck/sidecar.go, `HasExistingSidecars`.
 */
export function existingSidecar({
  containers,
  initContainers,
}: Pick<PodSpec, 'containers' | 'initContainers'>): Container | undefined {
  return (
    containers.find(container => isOneOf(container, PROXIES, PROXY_IMAGES)) ??
    initContainers.find(container => isOneOf(container, INITS, INIT_IMAGES))
  );
}

function isOneOf(
  { name, image = '' }: Container,
  names: ReadonlySet<string>,
  images: readonly string[],
): boolean {
  return names.has(name) || images.some(prefix => image.startsWith(prefix));
}
