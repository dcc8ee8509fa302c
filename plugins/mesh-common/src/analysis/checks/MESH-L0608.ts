import {
  proxiesByVersion,
  proxySkewFact,
  versionFact,
} from '../../linkerd/control-plane/versions';
import { defineCheck } from '../check';
import { controlPlaneFindings } from '../linkerdControlPlane';

export const proxySkew = defineCheck({
  code: 'MESH-L0608',
  aliases: ['l5d-data-plane-cli-version', 'l5d-cp-proxy-cli-version'],
  level: 'warning',
  title: 'Proxies are of another version than the control plane',
  explanation:
    'A proxy gets the version of the control plane when its pod is made. After an upgrade those that run are older until their workloads are restarted; what is new, or was mended, does not count for them.',
  upstream:
    'pkg/healthcheck, "data plane and cli versions match", "control plane proxies are up-to-date" (linkerd2)',
  mesh: 'linkerd',
  subject: 'ConfigMap',
  needs: ['apps/Deployment', 'Pod'],
  run: (configMap, snapshot) =>
    controlPlaneFindings(configMap, snapshot, (about, config) => [
      versionFact(about, config),
      proxySkewFact(about, config, proxiesByVersion(about.snapshot)),
    ]),
});
