import { destination } from './destination';
import { Field } from '../../validation/Field';
import { Problems, refused, warned } from '../../validation/report';

/** The CustomResourceDefinition has both spellings of the deprecated field. */
const PERCENT = ['mirrorPercent', 'mirror_percent'];

/** Copies of requests: each goes somewhere, and for at most all of them. */
export function* mirroring(route: Field): Problems {
  for (const name of PERCENT) {
    yield* plainPercent(route.get(name));
  }
  yield* share(route.get('mirrorPercentage').get('value'), 'mirror_percentage');
  for (const mirror of route.get('mirrors').items) {
    if (!mirror.get('destination').exists) {
      yield refused(
        mirror.get('destination'),
        'destination is required for mirrors',
      );
    }
    yield* destination(mirror.get('destination'));
    yield* share(mirror.get('percentage').get('value'), 'mirror percentage');
  }
}

function* plainPercent(percent: Field): Problems {
  if (percent.exists) {
    if (percent.number > 100) {
      yield refused(
        percent,
        `mirror_percent must have a max value of 100 (it has ${percent.number})`,
      );
    }
    yield warned(
      percent,
      'using deprecated setting "mirrorPercent", use "mirrorPercentage" instead',
    );
  }
}

function* share(field: Field, what: string): Problems {
  if (field.number > 100) {
    yield refused(
      field,
      `${what} must have a max value of 100 (it has ${field.number.toFixed(
        6,
      )})`,
    );
  }
  if (field.number < 0) {
    yield refused(
      field,
      `${what} must have a min value of 0 (it has ${field.number.toFixed(6)})`,
    );
  }
}
