import { Finding } from '../contract/findings';
import { KindId } from '../kubernetes/kinds';
import { KubernetesObject } from '../kubernetes/objects';
import { MalformedObject } from '../kubernetes/parse';
import { originalField } from '../kubernetes/readablePart';
import { Check, CheckDescription, CheckFinding } from './check';
import { malformedObject } from './checks/MESH-0001';
import { suppressedBy } from './suppression';

/** What was found, and whether it is reported. */
export interface Result {
  finding: Finding;
  /** Why it is not reported; undefined where it is. */
  reason: string | undefined;
}

/** Where `docs/checks.md` explains a check. */
const CHECK_DOCS =
  'https://github.com/mesh-for-backstage/mesh-for-backstage/blob/main/docs/checks.md';

/** What a check says of the object that it looked at, or of another one. */
export function toResult<K extends KindId>(
  check: Check<K>,
  subject: KubernetesObject,
  cluster: string,
  found: CheckFinding,
): Result {
  const { kind, object } = found.about ?? {
    kind: check.subject,
    object: subject,
  };
  const finding: Finding = {
    ...describe(check),
    ...(found.level && { level: found.level }),
    message: found.message,
    object: {
      cluster,
      kind,
      ...(object.metadata.namespace && {
        namespace: object.metadata.namespace,
      }),
      name: object.metadata.name,
    },
    ...(found.field && { field: originalField(object, found.field) }),
  };
  return {
    finding,
    reason: suppressedBy(object, [check.code, ...(check.aliases ?? [])]),
  };
}

/** An object that does not have the shape of its kind. */
export function malformedResult(
  cluster: string,
  { kindId, namespace, name, field, message }: MalformedObject,
): Result {
  return {
    finding: {
      ...describe(malformedObject),
      message: `${kindId} ${
        namespace ? `${namespace}/` : ''
      }${name} cannot be read: ${field}: ${message}`,
      object: { cluster, kind: kindId, ...(namespace && { namespace }), name },
      field,
    },
    reason: undefined,
  };
}

function describe(check: CheckDescription) {
  return {
    code: check.code,
    aliases: [...(check.aliases ?? [])],
    level: check.level,
    title: check.title,
    docs: `${CHECK_DOCS}#${check.code.toLowerCase()}`,
  };
}

const LEVELS = ['error', 'warning', 'info'];

/** The most important first. */
export function byImportance(
  { finding: a }: Result,
  { finding: b }: Result,
): number {
  return (
    LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) ||
    a.code.localeCompare(b.code) ||
    textOf(a).localeCompare(textOf(b)) ||
    a.title.localeCompare(b.title)
  );
}

function textOf({ object, field, message }: Finding): string {
  return [object.kind, object.namespace, object.name, field, message].join(' ');
}

/** Whether two results say the same, of which the codes and kinds are known to be the same. */
export function sameResult(a: Result, b: Result): boolean {
  return (
    a.reason === b.reason &&
    a.finding.level === b.finding.level &&
    a.finding.title === b.finding.title &&
    textOf(a.finding) === textOf(b.finding)
  );
}
