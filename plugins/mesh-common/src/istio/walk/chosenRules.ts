import { Answer } from '../../contract/common';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { clusterTarget } from '../cluster/target';
import { resolveDestination } from '../routing/backends';
import { ChosenRule } from '../routing/select';
import { RouteView } from '../routing/view';
import { hashPolicyOf } from './action/hashPolicy';
import { serviceItself } from './action/serviceItself';
import { ResolveDestination } from './action/destinations';
import { appliedRetries } from './action/retries';
import { OutboundAnswer } from './call';
import { byFirstRule } from './firstRule';
import { RoutedRequest } from './matchRequest';

const RULE = 'istio/outbound-routes';

/** From where routes are applied: the port of a listener, as a proxy sees it. */
export interface Applying {
  snapshot: MeshSnapshot;
  port: number;
  view: RouteView;
}

/** What the rules that a proxy has for a host make of a request. */
export function byChosenRules(
  { snapshot, port, view }: Applying,
  domain: string,
  rules: readonly ChosenRule[],
  request: RoutedRequest,
): OutboundAnswer | Answer<'unknown'> {
  const resolve: ResolveDestination = destination =>
    resolveDestination(snapshot, destination, port, view);
  const context = { snapshot, config: view.config, port, resolve };
  const routes = rules.flatMap(({ rule, alternatives }) =>
    alternatives.map(({ match }) => ({ rule, match, context })),
  );
  return byFirstRule(snapshot, routes, { domain, reasonRule: RULE }, request);
}

/**
 * What becomes of a request to a service without rules: it goes to the service itself, with the retries of the mesh.
 *
 * Upstream: pilot/pkg/networking/core/route/route.go, `BuildDefaultHTTPOutboundRoute`.
 */
export function toServiceItself(
  { snapshot, port, view }: Applying,
  host: string,
): OutboundAnswer {
  const target = clusterTarget(snapshot, { host, port }, view);
  const hash = hashPolicyOf(target, port);
  const retries = appliedRetries(
    snapshot,
    undefined,
    view.config,
    hash !== undefined,
  );
  return {
    outcome: 'route',
    destinations: [serviceItself(target, 503)],
    mirrors: [],
    ...(retries && { retries }),
    ...(hash && { hashPolicies: [hash] }),
    reasons: [
      {
        rule: RULE,
        text: `No rule for ${host} decides on port ${port}: the request goes to the service itself`,
      },
    ],
  };
}
