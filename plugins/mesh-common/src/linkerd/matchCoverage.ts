import { RouteCondition } from '../contract/routing';

/**
 * Whether every request that fulfils some conditions also fulfils others, as far as can be told from what is
 * written: the same conditions, or a path (a host) that lies within the other's.
 */
export function covers(
  wide: readonly RouteCondition[],
  narrow: readonly RouteCondition[],
): boolean {
  return wide.every(condition =>
    narrow.some(other => impliedBy(condition, other)),
  );
}

function impliedBy(wide: RouteCondition, narrow: RouteCondition): boolean {
  if (wide.subject !== narrow.subject || nameOf(wide) !== nameOf(narrow)) {
    return false;
  }
  if (wide.operator === narrow.operator && wide.value === narrow.value) {
    return true;
  }
  if (wide.subject !== 'path' || wide.operator !== 'prefix') {
    return false;
  }
  const prefix = withoutSlash(wide.value);
  const path = withoutSlash(narrow.value);
  return (
    narrow.operator !== 'regex' &&
    (path === prefix || path.startsWith(`${prefix}/`))
  );
}

/** Names of headers have no case. */
function nameOf({ subject, name }: RouteCondition): string | undefined {
  return subject === 'header' ? name?.toLowerCase() : name;
}

function withoutSlash(path: string | undefined): string {
  return (path ?? '').replace(/\/+$/, '');
}
