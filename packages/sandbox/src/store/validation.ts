import { invalid, type StatusCause } from '../api/status';
import type { ResourceType, StoredObject } from './types';
import { equalJson, isRecord, listOf, own, recordOf } from './values';

type Check = (
  object: StoredObject,
  old: StoredObject | undefined,
) => StatusCause[];

const NAME_PART = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)$/;
const PREFIX = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/;

const LABEL_VALUE_MESSAGE =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
const NAME_PART_MESSAGE =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

export function isLabelValue(value: string): boolean {
  return value === '' || NAME_PART.test(value);
}

/** A name with an optional DNS prefix: `app`, `app.kubernetes.io/name`. */
export function isQualifiedName(key: string): boolean {
  const slash = key.indexOf('/');
  return (
    NAME_PART.test(key.slice(slash + 1)) &&
    (slash < 0 || PREFIX.test(key.slice(0, slash)))
  );
}

function invalidValue(
  field: string,
  value: unknown,
  message: string,
): StatusCause {
  return {
    reason: 'FieldValueInvalid',
    message: `Invalid value: ${JSON.stringify(value)}: ${message}`,
    field,
  };
}

function required(field: string, message: string = ''): StatusCause {
  return {
    reason: 'FieldValueRequired',
    message: `Required value${message && `: ${message}`}`,
    field,
  };
}

function checkLabels(object: StoredObject): StatusCause[] {
  const { labels = {}, annotations = {} } = object.metadata;
  return [
    ...Object.entries(labels).flatMap(([key, value]) => [
      ...(isQualifiedName(key)
        ? []
        : [invalidValue('metadata.labels', key, NAME_PART_MESSAGE)]),
      ...(isLabelValue(value)
        ? []
        : [invalidValue('metadata.labels', value, LABEL_VALUE_MESSAGE)]),
    ]),
    ...Object.keys(annotations)
      .filter(key => !isQualifiedName(key.toLowerCase()))
      .map(key => invalidValue('metadata.annotations', key, NAME_PART_MESSAGE)),
  ];
}

/** The selector of a workload selects its own pods, and never changes. */
const checkWorkload: Check = (object, old) => {
  const spec = recordOf(object.spec);
  const selector = recordOf(spec.selector);
  const template = recordOf(recordOf(spec.template).metadata);
  const labels = recordOf(template.labels);
  const matched = Object.entries(recordOf(selector.matchLabels)).every(
    ([key, value]) => own(labels, key) === value,
  );
  const causes: StatusCause[] = [];
  if (Object.keys(selector).length === 0) {
    causes.push(
      invalidValue(
        'spec.selector',
        spec.selector ?? {},
        'empty selector is invalid for deployment',
      ),
    );
  } else if (!matched) {
    causes.push(
      invalidValue(
        'spec.template.metadata.labels',
        labels,
        '`selector` does not match template `labels`',
      ),
    );
  }
  return old
    ? [...causes, ...unchanged('spec.selector', selector, old.spec, 'selector')]
    : causes;
};

function unchanged(
  field: string,
  value: unknown,
  old: unknown,
  name: string,
): StatusCause[] {
  return equalJson(recordOf(old)[name], value)
    ? []
    : [invalidValue(field, value, 'field is immutable')];
}

const checkPod: Check = (object, old) => {
  const spec = recordOf(object.spec);
  if (listOf(spec.containers).length === 0) {
    return [required('spec.containers')];
  }
  if (!old || equalJson(fixed(spec), fixed(recordOf(old.spec)))) {
    return [];
  }
  return [
    {
      reason: 'FieldValueForbidden',
      message:
        'Forbidden: pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
      field: 'spec',
    },
  ];
};

/** What of a pod's spec may not change once it is made; a binding to a node may come later. */
function fixed(spec: Record<string, unknown>) {
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

const checkService: Check = (object, old) => {
  const spec = recordOf(object.spec);
  const ports = listOf(spec.ports).map(recordOf);
  const causes: StatusCause[] = [];
  if (
    ports.length === 0 &&
    spec.clusterIP !== 'None' &&
    spec.type !== 'ExternalName'
  ) {
    causes.push(required('spec.ports'));
  }
  const seen = new Set<unknown>();
  ports.forEach((port, index) => {
    const field = `spec.ports[${index}]`;
    if (ports.length > 1 && !port.name) {
      causes.push(required(`${field}.name`));
    }
    if (port.name !== undefined && seen.has(port.name)) {
      causes.push({
        reason: 'FieldValueDuplicate',
        message: `Duplicate value: ${JSON.stringify(port.name)}`,
        field: `${field}.name`,
      });
    }
    seen.add(port.name);
    if (!isPort(port.port)) {
      causes.push(
        invalidValue(
          `${field}.port`,
          port.port,
          'must be between 1 and 65535, inclusive',
        ),
      );
    }
  });
  const oldSpec = recordOf(old?.spec);
  const stays =
    oldSpec.clusterIP === undefined ||
    spec.type === 'ExternalName' ||
    oldSpec.type === 'ExternalName';
  return stays
    ? causes
    : [
        ...causes,
        ...unchanged(
          'spec.clusterIP',
          spec.clusterIP,
          oldSpec,
          'clusterIP',
        ).map(cause => ({
          ...cause,
          message: cause.message?.replace(
            'field is immutable',
            'may not be changed once set',
          ),
        })),
      ];
};

function isPort(value: unknown): boolean {
  return (
    typeof value === 'number' &&
    Number.isInteger(value) &&
    value >= 1 &&
    value <= 65535
  );
}

const checkBinding: Check = (object, old) =>
  old && isRecord(old.roleRef) && !equalJson(old.roleRef, object.roleRef)
    ? [invalidValue('roleRef', object.roleRef, 'cannot change roleRef')]
    : [];

const CHECKS = new Map<string, Check>([
  ['/Pod', checkPod],
  ['/Service', checkService],
  ['apps/DaemonSet', checkWorkload],
  ['apps/Deployment', checkWorkload],
  ['apps/ReplicaSet', checkWorkload],
  ['apps/StatefulSet', checkWorkload],
  ['rbac.authorization.k8s.io/ClusterRoleBinding', checkBinding],
  ['rbac.authorization.k8s.io/RoleBinding', checkBinding],
]);

/** Refuses what a schema cannot: members that contradict each other, and changes of what may not change. */
export function checkSemantics(
  resource: ResourceType,
  object: StoredObject,
  old: StoredObject | undefined,
): void {
  const check = resource.custom
    ? undefined
    : CHECKS.get(`${resource.group}/${resource.kind}`);
  const causes = [...checkLabels(object), ...(check?.(object, old) ?? [])];
  if (causes.length > 0) {
    throw invalid(resource, object.metadata.name, causes);
  }
}
