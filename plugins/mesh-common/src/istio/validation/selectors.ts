import { Field } from '../../validation/Field';
import { Problems, refused, warned } from '../../validation/report';

/*
 * What a policy is attached to (istio/istio pkg/config/validation/validation.go: validateWorkloadSelector,
 * validateOneOfSelectorType, validatePolicyTargetReference, ValidateAlphaWorkloadSelector).
 */

/** Labels of a selector are names and values as they are: no wildcards, no empty names. */
export function* selectorLabels(labels: Field): Problems {
  for (const [key, value] of labels.members) {
    const shown = `"${key}=${value.text}"`;
    if (key === '') {
      yield refused(value, `empty key is not supported in selector: ${shown}`);
    }
    if (key.includes('*') || value.text.includes('*')) {
      yield refused(value, `wildcard is not supported in selector: ${shown}`);
    }
  }
}

/** `selector.matchLabels`. */
export function* workloadSelector(selector: Field): Problems {
  if (selector.exists) {
    yield* selectorLabels(selector.get('matchLabels'));
    if (!selector.get('matchLabels').isFilled) {
      yield warned(selector, 'workload selector specified without labels');
    }
  }
}

/** `workloadSelector.labels` of a Sidecar or a ServiceEntry. */
export function* labelledWorkloads(selector: Field, what: string): Problems {
  if (selector.exists) {
    yield* selectorLabels(selector.get('labels'));
    if (!selector.get('labels').isFilled) {
      yield warned(
        selector,
        `${what}: workload selector specified without labels, will be applied to all services in namespace`,
      );
    }
  }
}

/** A policy has a selector, or what it targets, but not both. */
export function* attachment(spec: Field): Problems {
  const refs = spec.get('targetRefs');
  const given = [
    spec.get('selector').exists,
    spec.get('targetRef').exists,
    refs.items.length > 0,
  ].filter(Boolean);
  if (given.length > 1) {
    yield refused(
      spec,
      'only one of targetRefs or workloadSelector can be set',
    );
  }
  yield* workloadSelector(spec.get('selector'));
  for (const ref of [spec.get('targetRef'), ...refs.items]) {
    yield* targetReference(ref);
  }
}

/** Group and kind of what a policy may target. */
const TARGETS: ReadonlySet<string> = new Set([
  '/Service',
  'core/Service',
  'networking.istio.io/ServiceEntry',
  'gateway.networking.k8s.io/Gateway',
  'gateway.networking.k8s.io/GatewayClass',
]);

/** The same, as istiod writes them. */
const TARGET_KINDS = [
  'core/v1/Service',
  'networking.istio.io/v1/ServiceEntry',
  'gateway.networking.k8s.io/v1/Gateway',
  'gateway.networking.k8s.io/v1/GatewayClass',
].join(' ');

function* targetReference(ref: Field): Problems {
  if (!ref.exists) {
    return;
  }
  if (ref.get('name').text === '') {
    yield refused(ref.get('name'), 'targetRef name must be set');
  }
  if (ref.get('namespace').text !== '') {
    yield refused(
      ref.get('namespace'),
      'targetRef namespace must not be set; cross namespace referencing is not supported',
    );
  }
  const target = `${ref.get('group').text}/${ref.get('kind').text}`;
  if (!TARGETS.has(target)) {
    yield refused(
      ref,
      `targetRef must be to one of [${TARGET_KINDS}] but was ${target}`,
    );
  }
}
