import { Field } from '../../validation/Field';
import { Problems, refused, warned } from '../../validation/report';
import { duration, percent } from './values';

/** `outlierDetection` (istio/istio pkg/config/validation/validation.go: validateOutlierDetection). */
export function* outlierDetection(field: Field): Problems {
  yield* duration(field.get('baseEjectionTime'));
  yield* duration(field.get('interval'));
  const old = field.get('consecutiveErrors');
  if (old.number !== 0) {
    yield warned(
      old,
      'outlier detection consecutive errors is deprecated, use consecutiveGatewayErrors or consecutive5xxErrors instead',
    );
  }
  const local = field.get('consecutiveLocalOriginFailures');
  if (!field.get('splitExternalLocalOriginErrors').isTrue && local.number > 0) {
    yield refused(
      local,
      'outlier detection consecutive local origin failures is specified, but split external local origin errors is set to false',
    );
  }
  yield* percent(field.get('maxEjectionPercent'));
  yield* percent(field.get('minHealthPercent'));
}
