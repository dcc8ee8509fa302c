import { isJsonObject } from '../../kubernetes/jsonValues';
import { Field } from '../../validation/Field';
import { Problems, refused } from '../../validation/report';

type Shape =
  | 'string'
  | 'bool'
  | 'number'
  | 'uint32'
  | 'quantity'
  | 'ports'
  | { list: Shape | (() => Shape) }
  | { fields: Record<string, Shape | (() => Shape)> };

const MAX_U32 = 4_294_967_295;

/** A number as Kubernetes writes amounts, such as `500m` or `2Ki`. */
const QUANTITY =
  /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[KMGTPE]i|[numkMGTPE]|[eE][-+]?\d+)?$/;

const requestMatch: () => Shape = () => ({
  fields: {
    all: { list: requestMatch },
    not: requestMatch,
    any: { list: requestMatch },
    pathRegex: 'string',
    method: 'string',
  },
});

const responseMatch: () => Shape = () => ({
  fields: {
    all: { list: responseMatch },
    not: responseMatch,
    any: { list: responseMatch },
    status: { fields: { min: 'uint32', max: 'uint32' } },
  },
});

/** The fields of a ServiceProfile (linkerd2 controller/gen/apis/serviceprofile/v1alpha2/types.go). */
const PROFILE: Shape = {
  fields: {
    routes: {
      list: {
        fields: {
          name: 'string',
          condition: requestMatch,
          responseClasses: {
            list: { fields: { condition: responseMatch, isFailure: 'bool' } },
          },
          isRetryable: 'bool',
          timeout: 'string',
        },
      },
    },
    retryBudget: {
      fields: {
        retryRatio: 'number',
        minRetriesPerSecond: 'uint32',
        ttl: 'string',
      },
    },
    dstOverrides: {
      list: { fields: { authority: 'string', weight: 'quantity' } },
    },
    opaquePorts: 'ports',
  },
};

/** The fields that a part of a ServiceProfile has; the parts are named as in `routes.responseClasses`, the whole by ``. */
export function profileFieldsAt(part: string): readonly string[] {
  const steps = part === '' ? [] : part.split('.');
  const shape = steps.reduce<Shape | undefined>((current, step) => {
    const fields = current && fieldsOf(current);
    return fields && Object.hasOwn(fields, step)
      ? shapeOf(fields[step])
      : undefined;
  }, PROFILE);
  return Object.keys((shape && fieldsOf(shape)) ?? {});
}

/** Of an object, or of the items of a list of them. */
function fieldsOf(
  shape: Shape,
): Record<string, Shape | (() => Shape)> | undefined {
  if (typeof shape === 'string') {
    return undefined;
  }
  return 'fields' in shape ? shape.fields : fieldsOf(shapeOf(shape.list));
}

function shapeOf(shape: Shape | (() => Shape)): Shape {
  return typeof shape === 'function' ? shape() : shape;
}

/**
 * What cannot be decoded of a ServiceProfile: fields that it does not have, and values of another type. A null is an
 * absent value.
 */
export function wrongTypes(spec: Field): Problems {
  return check(spec, PROFILE);
}

function* check(field: Field, expected: Shape | (() => Shape)): Problems {
  const shape = shapeOf(expected);
  if (!field.exists) {
    return;
  }
  if (shape === 'ports') {
    yield* portSet(field);
  } else if (typeof shape === 'string') {
    if (!isOfType(field.value, shape)) {
      yield refused(field, `cannot be decoded as ${shape}`);
    }
  } else if ('list' in shape) {
    if (!Array.isArray(field.value)) {
      yield refused(field, 'cannot be decoded as a list');
    }
    for (const item of field.items) {
      yield* check(item, shape.list);
    }
  } else if (!isJsonObject(field.value)) {
    yield refused(field, 'cannot be decoded as an object');
  } else {
    for (const [name, member] of field.members) {
      if (Object.hasOwn(shape.fields, name)) {
        yield* check(member, shape.fields[name]);
      } else {
        yield refused(member, `unknown field "${name}"`);
      }
    }
  }
}

/**
 * Ports are the keys of an object, whose values say nothing. The schema of the API server wants a list instead, so that
 * nothing passes both.
 */
function* portSet(field: Field): Problems {
  if (!isJsonObject(field.value)) {
    yield refused(field, 'cannot be decoded as a set of ports');
  }
  for (const [name, member] of field.members) {
    const isPort = /^\d+$/.test(name) && Number(name) <= MAX_U32;
    const isEmpty = isJsonObject(member.value) && !member.isFilled;
    if (!isPort || (member.exists && !isEmpty)) {
      yield refused(member, 'cannot be decoded as a port');
    }
  }
}

function isOfType(
  value: unknown,
  type: Exclude<Shape, object | 'ports'>,
): boolean {
  switch (type) {
    case 'bool':
      return typeof value === 'boolean';
    case 'uint32':
      return (
        typeof value === 'number' &&
        Number.isInteger(value) &&
        value >= 0 &&
        value <= MAX_U32
      );
    case 'quantity':
      return (
        typeof value === 'number' ||
        (typeof value === 'string' && QUANTITY.test(value.trim()))
      );
    default:
      return typeof value === type;
  }
}
