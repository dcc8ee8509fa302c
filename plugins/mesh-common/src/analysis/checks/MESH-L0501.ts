import { pendingSetting } from '../../linkerd/rollout';
import { workloadsIn } from '../../mesh/workloads';
import { defineCheck } from '../check';

/** Annotations of a namespace that decide about the security of its pods. */
const ANNOTATIONS = [
  'config.linkerd.io/default-inbound-policy',
  'config.linkerd.io/proxy-require-identity-inbound-ports',
  'config.linkerd.io/skip-inbound-ports',
  'config.linkerd.io/skip-outbound-ports',
  'config.linkerd.io/opaque-ports',
];

const NAMED = 5;

export const namespaceSettingPending = defineCheck({
  code: 'MESH-L0501',
  level: 'warning',
  title: 'A setting of a namespace has not reached its pods',
  explanation:
    'The injector copies the annotations of a namespace to a pod when the pod is made. Pods that are older keep what they have: a stricter default policy does not count for them until they are restarted.',
  upstream: 'pkg/inject/inject.go, AppendNamespaceAnnotations (linkerd2)',
  mesh: 'linkerd',
  subject: 'Namespace',
  needs: ['Pod'],
  *run({ metadata }, snapshot) {
    for (const annotation of ANNOTATIONS) {
      const value = metadata.annotations[annotation];
      if (value !== undefined) {
        const waiting = [...workloadsIn(snapshot, metadata.name).values()]
          .filter(({ pods }) =>
            pods.some(pod => pendingSetting(snapshot, pod, annotation)),
          )
          .map(({ ref }) => `${ref.kind} ${ref.name}`)
          .sort();
        if (waiting.length > 0) {
          const named = waiting.slice(0, NAMED).join(', ');
          const more =
            waiting.length > NAMED ? ` and ${waiting.length - NAMED} more` : '';
          yield {
            message: `${annotation} of namespace ${metadata.name} is ${value}, but pods of ${named}${more} were made before that: restart them`,
            field: `metadata.annotations.${annotation}`,
          };
        }
      }
    }
  },
});
