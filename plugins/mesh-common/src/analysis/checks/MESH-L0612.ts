import { definitionFacts } from '../../linkerd/control-plane/definitions';
import { webhooksOf } from '../../linkerd/control-plane/webhooks';
import { defineCheck } from '../check';
import { controlPlaneFindings } from '../linkerdControlPlane';

export const installationIncomplete = defineCheck({
  code: 'MESH-L0612',
  aliases: [
    'l5d-existence-crd',
    'gateway-api-crd',
    'l5d-existence-mwc',
    'l5d-existence-vwc',
  ],
  level: 'error',
  title: 'Kinds or webhooks of Linkerd are not installed',
  explanation:
    'The chart linkerd-crds brings the kinds, the chart of the control plane the webhooks; both need the Gateway API. Where a kind is missing the policy controller does not start or knows nothing of it; where a webhook is missing no pod gets a proxy, or objects are written unchecked.',
  upstream:
    'pkg/healthcheck, categories linkerd-crd, gateway-api-crd and linkerd-config (linkerd2)',
  mesh: 'linkerd',
  subject: 'ConfigMap',
  needs: [
    'apiextensions.k8s.io/CustomResourceDefinition',
    'admissionregistration.k8s.io/MutatingWebhookConfiguration',
    'admissionregistration.k8s.io/ValidatingWebhookConfiguration',
  ],
  run: (configMap, snapshot) =>
    controlPlaneFindings(configMap, snapshot, about => [
      ...definitionFacts(about),
      ...webhooksOf(about).facts,
    ]),
});
