import { Annotation, annotationChecks } from '../annotations/annotated';
import { refOf } from '../naming';

const SET_WITH_CNI: ReadonlySet<string> = new Set([
  'sidecar.istio.io/interceptionMode',
  'traffic.sidecar.istio.io/includeInboundPorts',
  'traffic.sidecar.istio.io/excludeInboundPorts',
  'traffic.sidecar.istio.io/includeOutboundIPRanges',
]);

/** An annotation of Istio is not stable yet. */
export const alphaAnnotation = annotationChecks(
  {
    code: 'IST0136',
    level: 'info',
    title: 'Alpha annotation',
    explanation:
      'The annotation is at the stage alpha: it may change or go without notice. istioctl does not report it unless asked.',
    upstream: 'annotations.AlphaAnalyzer (istioctl)',
    mesh: 'istio',
  },
  function* run(annotation) {
    const { object, name, known, field } = annotation;
    if (known?.featureStatus === 'Alpha' && !isSetByInjector(annotation)) {
      yield {
        message: `${refOf(
          object,
        )} has the annotation ${name}, which is alpha: do not depend on it in production`,
        field,
      };
    }
  },
);

/** Where the CNI redirects a pod's traffic (no container istio-init does) the injector tells it how by these. */
function isSetByInjector({ pod, name }: Annotation): boolean {
  return (
    pod !== undefined &&
    SET_WITH_CNI.has(name) &&
    !pod.spec.initContainers.some(container => container.name === 'istio-init')
  );
}
