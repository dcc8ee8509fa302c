import { assumedConfig } from '../../linkerd/controlPlaneConfig';
import { namespaceOf } from '../../kubernetes/objects';
import { defineCheck } from '../check';
import { refOf } from '../naming';

/** A ServiceProfile is not called by the full name of a Service, by which alone proxies ask for it. */
export const profileNameShort = defineCheck({
  code: 'MESH-L0307',
  level: 'error',
  title: 'ServiceProfile that is called by a short name',
  explanation:
    'Proxies ask for the ServiceProfile of a Service by its full name, NAME.NAMESPACE.svc.CLUSTER-DOMAIN. One that has the short name of the Service as its own is never asked for: its routes, retries and timeouts have no effect.',
  upstream: 'controller/api/destination/watcher/profile_watcher.go (linkerd2)',
  mesh: 'linkerd',
  subject: 'linkerd.io/ServiceProfile',
  needs: ['ConfigMap'],
  *run(profile, snapshot) {
    const { name } = profile.metadata;
    // A name with dots may be the one of a host outside of the cluster.
    if (!name.includes('.')) {
      const { clusterDomain } = assumedConfig(snapshot).config;
      yield {
        message: `${refOf(
          profile,
        )} is asked for by no proxy: write metadata.name: ${name}.${namespaceOf(
          profile,
        )}.svc.${clusterDomain}`,
        field: 'metadata.name',
      };
    }
  },
});
