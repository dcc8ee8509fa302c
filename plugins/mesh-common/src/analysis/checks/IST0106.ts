import { KindId } from '../../kubernetes/kinds';
import { KubernetesObject } from '../../kubernetes/objects';
import { isPart } from '../../kubernetes/readablePart';
import { ObjectSchemas } from '../../validation/problem';
import { validate } from '../../istio/validation/validate';
import { AnyCheck, Check, defineCheck } from '../check';
import { refOf } from '../naming';
import { ISTIO_SUBJECTS } from '../subjects';

const COMMON = {
  code: 'IST0106',
  level: 'error',
  title: 'Object that Istio refuses',
  explanation:
    'istiod looks at every object of Istio before the cluster takes it and refuses this one. In a cluster where nobody asked istiod, the object is there but means nothing, or something else than it says.',
  mesh: 'istio',
  needs: [],
} as const;

/**
 * An object is refused by istiod's validating webhook, or, where the schemas of the kinds are given, by the API server
 * before it. Each problem is a finding at its field.
 */
function refused<K extends KindId>(
  subject: K,
  schemas: ObjectSchemas | undefined,
): Check<K> {
  const kind = subject.split('/').at(-1);
  return defineCheck({
    ...COMMON,
    upstream: `schema.ValidationAnalyzer.${kind} (istioctl)`,
    subject,
    *run(object: KubernetesObject) {
      // Of what is wrong elsewhere MESH-0001 says so.
      if (isPart(object)) {
        return;
      }
      for (const { field, message, level } of validate(object, schemas)) {
        if (level === 'error') {
          yield {
            message: `${refOf(object)} is refused: ${field}: ${message}`,
            field,
          };
        }
      }
    },
  });
}

/** The check of each kind of Istio, with the schemas of the kinds where they are known. */
export function refusalChecks(schemas?: ObjectSchemas): AnyCheck[] {
  return ISTIO_SUBJECTS.map(kind => refused(kind, schemas));
}

/** What istiod refuses, as far as it can be told without the schemas of the kinds. */
export const refusedObjects: readonly AnyCheck[] = refusalChecks();
