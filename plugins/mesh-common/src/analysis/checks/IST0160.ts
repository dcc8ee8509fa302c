import { namespaceOf } from '../../kubernetes/objects';
import { defineCheck } from '../check';
import { refOf } from '../naming';
import { namesOf } from './selectorConflicts';
import { telemetriesOf } from './telemetries';

/** A namespace has two Telemetries for all of its pods, of which one counts. */
export const severalDefaultTelemetries = defineCheck({
  code: 'IST0160',
  level: 'error',
  title: 'Several Telemetries for all pods of a namespace',
  explanation:
    'A Telemetry without a selector is for every pod of its namespace. There may be one: of several the oldest counts, and the others have no effect.',
  upstream: 'telemetry.DefaultSelectorAnalyzer (istioctl)',
  mesh: 'istio',
  subject: 'telemetry.istio.io/Telemetry',
  needs: [],
  *run(telemetry, snapshot) {
    const others = telemetriesOf(snapshot, namespaceOf(telemetry))
      .map(({ object }) => object)
      .filter(({ spec }) => !spec?.selector)
      .filter(object => object !== telemetry);
    if (!telemetry.spec?.selector && others.length > 0) {
      yield {
        message: `${refOf(
          telemetry,
        )} is for all pods of its namespace, as ${namesOf(
          others,
        )} is: keep one, or give them selectors`,
        field: 'spec',
      };
    }
  },
});
