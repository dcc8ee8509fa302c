import { RE2JS } from '@bufbuild/re2';
import { goDurationMs } from '../../kubernetes/goDuration';
import { shownValue } from '../../schema/shownValue';
import { Field } from '../../validation/Field';
import { isDnsLabel } from './hosts';
import {
  Complaint,
  Problems,
  refused,
  refusedFor,
} from '../../validation/report';

/*
 * Values that many kinds have: durations, ports, percentages, labels, regular expressions (istio/istio
 * pkg/config/validation/agent/validation.go and pkg/config/labels).
 */

const MAX_PORT = 65_535;
const MAX_REGEX = 1024;
/** A duration is 64 bits of nanoseconds. */
const MAX_DURATION_MS = 2 ** 63 / 1e6;

/** A duration of at least a millisecond, in whole milliseconds, where one is given. */
export function* duration(field: Field): Problems {
  if (field.exists) {
    yield* refusedFor(field, durationComplaint(field.value));
  }
}

/** A duration of any length, where one is given: 0s has a meaning there. */
export function* durationText(field: Field): Problems {
  if (field.exists && durationMs(field.text.replace(/^-/, '')) === undefined) {
    yield* refusedFor(field, durationComplaint(field.value));
  }
}

/** Milliseconds of a duration; undefined where Go reads none. Negative ones have no meaning in Istio and are none. */
export function durationMs(text: string): number | undefined {
  const milliseconds = goDurationMs(text.replace(/^\+/, ''));
  return milliseconds !== undefined && milliseconds < MAX_DURATION_MS
    ? milliseconds
    : undefined;
}

function durationComplaint(value: unknown): Complaint {
  const shown = shownValue(value);
  if (typeof value !== 'string') {
    return `${shown} is not a duration: write it as a text, such as 1.5s`;
  }
  const milliseconds = durationMs(value);
  if (milliseconds === undefined) {
    return /^-/.test(value) && durationMs(value.slice(1)) !== undefined
      ? 'duration must be greater than 1ms'
      : `${shown} is not a duration such as 1h30m, 5s or 100ms`;
  }
  if (milliseconds < 1) {
    return 'duration must be greater than 1ms';
  }
  return Number.isInteger(milliseconds)
    ? undefined
    : 'only durations to ms precision are supported';
}

/** Whether a duration is given that is no time at all. */
export function isZeroDuration(field: Field): boolean {
  const milliseconds = durationMs(field.text);
  return milliseconds !== undefined && milliseconds < 1;
}

export function portComplaint(number: number): Complaint {
  return number >= 1 && number <= MAX_PORT
    ? undefined
    : `port number ${number} must be in the range 1..65535`;
}

/** A port that has to be there. */
export function* port(field: Field): Problems {
  yield* refusedFor(field, portComplaint(field.number));
}

/** The name of a port is a DNS label. */
export function portNameComplaint(name: string): Complaint {
  return isDnsLabel(name) ? undefined : `invalid port name: ${name}`;
}

/** 0 to 100, in whole numbers. */
export function* percent(field: Field): Problems {
  if (field.number < 0 || field.number > 100) {
    yield refused(field, `percentage ${field.number} is not in range 0..100`);
  }
}

/** 0, or 0.0001 to 100. */
export function* fractionalPercent(field: Field): Problems {
  const value = field.get('value');
  const { number } = value;
  if (number < 0 || number > 100 || (number > 0 && number < 0.0001)) {
    yield refused(
      value,
      `percentage ${number} is neither 0.0, nor in range [0.0001, 100.0]`,
    );
  }
}

/** A number that must not be below zero. */
export function* notNegative(field: Field, what: string): Problems {
  if (field.number < 0) {
    yield refused(field, `${what} must be non-negative`);
  }
}

const LABEL_NAME = /^[a-zA-Z0-9](?:[-a-zA-Z0-9_.]{0,61}[a-zA-Z0-9])?$/;
const LABEL_PREFIX =
  /^[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?)*$/;

const LABEL_VALUE = /^(?:[a-zA-Z0-9](?:[-a-zA-Z0-9_.]*[a-zA-Z0-9])?)?$/;

/** Labels as Kubernetes writes them; istiod does not look at how long a value is (istio/istio pkg/config/labels/instance.go: Validate). */
export function* labels(field: Field): Problems {
  for (const [key, value] of field.members) {
    const slash = key.lastIndexOf('/');
    const prefix = key.slice(0, Math.max(slash, 0));
    if (
      !LABEL_NAME.test(key.slice(slash + 1)) ||
      (slash >= 0 && (prefix.length > 253 || !LABEL_PREFIX.test(prefix)))
    ) {
      yield refused(value, `invalid tag key: "${key}"`);
    }
    if (!LABEL_VALUE.test(value.text)) {
      yield refused(value, `invalid tag value: "${value.text}"`);
    }
  }
}

/** A regular expression that RE2 takes, which Envoy uses. */
export function regexComplaint(source: string, where: string): Complaint {
  if (source.length > MAX_REGEX) {
    return `"${where}": regex is too large, max length allowed is ${MAX_REGEX}`;
  }
  try {
    RE2JS.compile(source);
    return undefined;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return `"${where}": ${reason}; Istio uses RE2 style regex-based match (https://github.com/google/re2/wiki/Syntax)`;
  }
}
