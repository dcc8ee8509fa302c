import { annotationChecks, isPlaced } from '../annotations/annotated';
import { problemOfValue } from '../annotations/values';
import { refOf } from '../naming';

/** An annotation of Istio has a value that it cannot have. */
export const invalidAnnotation = annotationChecks(
  {
    code: 'IST0125',
    level: 'warning',
    title: 'Invalid value of an annotation',
    explanation:
      'Istio cannot read the value of this annotation. The injector refuses a pod with such a value, or leaves it out.',
    upstream: 'annotations.K8sAnalyzer (istioctl)',
    mesh: 'istio',
  },
  function* run(annotation) {
    const { object, name, value, known, field } = annotation;
    const problem =
      known && isPlaced(annotation) && !known.resources.includes('Any')
        ? problemOfValue(name, value)
        : undefined;
    if (problem) {
      yield {
        message: `The annotation ${name} of ${refOf(
          object,
        )} ${problem}: it is ${JSON.stringify(value)}`,
        field,
      };
    }
  },
);
