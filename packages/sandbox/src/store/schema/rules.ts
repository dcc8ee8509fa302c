import type { StatusCause } from '../../api/status';
import { equalJson, isRecord, type JsonRecord } from '../values';
import { matchesFormat } from './formats';
import type { ValueRules } from './types';

/** The breaches of what a schema asks of a value of the right type. */
export function checkRules(
  rules: ValueRules,
  value: unknown,
  path: string,
): StatusCause[] {
  const problems: StatusCause[] = [];
  if (rules.enum && !rules.enum.some(allowed => equalJson(allowed, value))) {
    problems.push({
      reason: 'FieldValueNotSupported',
      message: `Unsupported value: ${JSON.stringify(
        value,
      )}: supported values: ${rules.enum
        .map(allowed => JSON.stringify(allowed))
        .join(', ')}`,
      field: path,
    });
  }
  if (typeof value === 'number') {
    problems.push(...checkNumber(rules, value, path));
  } else if (typeof value === 'string') {
    problems.push(...checkText(rules, value, path));
  } else if (Array.isArray(value)) {
    problems.push(...checkLength(rules, value, path));
  } else if (isRecord(value)) {
    problems.push(...checkSize(rules, value, path));
  }
  return problems;
}

function invalidValue(
  path: string,
  value: unknown,
  message: string,
  reason: string = 'FieldValueInvalid',
): StatusCause {
  const shown = JSON.stringify(value);
  return {
    reason,
    message: `Invalid value: ${shown}: ${path} in body ${message}`,
    field: path,
  };
}

function checkNumber(
  rules: ValueRules,
  value: number,
  path: string,
): StatusCause[] {
  const causes: StatusCause[] = [];
  const { minimum, maximum, multipleOf } = rules;
  if (
    minimum !== undefined &&
    (value < minimum || (rules.exclusiveMinimum && value === minimum))
  ) {
    const equal = rules.exclusiveMinimum ? '' : ' or equal to';
    causes.push(
      invalidValue(path, value, `should be greater than${equal} ${minimum}`),
    );
  }
  if (
    maximum !== undefined &&
    (value > maximum || (rules.exclusiveMaximum && value === maximum))
  ) {
    const equal = rules.exclusiveMaximum ? '' : ' or equal to';
    causes.push(
      invalidValue(path, value, `should be less than${equal} ${maximum}`),
    );
  }
  if (multipleOf !== undefined && value % multipleOf !== 0) {
    causes.push(
      invalidValue(path, value, `should be a multiple of ${multipleOf}`),
    );
  }
  return causes;
}

/** Of a text only the first breach is told. */
function checkText(
  rules: ValueRules,
  value: string,
  path: string,
): StatusCause[] {
  const length = [...value].length;
  if (rules.maxLength !== undefined && length > rules.maxLength) {
    return [
      {
        reason: 'FieldValueTooLong',
        message: `Too long: may not be more than ${rules.maxLength} bytes`,
        field: path,
      },
    ];
  }
  if (rules.minLength !== undefined && length < rules.minLength) {
    const least = `should be at least ${rules.minLength} chars long`;
    return [invalidValue(path, value, least)];
  }
  if (rules.pattern && !rules.pattern.expression.test(value)) {
    const form = `should match '${rules.pattern.source}'`;
    return [invalidValue(path, value, form)];
  }
  if (rules.format && !matchesFormat(rules.format, value)) {
    const form = `must be of type ${rules.format}: ${JSON.stringify(value)}`;
    return [invalidValue(path, value, form, 'FieldValueTypeInvalid')];
  }
  return [];
}

function checkLength(
  rules: ValueRules,
  value: readonly unknown[],
  path: string,
): StatusCause[] {
  const causes: StatusCause[] = [];
  if (rules.minItems !== undefined && value.length < rules.minItems) {
    causes.push(
      invalidValue(
        path,
        value.length,
        `should have at least ${rules.minItems} items`,
      ),
    );
  }
  if (rules.maxItems !== undefined && value.length > rules.maxItems) {
    causes.push({
      reason: 'FieldValueTooMany',
      message: `Too many: ${value.length}: ${atMost(rules.maxItems)}`,
      field: path,
    });
  }
  return causes;
}

function checkSize(
  rules: ValueRules,
  value: JsonRecord,
  path: string,
): StatusCause[] {
  const causes: StatusCause[] = [];
  const size = Object.keys(value).length;
  if (rules.minProperties !== undefined && size < rules.minProperties) {
    causes.push(
      invalidValue(
        path,
        size,
        `should have at least ${rules.minProperties} properties`,
      ),
    );
  }
  if (rules.maxProperties !== undefined && size > rules.maxProperties) {
    causes.push({
      reason: 'FieldValueTooMany',
      message: `Too many: ${size}: ${atMost(rules.maxProperties)}`,
      field: path,
    });
  }
  return causes;
}

function atMost(limit: number): string {
  return `must have at most ${limit} ${limit === 1 ? 'item' : 'items'}`;
}
