import { RE2JS } from 're2js';
import { asMatchedByRe2, isRegex } from './rustRegex';

/** Compiled expressions: the same few are asked about for each of many clients. */
const compiled = new Map<string, RE2JS | undefined>();
const MOST_COMPILED = 1_000;

/**
 * Whether what an expression finds first in a text is the whole of it, as proxies match paths, headers and query
 * parameters. Of alternatives the first that fits is found, so that `/a|/ab` does not match `/ab`. One that does not
 * compile matches nothing: routes with it are not in force.
 *
 * Upstream: linkerd2-proxy, linkerd/http/route/src/http/match/{path,header,query_param}.rs.
 */
export function findsWhole(expression: string, text: string): boolean {
  const matcher = compile(expression)?.matcher(text);
  return Boolean(
    matcher?.find() && matcher.start() === 0 && matcher.end() === text.length,
  );
}

/** Whether an expression finds something in a text. One that does not compile finds nothing. */
export function finds(expression: string, text: string): boolean {
  return Boolean(compile(expression)?.matcher(text).find());
}

function compile(expression: string): RE2JS | undefined {
  if (!compiled.has(expression)) {
    if (compiled.size >= MOST_COMPILED) {
      compiled.clear();
    }
    compiled.set(
      expression,
      isRegex(expression)
        ? RE2JS.compile(asMatchedByRe2(expression))
        : undefined,
    );
  }
  return compiled.get(expression);
}
