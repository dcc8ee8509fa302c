export const INJECT_ANNOTATION = 'linkerd.io/inject';

/**
 * Why the injector leaves a pod alone, in its own words.
 *
 * @public
 */
export type SkipReason =
  | 'injection_enable_annotation_absent'
  | 'injection_disable_annotation_present'
  | 'invalid_inject_annotation_at_ns'
  | 'invalid_inject_annotation_at_workload'
  | 'host_network_enabled'
  | 'sidecar_already_exists'
  | 'unsupported_resource'
  | 'disabled_automount_service_account_token_account';

/**
 * What the injector decides by the annotation, and whose annotation that was.
 *
 * @public
 */
export interface InjectionDecision {
  inject: boolean;
  reason?: SkipReason;
  decidedBy: 'namespace' | 'pod' | 'neither';
}

/**
 * What the injector decides by `linkerd.io/inject` of the namespace and of the pod: a value that it does not
 * know at the namespace refuses every pod; else the pod's decides, and without one the namespace's. An empty
 * value is none.
 *
 * Upstream: pkg/inject/report.go, `disabledByAnnotation`.
 *
 * @public
 */
export function injectionDecision(
  namespaceValue: string | undefined,
  podValue: string | undefined,
): InjectionDecision {
  const namespace = namespaceValue || undefined;
  const pod = podValue || undefined;
  if (namespace !== undefined && !isKnown(namespace)) {
    return {
      inject: false,
      reason: 'invalid_inject_annotation_at_ns',
      decidedBy: 'namespace',
    };
  }
  if (pod !== undefined && !isKnown(pod)) {
    return {
      inject: false,
      reason: 'invalid_inject_annotation_at_workload',
      decidedBy: 'pod',
    };
  }
  if (isOn(pod)) {
    return { inject: true, decidedBy: 'pod' };
  }
  if (pod === undefined) {
    return isOn(namespace)
      ? { inject: true, decidedBy: 'namespace' }
      : {
          inject: false,
          reason: 'injection_enable_annotation_absent',
          decidedBy: namespace === undefined ? 'neither' : 'namespace',
        };
  }
  return {
    inject: false,
    reason: isOn(namespace)
      ? 'injection_disable_annotation_present'
      : 'injection_enable_annotation_absent',
    decidedBy: 'pod',
  };
}

function isOn(value: string | undefined): boolean {
  return value === 'enabled' || value === 'ingress';
}

function isKnown(value: string): boolean {
  return isOn(value) || value === 'disabled';
}

/** Why a pod gets no proxy, in words. */
export function skipText(
  { reason, decidedBy }: InjectionDecision,
  namespace: string,
  namespaceValue: string | undefined,
  podValue: string | undefined,
): string {
  switch (reason) {
    case 'invalid_inject_annotation_at_ns':
      return `${INJECT_ANNOTATION} of namespace ${namespace} is ${namespaceValue}, none of enabled, ingress, disabled: no pod of it gets a proxy`;
    case 'invalid_inject_annotation_at_workload':
      return `${INJECT_ANNOTATION} of the pod is ${podValue}, none of enabled, ingress, disabled: it gets no proxy`;
    case 'injection_disable_annotation_present':
      return `The pod refuses a proxy: ${INJECT_ANNOTATION} is ${podValue}`;
    default:
      return decidedBy === 'neither'
        ? `Neither namespace ${namespace} nor the pod has the annotation ${INJECT_ANNOTATION}`
        : `${INJECT_ANNOTATION} is disabled, and nothing asks for a proxy`;
  }
}
