import { KindId } from '../../kubernetes/kinds';
import { KubernetesObject } from '../../kubernetes/objects';
import { validate } from '../../istio/validation/validate';
import { AnyCheck, Check, defineCheck } from '../check';
import { refOf } from '../naming';
import { ISTIO_SUBJECTS } from '../subjects';

const COMMON = {
  code: 'IST0133',
  level: 'warning',
  title: 'Object that Istio warns of',
  explanation:
    'istiod takes the object and warns whoever writes it: it has a setting that is outdated, or that does not do what it seems to.',
  mesh: 'istio',
  needs: [],
} as const;

/** istiod's validating webhook takes an object with a warning. Each warning is a finding at its field. */
function warnedOf<K extends KindId>(subject: K): Check<K> {
  const kind = subject.split('/').at(-1);
  return defineCheck({
    ...COMMON,
    upstream: `schema.ValidationAnalyzer.${kind} (istioctl)`,
    subject,
    *run(object: KubernetesObject) {
      for (const { field, message, level } of validate(object)) {
        if (level === 'warning') {
          yield { message: `${refOf(object)}: ${field}: ${message}`, field };
        }
      }
    },
  });
}

/** The check of each kind of Istio of which istiod has something to warn. */
export const objectsWithWarnings: readonly AnyCheck[] =
  ISTIO_SUBJECTS.map(warnedOf);
