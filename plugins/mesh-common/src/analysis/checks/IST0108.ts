import { annotationChecks } from '../annotations/annotated';
import { refOf } from '../naming';

/** An annotation has the name of one of Istio’s, which has none of this name. */
export const unknownAnnotation = annotationChecks(
  {
    code: 'IST0108',
    level: 'warning',
    title: 'Unknown annotation',
    explanation:
      'Annotations under istio.io are Istio’s. It has none of this name, so that the setting has no effect: most often it is misspelt, or a label.',
    upstream: 'annotations.K8sAnalyzer (istioctl)',
    mesh: 'istio',
  },
  function* run({ object, name, known, field }) {
    if (!known) {
      yield {
        message: `${refOf(
          object,
        )} has the annotation ${name}, which Istio does not know: correct its name, or remove it`,
        field,
      };
    }
  },
);
