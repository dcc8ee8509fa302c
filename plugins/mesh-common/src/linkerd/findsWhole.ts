import { RE2JS } from 're2js';
import { asMatchedByRe2, isRegex } from './rustRegex';

/**
 * Whether what an expression finds first in a text is the whole of it, as proxies match paths, headers and query
 * parameters. Of alternatives the first that fits is found, so that `/a|/ab` does not match `/ab`. One that does not
 * compile matches nothing: routes with it are not in force.
 *
 * Upstream: linkerd2-proxy, linkerd/http/route/src/http/match/{path,header,query_param}.rs.
 */
export function findsWhole(expression: string, text: string): boolean {
  if (!isRegex(expression)) {
    return false;
  }
  const matcher = RE2JS.compile(asMatchedByRe2(expression)).matcher(text);
  return (
    matcher.find() && matcher.start() === 0 && matcher.end() === text.length
  );
}
