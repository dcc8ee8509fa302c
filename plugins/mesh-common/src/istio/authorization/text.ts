import { escapeRegex } from '../../mesh/escapeRegex';

/**
 * Whether a text matches a value of a policy: exactly, `prefix*`, `*suffix`, or `*` for anything that is there.
 *
 * Upstream: pilot/pkg/security/authz/matcher/string.go.
 */
export function matchesText(pattern: string, text: string): boolean {
  if (pattern === '*') {
    return text !== '';
  }
  if (pattern.startsWith('*')) {
    return text.endsWith(pattern.slice(1));
  }
  return pattern.endsWith('*')
    ? text.startsWith(pattern.slice(0, -1))
    : text === pattern;
}

/** Hosts are compared whatever their case, the port included where one was sent. */
export function matchesHost(pattern: string, host: string): boolean {
  return matchesText(pattern.toLowerCase(), host.toLowerCase());
}

/**
 * Paths are compared without their query; `{*}` is one segment, `{**}` any number of them.
 *
 * Upstream: pilot/pkg/security/authz/matcher/template.go.
 */
export function matchesPath(pattern: string, path: string): boolean {
  const [plain] = path.split(/[?#]/);
  return pattern.includes('{*}') || pattern.includes('{**}')
    ? templateOf(pattern).test(plain)
    : matchesText(pattern, plain);
}

function templateOf(pattern: string): RegExp {
  const source = pattern
    .split(/(\{\*\*?\})/)
    .map(part => {
      if (part === '{*}') {
        return '[^/]+';
      }
      return part === '{**}' ? '.*' : escapeRegex(part);
    })
    .join('');
  return new RegExp(`^${source}$`);
}
