import { Answer } from '../../contract/common';
import { unreadInput } from '../../mesh/answers';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { meshConfig } from '../meshConfig';
import { sidecarScope } from '../sidecarScope';
import { ClusterAnswer, clusterFor } from './cluster';
import { ClusterClient } from './target';

const RULE = 'istio/cluster';

/**
 * The cluster that the proxy of a workload has for a destination, with the settings of the mesh and the Sidecar
 * that counts for it; `unknown` where an input of that could not be read.
 *
 * @public
 */
export function clusterSeenBy(
  snapshot: MeshSnapshot,
  destination: { host: string; port: number; subset?: string },
  client: Pick<
    ClusterClient,
    'proxy' | 'namespace' | 'labels' | 'ownCertificate'
  >,
): ClusterAnswer | { state: 'unknown'; answer: Answer<'unknown'> } {
  const mesh = meshConfig(snapshot);
  if (mesh.state === 'unknown') {
    return mesh;
  }
  const { config } = mesh;
  const unread = unreadInput(snapshot, RULE, {
    required: ['Service'],
    optional: [
      'networking.istio.io/DestinationRule',
      'gateway.networking.k8s.io/BackendTLSPolicy',
      'networking.istio.io/ServiceEntry',
      'networking.istio.io/WorkloadEntry',
    ],
    namespaces: [client.namespace, config.rootNamespace],
  });
  if (unread) {
    return { state: 'unknown', answer: unread };
  }
  if (client.proxy !== 'sidecar') {
    return clusterFor(snapshot, destination, { ...client, config });
  }
  const scope = sidecarScope(snapshot, client, config);
  return 'value' in scope
    ? { state: 'unknown', answer: scope }
    : clusterFor(snapshot, destination, { ...client, scope, config });
}
