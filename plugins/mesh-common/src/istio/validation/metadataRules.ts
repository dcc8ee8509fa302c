import { Problems, refused } from '../../validation/report';
import { Subject } from './subject';

/** Annotations that istiod writes for itself. */
const INTERNAL = [
  'internal.istio.io/parents',
  'internal.istio.io/parent-namespace',
];
const DRY_RUN = 'istio.io/dry-run';

/**
 * Annotations that an object may not have: the dry run of anything but an AuthorizationPolicy, and istiod's own
 * (istio/istio pkg/config/validation/validation.go: validateMetadata).
 */
export function* metadataRules(
  { annotations }: Subject,
  kind: string,
): Problems {
  if (annotations.get(DRY_RUN).exists && kind !== 'AuthorizationPolicy') {
    yield refused(
      annotations.get(DRY_RUN),
      `unsupported annotation ${DRY_RUN}, please remove the annotation`,
    );
  }
  if (annotations.get('internal.istio.io/webhook-always-reject').exists) {
    yield refused(
      annotations.get('internal.istio.io/webhook-always-reject'),
      '"internal.istio.io/webhook-always-reject" annotation found, rejecting',
    );
  }
  for (const name of INTERNAL) {
    if (annotations.get(name).exists) {
      yield refused(
        annotations.get(name),
        `"${name}" annotation found, this may not be set by users`,
      );
    }
  }
}
