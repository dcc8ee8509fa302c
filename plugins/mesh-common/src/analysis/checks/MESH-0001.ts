import { CheckDescription } from '../check';

/**
 * An object does not have the shape of its kind. It is no check of objects as others are, since there is no
 * object to look at: the Analyzer reports what parsing found.
 */
export const malformedObject: CheckDescription = {
  code: 'MESH-0001',
  level: 'error',
  title: 'Object that cannot be read',
  explanation:
    'A field of the object has a value that its kind does not allow. Answers that the object would decide are unknown until it is mended. Clusters refuse most of such objects when they are written; files are not checked by anybody. Where single elements of a list are wrong, such as one route of several, the rest of the object is looked at by the other checks.',
  upstream: 'the schemas of the kinds (OpenAPI)',
};
