import { finds } from './findsWhole';
import { RequestMatch } from './objects';
import { isRegex } from './rustRegex';

/** What routes of a ServiceProfile look at. */
export interface ProfiledRequest {
  method: string;
  /** With its query. */
  path: string;
}

type Test = (request: ProfiledRequest) => boolean;

const ALWAYS: Test = () => true;

/**
 * Whether a request fits the condition of a route of a ServiceProfile, as the proxy sees it; undefined where it drops the
 * route, since its expression does not compile. Within `all` and `any` it drops but the part that does not compile, so that
 * the others decide.
 *
 * Upstream: controller/api/destination/profile_translator.go, `toRequestMatch`; linkerd2-proxy,
 * linkerd/service-profiles/src/proto.rs, `convert_req_match`, and http.rs, `is_match`.
 */
export function profileMatch(
  condition: RequestMatch | undefined,
): Test | undefined {
  return condition ? testOf(condition) : ALWAYS;
}

function testOf({
  pathRegex,
  method,
  all,
  any,
  not,
}: RequestMatch): Test | undefined {
  const parts = [
    ...(all ? [every(kept(all.map(testOf)))] : []),
    ...(any ? [some(kept(any.map(testOf)))] : []),
    ...(method ? [methodTest(method)] : []),
    ...(not ? [negated(testOf(not))] : []),
    ...(pathRegex ? [pathTest(pathRegex)] : []),
  ];
  return parts.length === 1 ? parts[0] : every(kept(parts));
}

function kept(tests: readonly (Test | undefined)[]): Test[] {
  return tests.flatMap(test => test ?? []);
}

function every(tests: readonly Test[]): Test {
  return request => tests.every(test => test(request));
}

function some(tests: readonly Test[]): Test {
  return request => tests.some(test => test(request));
}

function negated(test: Test | undefined): Test | undefined {
  return test && (request => !test(request));
}

/** Methods have no case where they are written, but one where they are sent. */
function methodTest(written: string): Test | undefined {
  const wanted = written.trim().toUpperCase();
  return wanted === '' ? undefined : ({ method }) => method === wanted;
}

/**
 * An expression gets the anchors that it does not begin and end with, and is looked for in the path: of alternatives an
 * anchor holds for its own alone, so that `/a|/b` takes what begins with /a, and what ends with /b.
 */
function pathTest(written: string): Test | undefined {
  const text = written.trim();
  const expression = `${text.startsWith('^') ? '' : '^'}${text}${
    text.endsWith('$') ? '' : '$'
  }`;
  return isRegex(expression)
    ? ({ path }) => finds(expression, path.split('?', 1)[0])
    : undefined;
}
