import { annotationChecks, isPlaced } from '../annotations/annotated';
import { refOf } from '../naming';

/** An annotation of Istio is on an object that Istio does not read it of. */
export const misplacedAnnotation = annotationChecks(
  {
    code: 'IST0107',
    level: 'warning',
    title: 'Annotation on the wrong kind of object',
    explanation:
      'Istio reads this annotation of other kinds of objects, so that it has no effect here. Settings of a pod belong on the template of its Deployment, not on the Deployment itself.',
    upstream: 'annotations.K8sAnalyzer (istioctl)',
    mesh: 'istio',
  },
  function* run(annotation) {
    const { object, name, known, kind, field } = annotation;
    if (!isPlaced(annotation)) {
      yield {
        message: `${refOf(
          object,
        )} has the annotation ${name}, which Istio reads of ${known?.resources.join(
          ', ',
        )} only, not of ${kind}: move it${
          kind === 'Deployment' ? ' to spec.template.metadata' : ''
        }`,
        field,
      };
    }
  },
);
