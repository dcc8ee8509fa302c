import { WorkloadController } from '../../kubernetes/core';
import { CheckFinding, defineCheck } from '../check';

const COMMON = {
  code: 'MESH-L0502',
  aliases: ['l5d-data-plane-pod-labels'],
  level: 'warning',
  title: 'A setting of Linkerd is a label, and must be an annotation',
  explanation:
    'The injector reads annotations of the pod template. A label of that name is not read: a pod with the label linkerd.io/inject gets no proxy.',
  upstream:
    'pkg/healthcheck, "data plane pod labels are configured correctly" (linkerd2)',
  mesh: 'linkerd',
  needs: [],
} as const;

function* misplaced({
  metadata,
  spec,
}: WorkloadController): Iterable<CheckFinding> {
  for (const label of Object.keys(spec.template.metadata.labels)) {
    if (
      label === 'linkerd.io/inject' ||
      /^config\.(?:alpha\.|beta\.)?linkerd\.io\//.test(label)
    ) {
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
];
