import { CallConditions, CallDecision } from '../../contract/callDecision';
import { Reason } from '../../contract/common';
import { allowed, conditional, denied } from '../../mesh/whoMayCall/decision';
import { CallFacts } from '../../mesh/whoMayCall/facts';
import { anyOf, bothOf, Match, NO, YES } from '../../mesh/whoMayCall/match';
import { Authorization } from '../authorizations';
import { InboundPolicy } from '../inboundPolicy';
import { GRPC_ROUTE_KIND, routeName } from '../linkerdRoutes';
import { IdentityDomain } from '../meshTlsAuthentication';
import { contains } from '../networks';
import { grpcMatches, httpMatches, RouteMatch } from '../rankedMatches';
import { noRequests, takesRequestsOnly } from './connections';
import { matchesAuthorization } from './peers';
import { fitsMatch, mayBeGrpc } from './requests';

const RULE = 'linkerd/inbound-authorization';

/**
 * What a proxy decides about a call to one of its ports. One authorization that matches is enough. Where the
 * Server has routes, the first match that fits a request tells its route, which has its own authorizations
 * beside the Server's; a request that fits none is answered with 404. Where a Server for gRPC has none, every call of gRPC
 * fits, and nothing else does.
 *
 * Upstream: linkerd2-proxy, linkerd/app/inbound/src/policy/{http,tcp}.rs.
 */
export function decide(
  policy: InboundPolicy,
  facts: CallFacts,
  domain: IdentityDomain,
): CallDecision {
  if (facts.protocol === 'tcp' && takesRequestsOnly(policy)) {
    return denied(noRequests(policy));
  }
  const atPort = admission(policy.authorizations, facts, domain);
  if (policy.routes.length > 0 && facts.protocol !== 'tcp') {
    return routed(policy, facts, domain);
  }
  if (isNoCall(policy, facts)) {
    return denied(notFound(policy));
  }
  const probe = policy.probes && isProbe(policy.probes, facts);
  if (probe) {
    return allowed([
      {
        rule: 'linkerd/probes',
        text: "The kubelet's probes are let in without an identity",
      },
    ]);
  }
  switch (atPort.match.value) {
    case 'yes':
      return allowed(atPort.reasons);
    case 'depends':
      return conditional(atPort.match.when, [], atPort.reasons);
    default:
      return denied(refusal(policy, policy.authorizations));
  }
}

/** Whether a request to a port for gRPC is no call of it, so that not even the route that is there without any fits it. */
export function isNoCall({ protocol }: InboundPolicy, facts: CallFacts) {
  return protocol === 'grpc' && facts.protocol !== 'tcp' && !mayBeGrpc(facts);
}

/** A proxy lets in what comes from its own pod. */
const LOOPBACK = ['127.0.0.1/32', '::1/128'];

interface Admission {
  match: Match;
  /** Of the authorizations that match, or may. */
  reasons: Reason[];
}

function admission(
  authorizations: readonly Authorization[],
  facts: CallFacts,
  domain: IdentityDomain,
): Admission {
  if (facts.sourceIp !== undefined && contains(LOOPBACK, facts.sourceIp)) {
    return {
      match: YES,
      reasons: [{ rule: RULE, text: 'The call comes from the pod itself' }],
    };
  }
  const tried = authorizations.map(authorization => ({
    authorization,
    match: matchesAuthorization(authorization, facts, domain),
  }));
  const sure = tried.find(({ match }) => match.value === 'yes');
  const open = tried.filter(({ match }) => match.value === 'depends');
  return {
    match: anyOf(tried.map(({ match }) => match)),
    reasons: (sure ? [sure] : open).flatMap(
      ({ authorization: { reason, applies } }) =>
        [reason, applies ?? []].flat(),
    ),
  };
}

/** Why nobody lets the client in: the authorizations that there are, else the policy of the port. */
function refusal(
  { reasons }: InboundPolicy,
  authorizations: readonly Authorization[],
): Reason[] {
  const written = authorizations.filter(
    ({ source }) => source.kind !== 'default',
  );
  return [
    ...written.map(({ reason }) => ({
      ...reason,
      text: `${reason.text}, and this client is none of those`,
    })),
    ...reasons,
  ];
}

interface Outcome {
  when: CallConditions;
  admission: Admission;
  refusal: Reason[];
}

function routed(
  policy: InboundPolicy,
  facts: CallFacts,
  domain: IdentityDomain,
): CallDecision {
  const outcomes: Outcome[] = [];
  for (const match of matchesOf(policy, facts.path)) {
    const fits = fitsMatch(match, facts);
    if (fits.value !== 'no') {
      const authorizations = [
        ...policy.authorizations,
        ...policy.routes
          .filter(({ route }) => route === match.candidate)
          .flatMap(route => route.authorizations),
      ];
      outcomes.push({
        when: fits.value === 'depends' ? fits.when : [[]],
        admission: admission(authorizations, facts, domain),
        refusal: [
          {
            ...policy.reasons[0],
            text: `No authorization lets this client in to ${routeName(
              match.candidate,
            )}`,
          },
          ...refusal(policy, authorizations),
        ],
      });
      if (fits.value === 'yes') {
        return combined(policy, outcomes, true);
      }
    }
  }
  return combined(policy, outcomes, false);
}

/** The matches of the routes of a port, in the order in which the proxy tries them, for a path where it is known. */
export function matchesOf(
  { routes }: InboundPolicy,
  path?: string,
): RouteMatch[] {
  const candidates = routes.map(({ route }) => route);
  return candidates[0]?.kind === GRPC_ROUTE_KIND
    ? grpcMatches(candidates)
    : httpMatches(candidates, path);
}

/** The outcomes of the matches that may fit, in order; with `complete`, one of them fits for sure. */
function combined(
  policy: InboundPolicy,
  outcomes: readonly Outcome[],
  complete: boolean,
): CallDecision {
  const open = outcomes.filter(
    ({ admission: { match } }) => match !== NO && match.value !== 'no',
  );
  const closed = outcomes.filter(
    ({ admission: { match } }) => match.value === 'no',
  );
  if (open.length === 0) {
    return denied([
      ...outcomes.slice(0, 1).flatMap(outcome => outcome.refusal),
      ...(complete ? [] : notFound(policy)),
    ]);
  }
  const reasons = distinct([
    ...open.flatMap(outcome => outcome.admission.reasons),
    ...closed.flatMap(outcome => outcome.refusal.slice(0, 1)),
    ...(complete ? [] : notFound(policy)),
  ]);
  const sure = open.every(({ admission: { match } }) => match.value === 'yes');
  if (complete && closed.length === 0 && sure) {
    return allowed(reasons);
  }
  const last = outcomes.at(-1);
  const deniedWhen = closed
    .filter(outcome => !(complete && outcome === last))
    .flatMap(({ when }) => when);
  const always =
    complete && last?.admission.match.value === 'yes' ? [] : undefined;
  return conditional(
    always ??
      open.flatMap(({ when, admission: { match } }) =>
        match.value === 'depends' ? bothOf(when, match.when) : when,
      ),
    deniedWhen,
    reasons,
  );
}

/** A request that fits no route is lost, whatever the authorizations: the routes are why. */
function notFound({ reasons, routes }: InboundPolicy): Reason[] {
  return [
    {
      ...reasons[0],
      rule: RULE,
      text: 'Requests that fit no route of the Server are answered with 404',
    },
    ...routes.map(({ reason }) => reason),
  ];
}

function distinct(reasons: readonly Reason[]): Reason[] {
  return [
    ...new Map(
      reasons.map(reason => [JSON.stringify(reason), reason]),
    ).values(),
  ];
}

function isProbe(
  { paths, networks }: NonNullable<InboundPolicy['probes']>,
  { method, path, sourceIp, protocol }: CallFacts,
): boolean {
  return (
    protocol !== 'tcp' &&
    method === 'GET' &&
    path !== undefined &&
    paths.includes(path.split('?')[0]) &&
    (sourceIp === undefined || contains(networks, sourceIp) === true)
  );
}
