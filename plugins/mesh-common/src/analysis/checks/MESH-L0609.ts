import { anchorsOfProxiesFact } from '../../linkerd/control-plane/certificates';
import { defineCheck } from '../check';
import { controlPlaneFindings } from '../linkerdControlPlane';

export const proxyAnchorsDiffer = defineCheck({
  code: 'MESH-L0609',
  aliases: ['l5d-identity-data-plane-proxies-certs-match-ca'],
  level: 'warning',
  title: 'Proxies trust other anchors than the control plane',
  explanation:
    'A proxy is told the trust anchors when its pod is made. After the bundle has changed, those that run know the old one only: they refuse whoever has a certificate under a new anchor, and lose their own when the old one is taken away.',
  upstream:
    'pkg/healthcheck, "data plane proxies certificate match CA" (linkerd2)',
  mesh: 'linkerd',
  subject: 'ConfigMap',
  needs: ['Pod'],
  run: (configMap, snapshot) =>
    controlPlaneFindings(configMap, snapshot, (about, config) => [
      anchorsOfProxiesFact(about, config),
    ]),
});
