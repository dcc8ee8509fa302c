import { Field } from '../../validation/Field';
import { Problems, refused } from '../../validation/report';

const OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist'];

/**
 * A selector by labels: values are texts, which the webhook cannot read otherwise, and, as the schemas want it, expressions
 * have a key and an operator that there is.
 */
export function* selector(written: Field): Problems {
  for (const [, value] of written.get('matchLabels').members) {
    if (typeof value.value !== 'string') {
      yield refused(value, 'the value of a label is a text');
    }
  }
  for (const expression of written.get('matchExpressions').items) {
    if (expression.get('key').text === '') {
      yield refused(expression.get('key'), 'key must be set');
    }
    if (!OPERATORS.includes(expression.get('operator').text)) {
      yield refused(
        expression.get('operator'),
        `operator must be one of ${OPERATORS.join(', ')}`,
      );
    }
  }
}
