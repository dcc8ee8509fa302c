import { CallConditions, CallRule } from '../../contract/callDecision';
import { Authorization } from '../authorizations';
import { InboundPolicy } from '../inboundPolicy';
import { GRPC_ROUTE_KIND, LinkerdRoute, routeName } from '../linkerdRoutes';
import { isEverywhere } from '../networks';
import { grpcMatches, httpMatches } from '../rankedMatches';
import { asCallCondition } from './requests';

/**
 * The rules of a port as they are written: the authorizations of its Server, those of the Server's routes, the
 * probes, then the policy that holds for everybody else, and what names the port without effect.
 */
export function writtenRules(policy: InboundPolicy): CallRule[] {
  const named = policy.authorizations.filter(
    ({ source }) => source.kind !== 'default',
  );
  return [
    ...named.map(authorization => allowRule(authorization, [[]])),
    ...policy.routes.flatMap(({ route, authorizations }) =>
      authorizations.map(authorization =>
        allowRule(authorization, requestsOf(route), routeName(route)),
      ),
    ),
    ...probeRules(policy),
    defaultRule(policy),
    ...policy.ignored.map(
      (reason): CallRule => ({
        effect: 'allow',
        term: reason.object?.kind.split('/').at(-1) ?? '',
        state: 'no-effect',
        from: [],
        requests: [],
        reason,
      }),
    ),
  ];
}

function allowRule(
  {
    source,
    reason,
    ...authorization
  }: Pick<Authorization, 'source' | 'reason' | 'authentication' | 'networks'>,
  requests: CallConditions,
  route?: string,
): CallRule {
  return {
    effect: 'allow',
    term: source.kind,
    state: 'enforced',
    from: callersOf(authorization),
    requests,
    reason: route ? { ...reason, text: `${reason.text}, to ${route}` } : reason,
  };
}

function callersOf({
  authentication,
  networks,
}: Pick<Authorization, 'authentication' | 'networks'>): CallConditions {
  const from = isEverywhere(networks)
    ? []
    : [
        {
          subject: 'source-ip' as const,
          operator: 'in' as const,
          values: networks.map(({ cidr, except }) =>
            except?.length ? `${cidr} (without ${except.join(', ')})` : cidr,
          ),
        },
      ];
  if (authentication.type === 'unauthenticated') {
    return [from];
  }
  const identities =
    authentication.type === 'tls-unauthenticated'
      ? ['*']
      : [...authentication.identities, ...authentication.suffixes];
  return identities.length === 0
    ? []
    : [[{ subject: 'identity', operator: 'in', values: identities }, ...from]];
}

function requestsOf(route: LinkerdRoute): CallConditions {
  const matches =
    route.kind === GRPC_ROUTE_KIND
      ? grpcMatches([route])
      : httpMatches([route]);
  return matches.map(({ conditions }) => conditions.map(asCallCondition));
}

function probeRules({ probes }: InboundPolicy): CallRule[] {
  return probes
    ? [
        {
          effect: 'allow',
          term: 'probes',
          state: 'enforced',
          from: [[]],
          requests: [
            [
              { subject: 'method', operator: 'in', values: ['GET'] },
              { subject: 'path', operator: 'in', values: [...probes.paths] },
            ],
          ],
          reason: {
            rule: 'linkerd/probes',
            text: "The kubelet's probes are let in without an identity",
          },
        },
      ]
    : [];
}

/** The access policy of the Server, or the policy of a port without one. */
function defaultRule({
  policy,
  authorizations,
  reasons,
}: InboundPolicy): CallRule {
  const byDefault = authorizations.find(
    ({ source }) => source.kind === 'default',
  );
  return {
    effect: 'default',
    term: policy,
    state: 'enforced',
    from: byDefault ? callersOf(byDefault) : [],
    requests: byDefault ? [[]] : [],
    reason: reasons[0],
  };
}
