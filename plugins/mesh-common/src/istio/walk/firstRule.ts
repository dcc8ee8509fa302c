import { Answer, Reason } from '../../contract/common';
import { unknown } from '../../mesh/answers';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { HttpMatch } from '../objects';
import {
  isGatewayApi,
  objectReason,
  ruleName,
  SourceRule,
} from '../routing/source';
import { ActionContext, appliedRule } from './actions';
import { OutboundAnswer } from './call';
import { claimNamed } from './claims';
import { matchesRequest, RoutedRequest } from './matchRequest';
import { takenRule } from './takenRule';

/** One alternative of a rule, as a proxy has it: a route of its own. */
export interface RouteAlternative {
  rule: SourceRule;
  match: HttpMatch;
  /** Where it is applied. */
  context: ActionContext;
}

/**
 * What the routes of a virtual host make of a request: the first whose conditions it meets is applied; where it meets
 * none the answer is 404.
 */
export function byFirstRule(
  snapshot: MeshSnapshot,
  routes: readonly RouteAlternative[],
  { domain, reasonRule }: { domain: string; reasonRule: string },
  request: RoutedRequest,
): OutboundAnswer | Answer<'unknown'> {
  for (const { rule, match, context } of routes) {
    const verdict = matchesRequest(match, request, isGatewayApi(rule));
    if (verdict === 'unknown') {
      return undecidable(rule, match, request, reasonRule);
    }
    if (verdict) {
      const done = appliedRule(rule, match, request, context);
      return done === 'unknown'
        ? unreadable(rule, reasonRule)
        : {
            ...done,
            by: takenRule(rule, match),
            reasons: [writtenIn(snapshot, rule, reasonRule)],
          };
    }
  }
  return notFound([
    {
      rule: reasonRule,
      text: `No rule for ${domain} matches the request, and a host with rules gets only what they match`,
    },
    ...routes
      .slice(0, 1)
      .map(({ rule }) => writtenIn(snapshot, rule, reasonRule)),
  ]);
}

/** The answer 404. */
export function notFound(reasons: Reason[]): OutboundAnswer {
  return { outcome: 'no-route', destinations: [], mirrors: [], reasons };
}

function writtenIn(
  snapshot: MeshSnapshot,
  rule: SourceRule,
  reasonRule: string,
): Reason {
  const { written, http } = rule;
  return objectReason(
    snapshot,
    written,
    reasonRule,
    `Written in ${ruleName(rule)}${http.name ? ` (${http.name})` : ''}`,
    written.field,
  );
}

/** Claims that are not told, or an expression that is none. */
function undecidable(
  rule: SourceRule,
  { headers, withoutHeaders }: HttpMatch,
  { tokens }: RoutedRequest,
  reasonRule: string,
): Answer<'unknown'> {
  const asksClaims = Object.keys({ ...headers, ...withoutHeaders }).some(
    claimNamed,
  );
  return tokens === 'unknown' && asksClaims
    ? unknown(
        'absent',
        reasonRule,
        `${ruleName(rule)} asks for claims of the token, which are not told`,
      )
    : unreadable(rule, reasonRule);
}

function unreadable(rule: SourceRule, reasonRule: string): Answer<'unknown'> {
  return unknown(
    'malformed',
    reasonRule,
    `${ruleName(rule)} has a regular expression that cannot be read`,
  );
}
