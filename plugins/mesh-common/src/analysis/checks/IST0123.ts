import { DEFAULT_ROOT_NAMESPACE } from '../../istio/meshSettings';
import { defineCheck } from '../check';
import { refOf } from '../naming';
import {
  INJECTION_LABEL,
  MODE_LABEL,
  REVISION_LABEL,
} from './namespaceInjection';

/** A namespace has several labels that say how it takes part in the mesh. */
export const conflictingInjectionLabels = defineCheck({
  code: 'IST0123',
  level: 'warning',
  title: 'Namespace has several labels for the mesh',
  explanation:
    'istio-injection, istio.io/rev and istio.io/dataplane-mode each say how the pods of the namespace take part. With several of them one wins without a word: istio-injection over istio.io/rev, and sidecars over ambient mode. Keep one.',
  upstream: 'injection.Analyzer (istioctl)',
  mesh: 'istio',
  subject: 'Namespace',
  needs: [],
  *run(namespace) {
    const { name, labels } = namespace.metadata;
    const injection = labels[INJECTION_LABEL];
    if (
      name === DEFAULT_ROOT_NAMESPACE ||
      (injection !== undefined && injection !== 'enabled')
    ) {
      return;
    }
    const found = [INJECTION_LABEL, REVISION_LABEL, MODE_LABEL].filter(
      label => label in labels,
    );
    if (found.length > 1) {
      yield {
        message: `${refOf(namespace)} has the labels ${found
          .map(label => `${label}=${labels[label]}`)
          .join(', ')}, of which one counts: keep one`,
        field: 'metadata.labels',
      };
    }
  },
});
