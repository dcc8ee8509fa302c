import type { StatusCause } from '../../api/status';
import type { StoredObject } from '../types';
import { equalJson, listOf, own, recordOf, type JsonRecord } from '../values';
import { invalidValue } from './causes';
import { checkPodSpec } from './podSpec';

/** The selector of a workload selects its own pods, and never changes. */
export function checkWorkload(
  object: StoredObject,
  old: StoredObject | undefined,
): StatusCause[] {
  const spec = recordOf(object.spec);
  const selector = recordOf(spec.selector);
  const template = recordOf(spec.template);
  const { labels } = recordOf(template.metadata);
  const matched =
    spec.selector !== undefined &&
    Object.entries(recordOf(selector.matchLabels)).every(
      ([key, value]) => own(recordOf(labels), key) === value,
    );
  const causes: StatusCause[] = [];
  if (spec.selector !== undefined && Object.keys(selector).length === 0) {
    causes.push(
      invalidValue(
        'spec.selector',
        spec.selector ?? {},
        `empty selector is invalid for ${object.kind.toLowerCase()}`,
      ),
    );
  }
  if (!matched) {
    causes.push(
      invalidValue(
        'spec.template.metadata.labels',
        labels ?? null,
        '`selector` does not match template `labels`',
      ),
    );
  }
  if (typeof spec.replicas === 'number' && spec.replicas < 0) {
    causes.push(
      invalidValue(
        'spec.replicas',
        spec.replicas,
        'must be greater than or equal to 0',
      ),
    );
  }
  causes.push(...checkPodSpec(recordOf(template.spec), 'spec.template.spec'));
  if (old && !equalJson(recordOf(old.spec).selector, selector)) {
    causes.push(invalidValue('spec.selector', selector, 'field is immutable'));
  }
  return causes;
}

/** Of a pod that is made, little may change: another pod takes its place. */
export function checkPod(
  object: StoredObject,
  old: StoredObject | undefined,
): StatusCause[] {
  const spec = recordOf(object.spec);
  const causes = checkPodSpec(spec, 'spec');
  if (
    causes.length > 0 ||
    !old ||
    equalJson(fixed(spec), fixed(recordOf(old.spec)))
  ) {
    return causes;
  }
  return [
    {
      reason: 'FieldValueForbidden',
      message:
        'Forbidden: pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
      field: 'spec',
    },
  ];
}

/** What of a pod's spec may not change once it is made; a binding to a node may come later. */
function fixed(spec: JsonRecord) {
  const {
    activeDeadlineSeconds: _deadline,
    tolerations: _tolerations,
    terminationGracePeriodSeconds: _grace,
    nodeName: _node,
    ephemeralContainers: _ephemeral,
    schedulingGates: _gates,
    ...rest
  } = spec;
  const withoutImages = (containers: unknown) =>
    listOf(containers).map(container => {
      const { image: _image, ...other } = recordOf(container);
      return other;
    });
  return {
    ...rest,
    containers: withoutImages(spec.containers),
    initContainers: withoutImages(spec.initContainers),
  };
}
