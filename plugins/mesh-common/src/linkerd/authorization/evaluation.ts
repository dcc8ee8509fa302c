import { CallDecision } from '../../contract/callDecision';
import { CallCheck, CallEvaluation } from '../../contract/callEvaluation';
import { EnrolmentMode } from '../../contract/mtls';
import { CallFacts } from '../../mesh/whoMayCall/facts';
import { Authorization } from '../authorizations';
import { InboundPolicy } from '../inboundPolicy';
import { LinkerdRoute } from '../linkerdRoutes';
import { IdentityDomain } from '../meshTlsAuthentication';
import { isNoCall, matchesOf } from './decide';
import { matchesAuthorization } from './peers';
import { fitsMatch } from './requests';

const FORBIDDEN = 403;
const NOT_FOUND = 404;

/**
 * A decision about a call with all authorizations that were looked at: those of the port, and those of the routes
 * that the request fits, or may fit. HTTP that no authorization lets in is answered with 403, and with 404 where the
 * port has routes and none of them fits; of other protocols the connection is closed.
 *
 * Upstream: linkerd2-proxy, linkerd/app/inbound/src/policy/{http,tcp}.rs.
 */
export function evaluation(
  policy: InboundPolicy,
  facts: CallFacts,
  domain: IdentityDomain,
  mode: EnrolmentMode,
  decision: CallDecision,
): CallEvaluation {
  const http = isHttp(policy, facts);
  const routed = http && policy.routes.length > 0;
  const fitting = routed ? fittingRoutes(policy, facts) : [];
  const lost = routed ? fitting.length === 0 : isNoCall(policy, facts);
  const checks = lost
    ? []
    : authorizationsOf(policy, fitting).map(authorization =>
        checkOf(authorization, facts, domain),
      );
  return {
    decision,
    hops: [
      {
        by: mode,
        layer: http ? 'http' : 'tcp',
        decision,
        ...(decision.value === 'allowed' && { verdict: 'allow-matched' }),
        ...(decision.value === 'denied' && {
          ...(!lost && { verdict: 'no-allow-matched' }),
          ...(http && { status: lost ? NOT_FOUND : FORBIDDEN }),
        }),
        providers: [],
        checks,
      },
    ],
  };
}

function isHttp({ protocol }: InboundPolicy, facts: CallFacts): boolean {
  return (
    facts.protocol !== 'tcp' && protocol !== 'opaque' && protocol !== 'tls'
  );
}

/** The routes of which a match fits the request, or may, up to the first that fits for sure. */
function fittingRoutes(
  policy: InboundPolicy,
  facts: CallFacts,
): LinkerdRoute[] {
  const fitting: LinkerdRoute[] = [];
  for (const match of matchesOf(policy, facts.path)) {
    const { candidate } = match;
    const { value } = fitsMatch(match, facts);
    if (value !== 'no' && !fitting.includes(candidate)) {
      fitting.push(candidate);
    }
    if (value === 'yes') {
      break;
    }
  }
  return fitting;
}

function authorizationsOf(
  policy: InboundPolicy,
  fitting: readonly LinkerdRoute[],
): Authorization[] {
  return [
    ...policy.routes
      .filter(({ route }) => fitting.includes(route))
      .flatMap(({ authorizations }) => authorizations),
    ...policy.authorizations,
  ];
}

const RESULTS = { yes: 'match', no: 'no-match', depends: 'depends' } as const;

function checkOf(
  authorization: Authorization,
  facts: CallFacts,
  domain: IdentityDomain,
): CallCheck {
  const { value } = matchesAuthorization(authorization, facts, domain);
  return {
    step: 'allow',
    result: RESULTS[value],
    dryRun: false,
    reason: authorization.reason,
  };
}
