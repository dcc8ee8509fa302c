import { KindId, KINDS } from '../../kubernetes/kinds';
import { KubernetesObject } from '../../kubernetes/objects';
import { AnyCheck, Check, defineCheck } from '../check';
import { refOf } from '../naming';

const COMMON = {
  code: 'MESH-0004',
  level: 'info',
  title: 'Old version of an API',
  explanation:
    'The version is still served, but it is no longer the one that clusters store, and will not be served for ever. Its fields are the same: write the newer version.',
  upstream: 'CustomResourceDefinitions of Istio (v1 since 1.22)',
  mesh: 'istio',
  needs: [],
} as const;

/**
 * An object is written in an older version of its kind than the one that Istio stores. On a cluster the API server
 * answers in the version that it is asked for, so that it is seen in files alone.
 */
function inOldVersion<K extends KindId>(subject: K): Check<K> {
  const { group, versions } = KINDS[subject];
  return defineCheck({
    ...COMMON,
    subject,
    *run(object: KubernetesObject) {
      const right = `${group}/${versions[0]}`;
      // In another group it is refused, which is another finding.
      if (
        object.apiVersion !== right &&
        object.apiVersion.startsWith(`${group}/`)
      ) {
        yield {
          message: `${refOf(object)} is written as ${
            object.apiVersion
          }: write apiVersion: ${right}`,
          field: 'apiVersion',
        };
      }
    },
  });
}

/** The check of each kind of Istio that has several versions. */
export const oldVersions: readonly AnyCheck[] = [
  inOldVersion('networking.istio.io/VirtualService'),
  inOldVersion('networking.istio.io/DestinationRule'),
  inOldVersion('networking.istio.io/Gateway'),
  inOldVersion('networking.istio.io/ServiceEntry'),
  inOldVersion('networking.istio.io/Sidecar'),
  inOldVersion('networking.istio.io/WorkloadEntry'),
  inOldVersion('security.istio.io/PeerAuthentication'),
  inOldVersion('security.istio.io/RequestAuthentication'),
  inOldVersion('security.istio.io/AuthorizationPolicy'),
  inOldVersion('telemetry.istio.io/Telemetry'),
];
