import { defineCheck } from '../check';
import { refOf } from '../naming';
import { autoImage } from './imageAuto';

/** A pod has a proxy without an image, since nobody filled it in. */
export const autoImageOfPod = defineCheck({
  code: 'IST0147',
  level: 'error',
  title: 'Pod whose proxy has no image',
  explanation:
    'The image auto is to be replaced by the injector when the pod is made. It was not, so that the container istio-proxy cannot start. Label the namespace or the pod for injection, and make the pod again.',
  upstream: 'injection.ImageAutoAnalyzer (istioctl)',
  mesh: 'istio',
  subject: 'Pod',
  needs: [],
  *run(pod) {
    const field = autoImage(pod.spec);
    if (field) {
      yield {
        message: `${refOf(
          pod,
        )} was not injected, so that its istio-proxy has the image auto, which does not exist: have its namespace injected and make it again`,
        field: `spec.${field}`,
      };
    }
  },
});
