import { ObjectSchemas } from '../../validation/problem';
import { KindId } from '../../kubernetes/kinds';
import { KubernetesObject } from '../../kubernetes/objects';
import { durationHint } from '../../linkerd/wholeDuration';
import { AnyCheck, Check, defineCheck } from '../check';
import { refOf } from '../naming';
import { GATEWAY_API_SUBJECTS, LINKERD_SUBJECTS } from '../subjects';

const COMMON = {
  code: 'MESH-0003',
  level: 'error',
  title: 'Object that the API server refuses',
  explanation:
    'The schema of the kind, or one of its rules, does not allow what the object says. The API server refuses it when it is written.',
  upstream: 'CustomResourceDefinition (kube-apiserver)',
  needs: [],
} as const;

/** What the schemas of the Gateway API say of durations. */
const DURATION_PATTERN = "'^([0-9]{1,5}(h|m|s|ms)){1,4}$'";

/** A pattern does not say how a duration is written that is one to other programs, such as 1.5s. */
function hint(message: string): string {
  const value = message.endsWith(DURATION_PATTERN)
    ? /^Invalid value: "([^"]*)"/.exec(message)?.[1]
    : undefined;
  return value === undefined ? '' : durationHint(value);
}

/** An object of the Gateway API or of Linkerd breaks the schema of its kind, or a rule of it. */
function refused<K extends KindId>(
  subject: K,
  schemas: ObjectSchemas,
): Check<K> {
  return defineCheck({
    ...COMMON,
    subject,
    *run(object: KubernetesObject) {
      for (const { field, message } of schemas.problems(object)) {
        yield {
          message: `${refOf(object)} is refused: ${field}: ${message}${hint(
            message,
          )}`,
          field,
        };
      }
    },
  });
}

/** The check of each kind of the Gateway API and of Linkerd; istiod's webhook has the last word on its own. */
export function refusedBySchema(schemas: ObjectSchemas): AnyCheck[] {
  return [...GATEWAY_API_SUBJECTS, ...LINKERD_SUBJECTS].map(kind =>
    refused(kind, schemas),
  );
}
