import { KindId, KINDS } from '../../kubernetes/kinds';
import { KubernetesObject } from '../../kubernetes/objects';
import { AnyCheck, Check, defineCheck } from '../check';
import { refOf } from '../naming';

const COMMON = {
  code: 'MESH-0006',
  level: 'error',
  title: 'Kind in a group that does not have it',
  explanation:
    'The apiVersion of an object is the group and version of its kind. Written with another group, the API server knows no such kind and refuses the object. What it says is looked at as if the group were right.',
  upstream: 'no matches for kind (kube-apiserver)',
  needs: [],
} as const;

/** An object of a mesh has the apiVersion of the core group, `v1`, in the place of its own. */
function inWrongGroup<K extends KindId>(subject: K): Check<K> {
  const { group, versions } = KINDS[subject];
  return defineCheck({
    ...COMMON,
    subject,
    *run(object: KubernetesObject) {
      if (!object.apiVersion.startsWith(`${group}/`)) {
        yield {
          message: `${refOf(object)} is written as ${
            object.apiVersion
          }, which has no such kind: write apiVersion: ${group}/${versions[0]}`,
          field: 'apiVersion',
        };
      }
    },
  });
}

/** The check of each kind that people write by hand and whose name tells which it is. */
export const wrongGroups: readonly AnyCheck[] = [
  inWrongGroup('linkerd.io/ServiceProfile'),
  inWrongGroup('policy.linkerd.io/Server'),
  inWrongGroup('policy.linkerd.io/ServerAuthorization'),
  inWrongGroup('policy.linkerd.io/MeshTLSAuthentication'),
  inWrongGroup('policy.linkerd.io/NetworkAuthentication'),
  inWrongGroup('networking.istio.io/VirtualService'),
  inWrongGroup('networking.istio.io/DestinationRule'),
  inWrongGroup('networking.istio.io/ServiceEntry'),
  inWrongGroup('networking.istio.io/Sidecar'),
  inWrongGroup('networking.istio.io/EnvoyFilter'),
  inWrongGroup('networking.istio.io/WorkloadEntry'),
  inWrongGroup('networking.istio.io/WorkloadGroup'),
  inWrongGroup('security.istio.io/PeerAuthentication'),
  inWrongGroup('security.istio.io/RequestAuthentication'),
  inWrongGroup('telemetry.istio.io/Telemetry'),
];
