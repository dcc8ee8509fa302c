import { Field } from '../../validation/Field';
import { isDnsLabel } from './hosts';
import { Problems, refused } from '../../validation/report';

/**
 * Namespaces that an object is exported to: `.`, `*`, `~` for a ServiceEntry, or names, each once; `*` and `~`
 * stand alone (istio/istio pkg/config/validation/validation.go: validateExportTo).
 */
export function* exportTo(
  list: Field,
  options: {
    namespace: string;
    mayBeNone?: boolean;
    ownNamespaceOnly?: boolean;
  },
): Problems {
  const { namespace, mayBeNone = false, ownNamespaceOnly = false } = options;
  const seen = new Set<string>();
  for (const entry of list.items) {
    const { text } = entry;
    const key = text === '.' ? namespace : text;
    if (seen.has(key)) {
      yield refused(
        entry,
        key === text
          ? `duplicate entries in exportTo for entry ${text}`
          : `duplicate entries in exportTo: . and current namespace ${namespace}`,
      );
    } else if (text === '~' && !mayBeNone) {
      yield refused(
        entry,
        'exportTo ~ (none) is not allowed for Istio configuration objects',
      );
    } else if (key !== '*' && key !== '~' && text !== '.' && !isDnsLabel(key)) {
      yield refused(
        entry,
        'only .,*, or a valid DNS 1123 label is allowed as exportTo entry',
      );
    } else {
      seen.add(key);
    }
  }
  yield* togetherness(list, seen, { namespace, ownNamespaceOnly });
}

function* togetherness(
  list: Field,
  seen: ReadonlySet<string>,
  options: { namespace: string; ownNamespaceOnly: boolean },
): Problems {
  if (options.ownNamespaceOnly && seen.size > 0) {
    if (!seen.has(options.namespace)) {
      yield refused(
        list,
        'destination rule with workload selector cannot have exportTo beyond current namespace',
      );
    } else if (seen.size > 1) {
      yield refused(
        list,
        'destination rule with workload selector cannot have multiple entries in exportTo',
      );
    }
  }
  if (seen.has('*') && list.items.length > 1) {
    yield refused(
      list,
      'cannot have both public (*) and non-public exportTo values for a resource',
    );
  }
  if (seen.has('~') && list.items.length > 1) {
    yield refused(
      list,
      'cannot export service entry to no one (~) and someone',
    );
  }
}
