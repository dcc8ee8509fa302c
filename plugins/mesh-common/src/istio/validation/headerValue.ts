import { Complaint } from '../../validation/report';

// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000a-\u001f\u007f]/;

/** What is expected next within `%NAME%`, `%NAME(text)%` or `%NAME(["a", "b"])%`. */
type State =
  | 'name'
  | 'arguments'
  | 'quote'
  | 'text'
  | 'delimiter'
  | 'parenthesis'
  | 'end'
  | 'literal';

/** What comes after a character; where something is expected, spaces before it are skipped. */
const NEXT: Readonly<
  Record<State, (char: string) => State | { wrong: string }>
> = {
  literal: char => (char === '%' ? 'name' : 'literal'),
  name: char => {
    if (char === '%') {
      return 'literal';
    }
    return char === '(' ? 'arguments' : 'name';
  },
  arguments: char => (char === '[' ? 'quote' : 'text'),
  quote: char => (char === '"' ? 'text' : { wrong: `Expecting '"'` }),
  text: char => {
    if (char === ')') {
      return 'end';
    }
    return char === '"' ? 'delimiter' : 'text';
  },
  delimiter: char => {
    if (char === ',') {
      return 'quote';
    }
    return char === ']'
      ? 'parenthesis'
      : { wrong: `Expecting ',', ']', or whitespace` };
  },
  parenthesis: char =>
    char === ')'
      ? 'end'
      : { wrong: `Expecting ')' or whitespace after '{}', but found '{}'` },
  end: char =>
    char === '%' ? 'literal' : { wrong: `Expecting '%' or whitespace after` },
};

/**
 * What a header is set to: `%VARIABLE%` and `%VARIABLE(argument)%` are Envoy's, a percent sign is `%%`
 * (istio/istio pkg/config/validation/header_value_validator.go: `validateHeaderValue`).
 */
export function headerValueComplaint(value: string): Complaint {
  if (CONTROL.test(value)) {
    return `header value configuration ${value} is invalid`;
  }
  const wrong = wrongFormat(value);
  return (
    wrong &&
    `header value configuration: invalid header configuration. ${wrong}`
  );
}

function wrongFormat(value: string): string | undefined {
  let state: State = 'literal';
  for (let position = 0; position < value.length; position += 1) {
    const char = value[position];
    const escapes =
      (state === 'literal' && char === '%') ||
      (state === 'text' && char === '\\');
    const next = value.at(position + 1);
    if (escapes && next === undefined) {
      return char === '%'
        ? 'Un-escaped %'
        : 'Un-terminated backslash in JSON string';
    }
    if (escapes && (char === '\\' || next === '%')) {
      position += 1;
    } else if (char !== ' ') {
      const after: State | { wrong: string } = NEXT[state](char);
      if (typeof after === 'object') {
        return after.wrong;
      }
      state = after;
    }
  }
  return state === 'literal'
    ? undefined
    : `Un-terminated variable expression '${value}'`;
}
