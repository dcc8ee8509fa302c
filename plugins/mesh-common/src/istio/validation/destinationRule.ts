import { subsetNameComplaint } from './destination';
import { exportTo } from './exportTo';
import { wildcardDomainComplaint } from './hosts';
import { Problems, refused, refusedFor } from '../../validation/report';
import { workloadSelector } from './selectors';
import { Subject } from './subject';
import { trafficPolicy } from './trafficPolicy';
import { labels } from './values';

/** What istiod refuses of a DestinationRule (istio/istio pkg/config/validation/validation.go: ValidateDestinationRule). */
export function* destinationRule({ spec, namespace }: Subject): Problems {
  yield* refusedFor(
    spec.get('host'),
    wildcardDomainComplaint(spec.get('host').text),
  );
  yield* trafficPolicy(spec.get('trafficPolicy'), namespace);
  const names = new Set<string>();
  for (const subset of spec.get('subsets').items) {
    const name = subset.get('name');
    if (names.has(name.text)) {
      yield refused(name, `duplicate subset names: ${name.text}`);
    }
    names.add(name.text);
    yield* refusedFor(name, subsetNameComplaint(name.text));
    yield* labels(subset.get('labels'));
    yield* trafficPolicy(subset.get('trafficPolicy'), namespace);
  }
  yield* exportTo(spec.get('exportTo'), {
    namespace,
    ownNamespaceOnly: spec.get('workloadSelector').exists,
  });
  yield* workloadSelector(spec.get('workloadSelector'));
}
