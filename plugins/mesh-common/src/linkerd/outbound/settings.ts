import { Reason } from '../../contract/common';
import { because } from '../../mesh/answers';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import {
  FailureAccrual,
  LoadBias,
  parseFailureAccrual,
  parseLoadBias,
} from '../failureAccrual';
import {
  ParsedSettings,
  parseRetry,
  parseTimeouts,
  RetrySettings,
  TimeoutSettings,
} from '../trafficAnnotations';
import {
  OutboundParent,
  OutboundRetry,
  OutboundTimeouts,
  SettingSource,
} from './policy';

/** The object whose annotations set something. */
export type AnnotatedObject = Omit<SettingSource, 'field'>;

/** What the annotations of a parent set. */
export interface ParentSettings {
  timeouts: OutboundTimeouts;
  httpRetry?: OutboundRetry;
  grpcRetry?: OutboundRetry;
  failureAccrual?: FailureAccrual;
  loadBias?: LoadBias;
  /** What is invalid, and so has no effect. */
  invalid: Reason[];
}

/**
 * What the annotations of a Service or an EgressNetwork set. One invalid annotation voids the settings of its sort,
 * and those only. The balancer's penalty is for Services: what goes out of the cluster is not balanced.
 *
 * Upstream: policy-controller/k8s/index/src/outbound/index.rs, `apply` of Service and EgressNetwork.
 */
export function parentSettings(
  snapshot: MeshSnapshot,
  parent: OutboundParent,
): ParentSettings {
  const annotated = annotatedOf(parent);
  if (!annotated) {
    return { timeouts: {}, invalid: [] };
  }
  const { annotations } = annotated.object.metadata;
  const invalid: Reason[] = [];
  const settingsOf = <T>(what: string, parsed: ParsedSettings<T>) => {
    if ('error' in parsed) {
      invalid.push(invalidAnnotation(snapshot, annotated, what, parsed));
      return undefined;
    }
    return parsed.settings;
  };
  const timeouts = settingsOf('timeouts', parseTimeouts(annotations));
  const httpRetry = settingsOf('retries', parseRetry(annotations, 'http'));
  const grpcRetry = settingsOf('retries', parseRetry(annotations, 'grpc'));
  const failureAccrual = settingsOf(
    'circuit breaking',
    parseFailureAccrual(annotations),
  );
  const loadBias = settingsOf('penalties', parseLoadBias(annotations));
  return {
    timeouts: timeouts ? timeoutsOf(annotated, timeouts) : {},
    ...(httpRetry && { httpRetry: retryOf(annotated, httpRetry) }),
    ...(grpcRetry && { grpcRetry: retryOf(annotated, grpcRetry) }),
    ...(failureAccrual && { failureAccrual }),
    ...(loadBias && parent.kind === 'Service' && { loadBias }),
    invalid: distinct(invalid),
  };
}

function annotatedOf(parent: OutboundParent): AnnotatedObject | undefined {
  switch (parent.kind) {
    case 'Service':
      return parent.object && { kind: 'Service', object: parent.object };
    case 'EgressNetwork':
      return { kind: 'policy.linkerd.io/EgressNetwork', object: parent.object };
    default:
      return undefined;
  }
}

function invalidAnnotation(
  snapshot: MeshSnapshot,
  annotated: AnnotatedObject,
  what: string,
  { annotation, error }: { annotation: string; error: string },
): Reason {
  return because(
    'linkerd/service-annotations',
    `The ${what} of the ${annotated.object.kind} have no effect: ${annotation} is invalid (${error})`,
    { snapshot, ...annotated, field: annotationField(annotation) },
  );
}

/** An annotation that both sorts of retries read is one reason. */
function distinct(reasons: readonly Reason[]): Reason[] {
  return [...new Map(reasons.map(reason => [reason.text, reason])).values()];
}

/** Timeouts as annotations set them. */
export function timeoutsOf(
  annotated: AnnotatedObject,
  settings: TimeoutSettings,
): OutboundTimeouts {
  const at = (name: keyof TimeoutSettings) => {
    const ms = settings[name];
    return ms === undefined
      ? {}
      : {
          [name]: {
            ms,
            source: {
              ...annotated,
              field: annotationField(`timeout.linkerd.io/${name}`),
            },
          },
        };
  };
  return { ...at('request'), ...at('response'), ...at('idle') };
}

/** Retries as annotations set them. */
export function retryOf(
  annotated: AnnotatedObject,
  { limit, on, timeoutMs, annotations }: RetrySettings,
): OutboundRetry {
  return {
    limit,
    on,
    ...(timeoutMs !== undefined && { timeoutMs }),
    sources: annotations.map(annotation => ({
      ...annotated,
      field: annotationField(annotation),
    })),
  };
}

function annotationField(annotation: string): string {
  return `metadata.annotations.${annotation}`;
}
