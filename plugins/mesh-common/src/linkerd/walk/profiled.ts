import { RouteRule } from '../../contract/routing';
import { Service, ServicePort } from '../../kubernetes/core';
import { Found } from '../../istio/walk/compose';
import { CallFacts } from '../../mesh/whoMayCall/facts';
import { matchesConditions } from '../authorization/requests';
import { ServiceProfile } from '../objects';
import { OutboundRequest } from '../outbound/takenRule';
import { profileRules } from '../profileRules';
import { routed } from './routed';
import { Way } from './way';

/**
 * What becomes of a request whose Service has a ServiceProfile that decides: the first of its routes that fits has its
 * timeout and retries; all go to the Service, or to the destinations that the profile puts in its place.
 */
export function profileWalk(
  way: Way,
  {
    service,
    port,
    profile,
  }: {
    service: Service;
    port: ServicePort;
    profile: ServiceProfile;
  },
  request: OutboundRequest,
): Found {
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
    reasons: rule.reasons,
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
      conditions => matchesConditions(conditions, facts).value === 'yes',
    )
  );
}
