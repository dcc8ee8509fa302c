import { annotationChecks } from '../annotations/annotated';
import { refOf } from '../naming';

/** The one with a successor: a label of the same name. */
const INJECT = 'sidecar.istio.io/inject';

/** An annotation of Istio is to go. */
export const deprecatedAnnotation = annotationChecks(
  {
    code: 'IST0135',
    level: 'info',
    title: 'Deprecated annotation',
    explanation:
      'Istio still reads this annotation, and a later version will not.',
    upstream: 'annotations.K8sAnalyzer (istioctl)',
    mesh: 'istio',
  },
  function* run({ object, name, labels, known, field }) {
    const isReplaced = name === INJECT && INJECT in labels;
    if (known?.deprecated && !isReplaced) {
      yield {
        message: `${refOf(
          object,
        )} has the annotation ${name}, which is deprecated: ${
          name === INJECT ? `use the label ${INJECT}` : 'remove it'
        }`,
        field,
      };
    }
  },
);
