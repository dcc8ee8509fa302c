import { Answer } from '../../contract/common';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { MeshConfigRead } from '../meshConfig';
import { proxyOf } from '../pods';
import { WalkClient } from './client';
import { meshPeers } from '../clustersOfMesh';

const RULE = 'istio/walk/dns';
const CAPTURE = 'ISTIO_META_DNS_CAPTURE';

/**
 * Whether a client can look up what is no name of its own cluster, but a Service of another one of the mesh: its sidecar
 * answers it where it captures DNS, since it knows the hosts of all clusters. What a ztunnel answers is not modelled. The
 * resolver of a cluster knows its own Services alone.
 *
 * Upstream: pkg/dns/client; pilot/pkg/xds/nds.go, `BuildNameTable`.
 */
export function looksUpMeshNames(
  { mode, pod }: WalkClient,
  mesh: MeshConfigRead,
): Answer<'yes' | 'no' | 'unknown'> {
  const reasons = (text: string) => [{ rule: RULE, text }];
  if (mode === 'none') {
    return {
      value: 'no',
      reasons: reasons('The client has no proxy that would answer its DNS'),
    };
  }
  if (mode !== 'sidecar' && mode !== 'native-sidecar') {
    return {
      value: 'unknown',
      cause: 'not-modelled',
      reasons: reasons(
        'Whether the ztunnel of the client answers names of other clusters is not looked at',
      ),
    };
  }
  const own =
    pod &&
    proxyOf(pod)?.container.env.find(({ name }) => name === CAPTURE)?.value;
  if (own === undefined && mesh.state === 'unknown') {
    return { ...mesh.answer, value: 'unknown' };
  }
  const ofMesh =
    mesh.state === 'read'
      ? mesh.config.defaultConfig.proxyMetadata[CAPTURE]
      : undefined;
  return (own ?? ofMesh) === 'true'
    ? {
        value: 'yes',
        reasons: reasons(
          `The client's proxy answers its DNS (${CAPTURE}), and knows the Services of all clusters of the mesh`,
        ),
      }
    : {
        value: 'no',
        reasons: reasons(
          `The client's proxy does not answer its DNS: ${CAPTURE} is not set, and the resolver of the cluster knows its own Services alone`,
        ),
      };
}

/** The clusters of the mesh whose Services are not known: any of them might have a name. */
export function unreadMembers(snapshot: MeshSnapshot): string[] {
  return meshPeers(snapshot)
    .filter(peer => peer.read('Service').state !== 'read')
    .map(({ cluster }) => cluster);
}
