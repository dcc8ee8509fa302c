import { Field } from '../../validation/Field';
import { Problems, refused } from '../../validation/report';
import {
  ParsedSettings,
  parseRetry,
  parseTimeouts,
} from '../trafficAnnotations';

/**
 * What is refused of the annotations for retries and timeouts of a route for clients; annotations of no meaning for the
 * kind are not looked at (linkerd2 policy-controller/runtime/src/admission.rs: `validate_{http,grpc}_route_annotations`).
 */
export function* trafficSettings(
  annotations: Field,
  protocol: 'http' | 'grpc',
): Problems {
  const texts = Object.fromEntries(
    annotations.members.map(([key, value]) => [key, value.text]),
  );
  const parsed: ParsedSettings<unknown>[] = [
    parseRetry(texts, protocol),
    parseTimeouts(texts),
  ];
  for (const settings of parsed) {
    if ('error' in settings) {
      yield refused(annotations.get(settings.annotation), settings.error);
    }
  }
}
