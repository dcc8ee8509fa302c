import { KubernetesObject } from '../kubernetes/objects';

const ANNOTATION = 'galley.istio.io/analyze-suppress';

/**
 * Why a finding about an object is not reported: the object's annotation lists its code, or `*` for all. Codes are
 * separated by commas alone: with a space after the comma a code is another one, as istioctl has it.
 *
 * Upstream: pkg/config/analysis/local/istiod_analyze.go, `filterMessages`.
 */
export function suppressedBy(
  { metadata: { annotations } }: KubernetesObject,
  codes: readonly string[],
): string | undefined {
  const written = Object.hasOwn(annotations, ANNOTATION)
    ? annotations[ANNOTATION]
    : undefined;
  if (written === undefined) {
    return undefined;
  }
  const listed = written.split(',');
  return written === '*' || codes.some(code => listed.includes(code))
    ? `The object has the annotation ${ANNOTATION}: ${written}`
    : undefined;
}
