// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001f\u007f]/;
const BAD_ESCAPE = /%(?![0-9a-fA-F]{2})/;
const USER = /^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/;
const HOST =
  /^(?:\[[0-9A-Fa-f:.%]*\]|(?:[A-Za-z0-9\-._~!$&'()*+,;="<>\u0080-\uffff]|%[89A-Fa-f][0-9A-Fa-f])*)(?::\d*)?$/;

/**
 * The scheme of a text that Go's `url.ParseRequestURI` takes, empty for a path alone; undefined for a text that it
 * refuses.
 */
export function requestUriScheme(text: string): string | undefined {
  const [, scheme = '', rest] = /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(.*)$/s.exec(
    text,
  ) ?? [undefined, '', ''];
  if (CONTROL.test(text) || rest === '' || (text.startsWith(':') && !scheme)) {
    return undefined;
  }
  if (!rest.startsWith('/')) {
    return scheme === '' && rest !== '*' ? undefined : scheme.toLowerCase();
  }
  const [, authority = '', path] = /^(?:\/\/([^/?]*))?(.*)$/s.exec(rest) ?? [];
  const hasAuthority = rest.startsWith('//') && scheme !== '';
  return (!hasAuthority || isAuthority(authority)) &&
    !BAD_ESCAPE.test(hasAuthority ? path : rest)
    ? scheme.toLowerCase()
    : undefined;
}

function isAuthority(authority: string): boolean {
  const at = authority.lastIndexOf('@');
  const user = authority.slice(0, Math.max(at, 0));
  return USER.test(user) && HOST.test(authority.slice(at + 1));
}
