import { GATEWAY_NAME_LABEL } from '../../gateway-api/objects';
import { KubernetesObject, namespaceOf } from '../../kubernetes/objects';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { podsWithLabels } from '../../snapshot/podsByLabel';
import { CheckFinding, defineCheck } from '../check';
import { refOf } from '../naming';

const COMMON = {
  code: 'IST0166',
  level: 'warning',
  title: 'Selector has no effect on a gateway of the Gateway API',
  explanation:
    'Policies apply to gateways and waypoints of the Gateway API by targetRefs alone. A selector that matches their pods does nothing there. Name the Gateway in targetRefs.',
  upstream: 'k8sgateway.SelectorAnalyzer (istioctl)',
  mesh: 'istio',
  needs: ['Pod'],
} as const;

interface Policy extends KubernetesObject {
  spec?: {
    selector?: { matchLabels?: Record<string, string> };
    targetRef?: unknown;
    targetRefs?: readonly unknown[];
  };
}

/** A policy selects the pods of a gateway of the Gateway API, instead of naming it. */
function* ineffective(
  policy: Policy,
  snapshot: MeshSnapshot,
): Iterable<CheckFinding> {
  const { selector, targetRef, targetRefs = [] } = policy.spec ?? {};
  if (!selector || targetRef || targetRefs.length > 0) {
    return;
  }
  const gateways = new Set(
    podsWithLabels(
      snapshot,
      namespaceOf(policy),
      selector.matchLabels ?? {},
    ).flatMap(({ metadata }) => metadata.labels[GATEWAY_NAME_LABEL] ?? []),
  );
  for (const gateway of [...gateways].sort()) {
    yield {
      message: `${refOf(
        policy,
      )} selects the pods of Gateway ${gateway}, on which its selector has no effect: name the Gateway in spec.targetRefs`,
      field: 'spec.selector',
    };
  }
}

export const selectorOnGateway = [
  defineCheck({
    ...COMMON,
    subject: 'security.istio.io/AuthorizationPolicy',
    run: ineffective,
  }),
  defineCheck({
    ...COMMON,
    subject: 'security.istio.io/RequestAuthentication',
    run: ineffective,
  }),
  defineCheck({
    ...COMMON,
    subject: 'telemetry.istio.io/Telemetry',
    run: ineffective,
  }),
  defineCheck({
    ...COMMON,
    subject: 'extensions.istio.io/WasmPlugin',
    run: ineffective,
  }),
];
