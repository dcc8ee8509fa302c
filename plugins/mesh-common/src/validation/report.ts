import { Field } from './Field';
import { ValidationProblem } from './problem';

/** What a rule finds. */
export type Problems = IterableIterator<ValidationProblem>;

/** What is wrong with a text or a number by itself, if anything. */
export type Complaint = string | undefined;

/** The object is refused for this. */
export function refused(field: Field, message: string): ValidationProblem {
  return { field: field.path, message, level: 'error' };
}

/** The object is taken, with a warning. */
export function warned(field: Field, message: string): ValidationProblem {
  return { field: field.path, message, level: 'warning' };
}

/** The field is refused where there is a complaint about it. */
export function* refusedFor(field: Field, complaint: Complaint): Problems {
  if (complaint !== undefined) {
    yield refused(field, complaint);
  }
}
