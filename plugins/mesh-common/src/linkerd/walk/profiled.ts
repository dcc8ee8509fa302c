import { Reason } from '../../contract/common';
import { Service, ServicePort } from '../../kubernetes/core';
import { Found } from '../../mesh/walk/compose';
import { ServiceProfile } from '../objects';
import { OutboundPolicy } from '../outbound/policy';
import { OutboundRequest } from '../outbound/takenRule';
import { profileMatch } from '../profileMatch';
import { profileRules } from '../profileRules';
import { notUsed } from '../routeAcceptance';
import { Profiled } from '../serviceProfile';
import { routed } from './routed';
import { Way } from './way';

/** A port of a Service whose ServiceProfile decides. */
export interface ProfiledPort {
  service: Service;
  port: ServicePort;
  profile: ServiceProfile;
  profiled: Profiled;
  /** What would decide without it. */
  policy: OutboundPolicy;
}

/**
 * What becomes of a request whose Service has a ServiceProfile that decides: the first of its routes that fits has its
 * timeout and retries; all go to the Service, or to the destinations that the profile puts in its place. Connections go
 * there, too.
 */
export function profileWalk(
  way: Way,
  place: ProfiledPort,
  request: OutboundRequest,
): Found {
  const { service, port, profile, profiled, policy } = place;
  const rules = profileRules(way.snapshot, service, port, profile, profiled);
  const routes = profiled === 'requests' ? profile.spec?.routes ?? [] : [];
  const taker = routes.findIndex(({ condition }) =>
    profileMatch(condition)?.(request),
  );
  const rule = rules[taker < 0 ? routes.length : taker];
  return routed(way, {
    name: rule.name,
    reasons: [...rule.reasons, ...shadowed(way, profile, policy)],
    backends: rule.backends,
    headers: [],
    ...(rule.timeout && { timeout: rule.timeout }),
    ...(rule.retries && { retries: rule.retries }),
  });
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
