import { ObjectSchemas } from '../../validation/problem';
import { KindId } from '../../kubernetes/kinds';
import { KubernetesObject } from '../../kubernetes/objects';
import { AnyCheck, Check, defineCheck } from '../check';
import { refOf } from '../naming';
import { rightForm } from '../rightForms';
import {
  GATEWAY_API_SUBJECTS,
  ISTIO_SUBJECTS,
  LINKERD_SUBJECTS,
} from '../subjects';

const COMMON = {
  code: 'MESH-0002',
  level: 'error',
  title: 'Field that the kind does not have',
  explanation:
    'The API server drops a field that it does not know, most often without a word: the object is taken, and what the field was to say is not in it. It is a typing mistake, a field of another kind or version, or at the wrong place.',
  upstream: 'fieldValidation=Strict (kube-apiserver)',
  needs: [],
} as const;

/** A field of an object is not in the schema of its kind. The message names the field that may have been meant. */
function unknown<K extends KindId>(
  subject: K,
  schemas: ObjectSchemas,
): Check<K> {
  return defineCheck({
    ...COMMON,
    subject,
    *run(object: KubernetesObject) {
      for (const { field, message, nearest } of schemas.unknownFields(object)) {
        yield {
          message: `${refOf(object)}: ${message}${adviceOf(
            rightForm(object.kind, field),
            nearest,
          )}`,
          field,
        };
      }
    },
  });
}

function adviceOf(right?: string, nearest?: string): string {
  if (right) {
    return `. ${right}`;
  }
  return nearest ? `, did you mean "${nearest}"?` : '';
}

/**
 * The check of each kind whose schema may be known: that of Linkerd's comes with the cluster, or in files. The fields of
 * a ServiceProfile are known without one (MESH-L0306).
 */
export function unknownFieldChecks(schemas: ObjectSchemas): AnyCheck[] {
  return [
    ...ISTIO_SUBJECTS.map(kind => unknown(kind, schemas)),
    ...GATEWAY_API_SUBJECTS.map(kind => unknown(kind, schemas)),
    ...LINKERD_SUBJECTS.filter(
      kind => kind !== 'linkerd.io/ServiceProfile',
    ).map(kind => unknown(kind, schemas)),
  ];
}
