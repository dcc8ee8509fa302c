import { Finding } from '../contract/findings';

/**
 * Findings of a code about some objects, which whoever runs the checks does not want reported.
 *
 * @public
 */
export interface Suppression {
  /** As it was written, such as `IST0102=Namespace default`. */
  text: string;
  code: string;
  /** The kind, name and namespace of the objects, `*` for anything: `Service web-*.shop`. */
  resource: string;
}

/**
 * Reads `CODE=Kind name.namespace`, as istioctl writes it; undefined where it is something else.
 *
 * @public
 */
export function parseSuppression(text: string): Suppression | undefined {
  const [, code, resource] =
    /^\s*([\w-]+)\s*=\s*([^=]*[^=\s])\s*$/.exec(text) ?? [];
  return code && resource ? { text: text.trim(), code, resource } : undefined;
}

/**
 * Why a finding is not reported: a suppression has its code, or another analyzer's code for the same rule, and the name
 * of its object, in which `*` stands for any text.
 *
 * Upstream: pkg/config/analysis/local/istiod_analyze.go, `filterMessages`; istioctl analyze, `--suppress`.
 *
 * @public
 */
export function suppressedByConfiguration(
  { code, aliases, object }: Finding,
  suppressions: readonly Suppression[],
): string | undefined {
  const found = suppressions.find(
    one =>
      (one.code === code || aliases.includes(one.code)) &&
      matchesName(one.resource, nameOf(object)),
  );
  return found && `The configuration suppresses ${found.text}`;
}

function nameOf({ kind, namespace, name }: Finding['object']): string {
  const shortKind = kind.slice(kind.lastIndexOf('/') + 1);
  return `${shortKind} ${name}${namespace ? `.${namespace}` : ''}`;
}

/** The text between the stars is there, in this order; without backtracking, however many stars there are. */
function matchesName(pattern: string, name: string): boolean {
  const [first, ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) {
    return name === first;
  }
  if (
    !name.startsWith(first) ||
    !name.endsWith(last) ||
    name.length < first.length + last.length
  ) {
    return false;
  }
  let at = first.length;
  const end = name.length - last.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found < 0 || found + part.length > end) {
      return false;
    }
    at = found + part.length;
  }
  return true;
}
