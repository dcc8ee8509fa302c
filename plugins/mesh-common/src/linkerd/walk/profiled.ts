import { Reason } from '../../contract/common';
import { RouteCondition, RouteRule } from '../../contract/routing';
import { Service, ServicePort } from '../../kubernetes/core';
import { Found } from '../../mesh/walk/compose';
import { CallFacts } from '../../mesh/whoMayCall/facts';
import { matchesConditions } from '../authorization/requests';
import { ServiceProfile } from '../objects';
import { OutboundPolicy } from '../outbound/policy';
import { OutboundRequest } from '../outbound/takenRule';
import { profileRules } from '../profileRules';
import { notUsed } from '../routeAcceptance';
import { isRegex } from '../rustRegex';
import { routed } from './routed';
import { Way } from './way';

/** A port of a Service whose ServiceProfile decides. */
export interface ProfiledPort {
  service: Service;
  port: ServicePort;
  profile: ServiceProfile;
  /** What would decide without it. */
  policy: OutboundPolicy;
}

/**
 * What becomes of a request whose Service has a ServiceProfile that decides: the first of its routes that fits has its
 * timeout and retries; all go to the Service, or to the destinations that the profile puts in its place.
 */
export function profileWalk(
  way: Way,
  place: ProfiledPort,
  request: OutboundRequest,
): Found {
  const { service, port, profile, policy } = place;
  const rules = profileRules(way.snapshot, service, port, profile);
  const facts: CallFacts = {
    peer: { type: 'none' },
    mode: 'none',
    inCluster: true,
    protocol: 'http',
    host: request.host,
    method: request.method,
    path: request.path,
    headers: request.headers,
  };
  const rule = rules.find(one => takes(one, facts)) ?? rules[rules.length - 1];
  return routed(way, {
    name: rule.name,
    reasons: [...rule.reasons, ...shadowed(way, profile, policy)],
    backends: rule.backends,
    headers: [],
    ...(rule.timeout && { timeout: rule.timeout }),
    ...(rule.retries && { retries: rule.retries }),
  });
}

function takes({ matches }: RouteRule, facts: CallFacts): boolean {
  return (
    matches.length === 0 ||
    matches.some(
      conditions =>
        matchesConditions(conditions.map(anchored), facts).value === 'yes',
    )
  );
}

/**
 * An expression of a profile gets the anchors that it does not begin and end with, and is looked for in the path: of
 * alternatives an anchor holds for its own alone, so that `/a|/b` takes what begins with /a, and what ends with /b. One
 * that is no expression then takes nothing.
 *
 * Upstream: linkerd2-proxy, linkerd/service-profiles/src/proto.rs, `convert_req_match`.
 */
function anchored(condition: RouteCondition): RouteCondition {
  if (condition.operator !== 'regex') {
    return condition;
  }
  const text = (condition.value ?? '').trim();
  const expression = `${text.startsWith('^') ? '' : '^'}${text}${
    text.endsWith('$') ? '' : '$'
  }`;
  // Those of conditions must find the whole. In parentheses, what is no expression could become one.
  return {
    ...condition,
    value: isRegex(expression) ? `(?s:.*)(?:${expression})(?s:.*)` : expression,
  };
}

/** The routes over which the profile wins. */
function shadowed(
  { snapshot }: Way,
  { metadata: { namespace, name } }: ServiceProfile,
  { routes }: OutboundPolicy,
): Reason[] {
  return routes.map(({ route }) =>
    notUsed(
      snapshot,
      route,
      `ServiceProfile ${namespace}/${name} wins over it`,
      'spec.parentRefs',
    ),
  );
}
