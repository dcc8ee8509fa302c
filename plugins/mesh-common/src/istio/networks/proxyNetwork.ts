import { Pod } from '../../kubernetes/core';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { injectorConfig } from '../injectorConfig';
import { injectedRevision, proxyEnvironment } from '../pods';
import { networkOf } from './networkOf';
import { NETWORK_LABEL } from './topology';

const VARIABLE = 'ISTIO_META_NETWORK';

/** A client, as far as its proxy's network depends on it. */
export interface NetworkClient {
  labels?: Readonly<Record<string, string>>;
  /** The pod that stands for its workload. */
  pod?: Pod;
}

/**
 * The network that a proxy says it is on: the variable `ISTIO_META_NETWORK` that it was started with, also where it is
 * empty and names none. Where that is not to be seen, what the injector would make of it: the label of the pod, else the
 * `global.network` of its settings; else the network that istiod takes the pods of the cluster to be on.
 *
 * Upstream: pilot/pkg/xds/endpoints/endpoint_builder.go, `NewCDSEndpointBuilder`, which takes the proxy's own word;
 * `ISTIO_META_NETWORK` of manifests/charts/istio-control/istio-discovery/files/injection-template.yaml.
 */
export function proxyNetwork(
  snapshot: MeshSnapshot,
  { labels = {}, pod }: NetworkClient,
): ReturnType<typeof networkOf> {
  const own = pod && proxyEnvironment(pod, VARIABLE);
  if (own !== undefined) {
    return own || undefined;
  }
  const settings = injectorConfig(snapshot, pod && injectedRevision(pod));
  const network =
    labels[NETWORK_LABEL] ||
    (settings.state === 'read' && settings.config.network) ||
    undefined;
  return networkOf(snapshot, snapshot, {
    labels,
    ...(network && { network }),
  });
}
