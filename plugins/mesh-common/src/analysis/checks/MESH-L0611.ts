import { extensionFacts } from '../../linkerd/control-plane/extensions';
import { defineCheck } from '../check';
import { controlPlaneFindings } from '../linkerdControlPlane';

export const extensionBroken = defineCheck({
  code: 'MESH-L0611',
  aliases: ['l5d-extension-namespaces'],
  level: 'warning',
  title: 'An extension of Linkerd is not as it should be',
  explanation:
    'Namespaces say by the label linkerd.io/extension which extension is in them. There is one for each; its pods are ready and have proxies; and it is one that Linkerd still has.',
  upstream:
    'pkg/healthcheck, "namespace configuration for extensions"; viz/pkg/healthcheck (linkerd2)',
  mesh: 'linkerd',
  subject: 'ConfigMap',
  needs: ['Namespace', 'apps/Deployment', 'Pod'],
  run: (configMap, snapshot) =>
    controlPlaneFindings(configMap, snapshot, about => extensionFacts(about)),
});
