import { Namespace, Service, WorkloadController } from '../../kubernetes/core';
import { CheckFinding, defineCheck } from '../check';

const COMMON = {
  code: 'MESH-L0502',
  aliases: [
    'l5d-data-plane-pod-labels',
    'l5d-data-plane-services-labels',
    'l5d-data-plane-services-annotations',
  ],
  level: 'warning',
  title: 'A setting of Linkerd is a label instead of an annotation',
  explanation:
    'The injector reads annotations of the pod template and of the namespace, and the control plane those of Services. A label of that name is not read: a pod with the label linkerd.io/inject gets no proxy. It is the other way round where Services are exported to other clusters, which is said by a label.',
  upstream:
    'pkg/healthcheck, "data plane pod labels are configured correctly", "data plane service labels are configured correctly", "data plane service annotations are configured correctly" (linkerd2)',
  mesh: 'linkerd',
  needs: [],
} as const;

/** By which the Services of a cluster are chosen that others mirror, or take as members of one of their own. */
const OF_LINKS = ['mirror.linkerd.io/exported', 'mirror.linkerd.io/federated'];

/** By which the webhooks of Linkerd leave a namespace out. */
const WEBHOOKS = 'config.linkerd.io/admission-webhooks';

/** Whether a name is one that Linkerd reads from annotations. */
export function isLinkerdSetting(label: string): boolean {
  return (
    label === 'linkerd.io/inject' ||
    /^config\.(?:alpha\.|beta\.)?linkerd\.io\//.test(label)
  );
}

function* misplacedOfService({ metadata }: Service): Iterable<CheckFinding> {
  for (const label of Object.keys(metadata.labels)) {
    if (isLinkerdSetting(label)) {
      yield {
        message: `${label} of Service ${metadata.name} is a label, which Linkerd does not read: make it an annotation`,
        field: `metadata.labels.${label}`,
      };
    }
  }
  for (const label of OF_LINKS) {
    if (metadata.annotations[label] !== undefined) {
      yield {
        message: `${label} of Service ${metadata.name} is an annotation, by which no Link selects Services: make it a label`,
        field: `metadata.annotations.${label}`,
      };
    }
  }
}

function* misplacedOfNamespace({
  metadata,
}: Namespace): Iterable<CheckFinding> {
  for (const label of Object.keys(metadata.labels)) {
    if (isLinkerdSetting(label) && label !== WEBHOOKS) {
      yield {
        message: `${label} of Namespace ${metadata.name} is a label, which Linkerd does not read: make it an annotation`,
        field: `metadata.labels.${label}`,
      };
    }
  }
  if (metadata.annotations[WEBHOOKS] !== undefined) {
    yield {
      message: `${WEBHOOKS} of Namespace ${metadata.name} is an annotation, by which no webhook leaves it out: make it a label`,
      field: `metadata.annotations.${WEBHOOKS}`,
    };
  }
}

function* misplaced({
  metadata,
  spec,
}: WorkloadController): Iterable<CheckFinding> {
  for (const label of Object.keys(spec.template.metadata.labels)) {
    if (isLinkerdSetting(label)) {
      yield {
        message: `${label} of the pods of ${metadata.name} is a label, which Linkerd does not read: make it an annotation of the pod template`,
        field: `spec.template.metadata.labels.${label}`,
      };
    }
  }
}

export const settingIsLabel = [
  defineCheck({ ...COMMON, subject: 'apps/Deployment', run: misplaced }),
  defineCheck({ ...COMMON, subject: 'apps/StatefulSet', run: misplaced }),
  defineCheck({ ...COMMON, subject: 'apps/DaemonSet', run: misplaced }),
  defineCheck({ ...COMMON, subject: 'Service', run: misplacedOfService }),
  defineCheck({ ...COMMON, subject: 'Namespace', run: misplacedOfNamespace }),
];
