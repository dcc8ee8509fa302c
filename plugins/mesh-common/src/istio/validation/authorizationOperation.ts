import { emptyComplaint, memberName } from './authorizationSource';
import { Field } from '../../validation/Field';
import {
  Complaint,
  Problems,
  refused,
  refusedFor,
} from '../../validation/report';

const FIELDS = ['ports', 'methods', 'paths', 'hosts'].flatMap(name => [
  name,
  `not${name[0].toUpperCase()}${name.slice(1)}`,
]);

/** `to.operation` of a rule: something in it, no empty values, ports that are ones, path templates that Envoy takes. */
export function* operationProblems(operation: Field, index: number): Problems {
  if (FIELDS.every(name => operation.get(name).items.length === 0)) {
    yield refused(
      operation,
      `\`to.operation\` must not be empty, found at rule ${index}`,
    );
  }
  for (const name of FIELDS) {
    for (const item of operation.get(name).items) {
      yield* refusedFor(item, complaintOf(item.text, name));
    }
  }
}

function complaintOf(text: string, name: string): Complaint {
  const where = memberName(name);
  const empty = emptyComplaint(text, where);
  if (empty) {
    return empty;
  }
  switch (name) {
    case 'ports':
    case 'notPorts':
      return portTextComplaint(text);
    case 'paths':
    case 'notPaths':
      return pathTemplateComplaint(text, where);
    default:
      return undefined;
  }
}

/** Ports are written as texts here, and 0 is one. */
export function portTextComplaint(text: string): Complaint {
  return /^\d+$/.test(text) && Number(text) <= 65_535
    ? undefined
    : `bad port (${text})`;
}

const LITERAL = /^[a-zA-Z0-9-._~%!$&'()+,;:@=]+$/;

/** `{*}` stands for one part of a path, `{**}` for all that follow and comes last; other braces mean nothing. */
function pathTemplateComplaint(path: string, where: string): Complaint {
  const isTemplate = path.includes('{*}') || path.includes('{**}');
  const trimmed = path.replace(/^\/+|\/+$/g, '');
  const bad = `invalid or unsupported path ${trimmed}, found in ${where}.`;
  let ended = false;
  for (const part of trimmed.split('/')) {
    if (part === '{*}' || part === '{**}') {
      if (ended) {
        return `${bad} {**} is not the last operator`;
      }
      ended = part === '{**}';
    } else if (/[{}]/.test(part)) {
      return `${bad} Contains '{' or '}' beyond a supported path template`;
    } else if (isTemplate && !LITERAL.test(part)) {
      return `${bad} Contains segment ${part} with invalid string literal`;
    }
  }
  return undefined;
}
