import { Problems, refused } from '../../validation/report';
import { workloadSelector } from './selectors';
import { Subject } from './subject';

/** What istiod refuses of a ProxyConfig (istio/istio pkg/config/validation/validation.go: ValidateProxyConfig). */
export function* proxyConfig({ spec }: Subject): Problems {
  yield* workloadSelector(spec.get('selector'));
  if (spec.get('concurrency').number < 0) {
    yield refused(
      spec.get('concurrency'),
      'concurrency must be greater than or equal to 0',
    );
  }
}
