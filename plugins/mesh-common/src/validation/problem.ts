/**
 * What is wrong with an object in itself, whatever else the cluster holds.
 *
 * @public
 */
export interface ValidationProblem {
  /** Path in the object, such as `spec.http[0].timeout`. */
  field: string;
  /** Why it is refused, close to the words of the API server or of istiod. */
  message: string;
  /** `error`: the object is refused. `warning`: it is taken, and istiod warns. */
  level: 'error' | 'warning';
}

/**
 * A field that the kind does not have. The API server drops it without a word unless it is asked to be strict.
 *
 * @public
 */
export interface UnknownField {
  field: string;
  message: string;
  /** The field that may have been meant. */
  nearest?: string;
}

/**
 * An object as a file or the API gives it, with whatever mistakes it has.
 *
 * @public
 */
export interface RawObject {
  apiVersion: string;
  kind: string;
  metadata?: unknown;
  spec?: unknown;
}

/**
 * The schemas of the kinds, as CustomResourceDefinitions give them.
 *
 * @public
 */
export interface ObjectSchemas {
  /** What the API server refuses by the schema and its rules; nothing where the kind's schema is not known. */
  problems(object: RawObject): ValidationProblem[];
  /** Fields that the schema does not have; nothing where it is not known. */
  unknownFields(object: RawObject): UnknownField[];
  /** Why a text is no expression of the Common Expression Language. */
  celComplaint(text: string): string | undefined;
}
