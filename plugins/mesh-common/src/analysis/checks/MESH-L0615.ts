import { VIZ_KINDS, vizFacts } from '../../linkerd/control-plane/viz';
import { defineCheck } from '../check';
import { controlPlaneFindings } from '../linkerdControlPlane';

export const vizBroken = defineCheck({
  code: 'MESH-L0615',
  aliases: [
    'l5d-viz-cr-exists',
    'l5d-viz-crb-exists',
    'l5d-tap-api',
    'l5d-viz-data-plane-prom-authz',
  ],
  level: 'warning',
  title: 'The extension viz lacks rights, its API, or access to proxies',
  explanation:
    'metrics-api, tap and Prometheus read the cluster by ClusterRoles; requests are tapped by an API that the API server passes on to tap; and Prometheus asks every proxy for its metrics, which a default policy of deny forbids unless a policy lets it in. Without them commands and dashboards of viz are empty.',
  upstream:
    'viz/pkg/healthcheck, categories linkerd-viz and linkerd-viz-data-plane (linkerd2)',
  mesh: 'linkerd',
  subject: 'ConfigMap',
  needs: ['Namespace', 'apps/Deployment', 'Pod', ...VIZ_KINDS],
  needsIfServed: ['policy.linkerd.io/AuthorizationPolicy'],
  run: (configMap, snapshot) =>
    controlPlaneFindings(configMap, snapshot, about => vizFacts(about)),
});
