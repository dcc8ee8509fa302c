import { Complaint } from '../../validation/report';

// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000a-\u001f\u007f]/;

/** `%NAME%`, `%NAME(text)%`, `%NAME(["a", "b"])%`. */
const VARIABLE =
  /%[^%(]+(?:%|\( *(?:\[ *"(?:[^"\\]|\\.)*" *(?:, *"(?:[^"\\]|\\.)*" *)*\] *|(?:[^")\\[]|\\.)(?:[^")\\]|\\.)*|)\) *%)/y;

/** What a header is set to: `%VARIABLE%` and `%VARIABLE(argument)%` are Envoy's, a percent sign is `%%`. */
export function headerValueComplaint(value: string): Complaint {
  if (CONTROL.test(value)) {
    return `header value configuration ${value} is invalid`;
  }
  for (let position = 0; position < value.length; ) {
    if (value[position] !== '%') {
      position += 1;
    } else if (value[position + 1] === '%') {
      position += 2;
    } else {
      VARIABLE.lastIndex = position;
      const variable = VARIABLE.exec(value);
      if (!variable) {
        return `header value configuration: Un-terminated variable expression '${value}'`;
      }
      position += variable[0].length;
    }
  }
  return undefined;
}
