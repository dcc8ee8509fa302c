import { namespaceOf } from '../../kubernetes/objects';
import { assumedConfig } from '../../linkerd/controlPlaneConfig';
import { ServiceProfile } from '../../linkerd/objects';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { CheckFinding, defineCheck } from '../check';
import { refOf } from '../naming';

/** A ServiceProfile is not called by the full name of a Service, by which alone proxies ask for it. */
export const profileNameShort = defineCheck({
  code: 'MESH-L0307',
  level: 'error',
  title: 'ServiceProfile that no proxy asks for by its name',
  explanation:
    'Proxies ask for the ServiceProfile of a Service by its full name, NAME.NAMESPACE.svc.CLUSTER-DOMAIN. One that has the short name of the Service as its own is never asked for: its routes, retries and timeouts have no effect. Nor is one for a host outside of the cluster: for that there are routes on an EgressNetwork.',
  upstream:
    'controller/api/destination/server.go, parseK8sServiceName; controller/api/destination/watcher/profile_watcher.go (linkerd2)',
  mesh: 'linkerd',
  subject: 'linkerd.io/ServiceProfile',
  needs: ['ConfigMap'],
  *run(profile, snapshot) {
    const { clusterDomain } = assumedConfig(snapshot).config;
    yield* complaint(profile, clusterDomain, snapshot);
  },
});

function* complaint(
  profile: ServiceProfile,
  clusterDomain: string,
  snapshot: MeshSnapshot,
): Iterable<CheckFinding> {
  const { name } = profile.metadata;
  const end = `.svc.${clusterDomain}`;
  if (name.endsWith(end)) {
    return;
  }
  const [service, namespace = namespaceOf(profile), ...more] = name.split('.');
  const isOutside =
    more[0] !== 'svc' &&
    (more.length > 0 ||
      (name.includes('.') && !snapshot.get('Service', namespace, service)));
  yield {
    message: isOutside
      ? `${refOf(
          profile,
        )} is asked for by no proxy: ${name} is no name of a Service, which end with ${end}`
      : `${refOf(
          profile,
        )} is asked for by no proxy: write metadata.name: ${service}.${namespace}${end}`,
    field: 'metadata.name',
  };
}
