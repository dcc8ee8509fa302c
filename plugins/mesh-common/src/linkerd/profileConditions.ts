import { RouteCondition } from '../contract/routing';
import { RequestMatch } from './objects';

/** Conditions that must all hold; a list of these is a list of alternatives. */
type Alternative = RouteCondition[];

const EVERYTHING: Alternative[] = [[]];

/**
 * The condition of a ServiceProfile's route as alternatives of conditions that all hold. `pathRegex` must
 * match the whole path, the fields of one condition are ANDed, and `not` is drawn into the single conditions,
 * as a regular expression that looks ahead.
 *
 * Upstream: pkg/profiles, `ToRequestMatch`; linkerd2-proxy, linkerd/service-profiles/src/http/proto.rs.
 */
export function profileConditions(
  condition: RequestMatch | undefined,
): Alternative[] {
  return condition ? alternativesOf(condition, false) : EVERYTHING;
}

function alternativesOf(match: RequestMatch, negated: boolean): Alternative[] {
  const parts: Alternative[][] = [];
  if (match.pathRegex !== undefined) {
    parts.push([[single('path', 'regex', match.pathRegex, negated)]]);
  }
  if (match.method !== undefined) {
    parts.push([
      [single('method', negated ? 'regex' : 'exact', match.method, negated)],
    ]);
  }
  if (match.all) {
    parts.push(
      combine(
        match.all.map(part => alternativesOf(part, negated)),
        negated,
      ),
    );
  }
  if (match.any) {
    parts.push(
      combine(
        match.any.map(part => alternativesOf(part, negated)),
        !negated,
      ),
    );
  }
  if (match.not) {
    parts.push(alternativesOf(match.not, !negated));
  }
  return combine(parts, negated);
}

function single(
  subject: 'path' | 'method',
  operator: 'regex' | 'exact',
  value: string,
  negated: boolean,
): RouteCondition {
  return {
    subject,
    operator,
    value: negated ? `(?!(?:${value})$).*` : value,
  };
}

/** One of the parts must hold, or all of them: then each alternative of one with each of the others. */
function combine(
  parts: readonly Alternative[][],
  oneIsEnough: boolean,
): Alternative[] {
  return oneIsEnough
    ? parts.flat()
    : parts.reduce(
        (all, part) =>
          all.flatMap(alternative =>
            part.map(other => [...alternative, ...other]),
          ),
        EVERYTHING,
      );
}
