import { namespaceOf } from '../../kubernetes/objects';
import { defineCheck } from '../check';
import { refOf } from '../naming';
import { namesOf } from './selectorConflicts';
import { ambientPart, labelsOf, sidecarsOf } from './sidecars';

/** A namespace has two Sidecars for all of its pods, of which one counts. */
export const severalDefaultSidecars = defineCheck({
  code: 'IST0111',
  aliases: ['KIA0002'],
  level: 'error',
  title: 'Several Sidecars for all pods of a namespace',
  explanation:
    'A Sidecar without a workloadSelector is for every pod of its namespace that no other selects. There may be one: with several which one counts is not defined.',
  upstream:
    'sidecar.SelectorAnalyzer (istioctl); common.SidecarSelectorMultiMatchChecker, SidecarChecker (Kiali)',
  mesh: 'istio',
  subject: 'networking.istio.io/Sidecar',
  needs: ['Namespace'],
  *run(sidecar, snapshot) {
    if (labelsOf(sidecar) || ambientPart(snapshot, sidecar)) {
      return;
    }
    const others = sidecarsOf(snapshot, namespaceOf(sidecar))
      .filter(({ object, labels }) => !labels && object !== sidecar)
      .map(({ object }) => object);
    if (others.length > 0) {
      yield {
        message: `${refOf(
          sidecar,
        )} is for all pods of its namespace, as ${namesOf(
          others,
        )} is: keep one, or give them workloadSelectors`,
        field: 'spec',
      };
    }
  },
});
