import { isJsonObject, own } from '../kubernetes/jsonValues';
import { JsonSchema } from './jsonSchema';

/** Whether a value fits a schema in every respect. */
type Fits = (value: unknown, schema: JsonSchema) => boolean;

/** What is wrong with a value by `oneOf`, `anyOf`, `allOf` and `not`. */
export function alternativesProblem(
  value: unknown,
  schema: JsonSchema,
  path: string,
  fits: Fits,
): string | undefined {
  const { oneOf, anyOf, allOf, not } = schema;
  const valid = oneOf?.filter(one => fits(value, one)).length ?? 1;
  if (oneOf && valid !== 1) {
    return valid === 0
      ? `"${path}" must validate one and only one schema (oneOf). Found none valid`
      : `"${path}" must validate one and only one schema (oneOf). Found ${valid} valid alternatives${conflict(
          value,
          oneOf,
        )}`;
  }
  if (anyOf && !anyOf.some(one => fits(value, one))) {
    return `"${path}" must validate at least one schema (anyOf)`;
  }
  const refused = allOf?.find(one => !fits(value, one));
  if (refused) {
    return (
      alternativesProblem(value, refused, path, fits) ??
      `"${path}" must validate all the schemas (allOf)`
    );
  }
  return not && fits(value, not)
    ? `"${path}" must not validate the schema (not)`
    : undefined;
}

/** Names the members of which one alone may be set, where the alternatives are such members. */
function conflict(value: unknown, oneOf: readonly JsonSchema[]): string {
  if (!isJsonObject(value)) {
    return '';
  }
  const set = [...new Set(oneOf.flatMap(({ required = [] }) => required))]
    .filter(name => own(value, name) !== undefined)
    .join(', ');
  return set ? `: only one of ${set} may be set` : '';
}
