import { Field } from '../../validation/Field';
import { Problems, refused } from '../../validation/report';
import { parseFailureAccrual } from '../failureAccrual';
import {
  ParsedSettings,
  parseRetry,
  parseTimeouts,
} from '../trafficAnnotations';

/**
 * What is refused of the annotations for retries, circuit breaking and timeouts of a route for clients, though routes do
 * not set circuit breaking; annotations of no meaning for the kind are not looked at (linkerd2
 * policy-controller/runtime/src/admission.rs: `Validate<HttpRouteSpec>`, `Validate<GrpcRouteSpec>`).
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
    parseFailureAccrual(texts),
    parseTimeouts(texts),
  ];
  for (const settings of parsed) {
    if ('error' in settings) {
      yield refused(annotations.get(settings.annotation), settings.error);
    }
  }
}
