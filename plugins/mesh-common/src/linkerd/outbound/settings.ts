import { Reason } from '../../contract/common';
import { KubernetesObject } from '../../kubernetes/objects';
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
  SettingGroup,
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
  invalid: { group: SettingGroup; reason: Reason }[];
}

/** Those of an annotation's group that say that there is something at all. */
const SETTINGS =
  /^(?:retry\.linkerd\.io\/.+|timeout\.linkerd\.io\/.+|balancer\.linkerd\.io\/failure-accrual|balancer\.alpha\.linkerd\.io\/penalize-failures)$/;

const LOST: Readonly<Record<SettingGroup, (kind: string) => string>> = {
  timeouts: kind => `The timeouts of the ${kind} have no effect`,
  'http-retries': kind => `The retries of the ${kind} have no effect`,
  'grpc-retries': kind => `The retries of the ${kind} have no effect`,
  'failure-accrual': () => 'There is no circuit breaking',
  'load-bias': () => 'Failures are not penalized',
};

const RULES: Readonly<Record<SettingGroup, string>> = {
  timeouts: 'linkerd/service-annotations',
  'http-retries': 'linkerd/service-annotations',
  'grpc-retries': 'linkerd/service-annotations',
  'failure-accrual': 'linkerd/failure-accrual',
  'load-bias': 'linkerd/load-bias',
};

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
  const invalid: ParentSettings['invalid'] = [];
  const settingsOf = <T>(group: SettingGroup, parsed: ParsedSettings<T>) => {
    if ('error' in parsed) {
      const reason = invalidAnnotation(snapshot, annotated, group, parsed);
      invalid.push({ group, reason });
      return undefined;
    }
    return parsed.settings;
  };
  const timeouts = settingsOf('timeouts', parseTimeouts(annotations));
  const httpRetry = settingsOf('http-retries', parseRetry(annotations, 'http'));
  const grpcRetry = settingsOf('grpc-retries', parseRetry(annotations, 'grpc'));
  const failureAccrual = settingsOf(
    'failure-accrual',
    parseFailureAccrual(annotations),
  );
  const loadBias = settingsOf('load-bias', parseLoadBias(annotations));
  return {
    timeouts: timeouts ? timeoutsOf(annotated, timeouts) : {},
    ...(httpRetry && { httpRetry: retryOf(annotated, httpRetry) }),
    ...(grpcRetry && { grpcRetry: retryOf(annotated, grpcRetry) }),
    ...(failureAccrual && { failureAccrual }),
    ...(loadBias && parent.kind === 'Service' && { loadBias }),
    invalid,
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
  group: SettingGroup,
  { annotation, error }: { annotation: string; error: string },
): Reason {
  const lost = LOST[group](annotated.object.kind);
  return because(RULES[group], `${lost}: ${annotation} is invalid (${error})`, {
    snapshot,
    ...annotated,
    field: annotationField(annotation),
  });
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

/** The annotations of an object by which retries, timeouts, circuit breaking or penalties are set. */
export function settingAnnotations({
  metadata: { annotations },
}: KubernetesObject): string[] {
  return Object.keys(annotations)
    .filter(annotation => SETTINGS.test(annotation))
    .sort();
}
