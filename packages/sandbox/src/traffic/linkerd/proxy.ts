import { runningContainers, type Pod } from '../../world/coreKinds';

/** A pod's Linkerd proxy, as it was configured when the pod was created. */
export interface LinkerdProxy {
  /** The identity that it proves by mTLS. */
  identity: string;
  version: string;
  /** What ports without a Server accept. */
  defaultPolicy: string;
  skipsInbound(port: number): boolean;
  skipsOutbound(port: number): boolean;
}

/** The proxy of a pod; undefined for a pod outside the mesh. */
export function proxyOf(pod: Pod): LinkerdProxy | undefined {
  const container = runningContainers(pod).find(
    ({ name }) => name === 'linkerd-proxy',
  );
  if (!container) {
    return undefined;
  }
  const env = (name: string) =>
    container.env.find(variable => variable.name === name)?.value;
  const annotation = (name: string) =>
    pod.annotations[`config.linkerd.io/${name}`];
  return {
    identity: identityOf(pod),
    version: container.image.split(':').pop() ?? '',
    defaultPolicy:
      annotation('default-inbound-policy') ??
      env('LINKERD2_PROXY_INBOUND_DEFAULT_POLICY') ??
      'all-unauthenticated',
    skipsInbound: port => includesPort(annotation('skip-inbound-ports'), port),
    skipsOutbound: port =>
      includesPort(annotation('skip-outbound-ports'), port),
  };
}

export function identityOf({ namespace, body }: Pod): string {
  return serviceAccountIdentity(body.spec.serviceAccountName, namespace);
}

export function serviceAccountIdentity(
  name: string,
  namespace: string,
): string {
  return `${name}.${namespace}.serviceaccount.identity.linkerd.cluster.local`;
}

/** A list of ports and ranges (`25,3306,8000-8100`). */
export function includesPort(list: string | undefined, port: number): boolean {
  return (list ?? '').split(',').some(item => {
    const [from, to = from] = item.trim().split('-').map(Number);
    return item.trim() !== '' && port >= from && port <= to;
  });
}
