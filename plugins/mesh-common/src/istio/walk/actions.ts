import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { MeshConfig } from '../meshConfig';
import { HttpMatch } from '../objects';
import { mirrorsOf } from '../routing/httpRule';
import { faultOf, timeoutOf } from '../routing/resilience';
import { isGatewayApi, SourceRule } from '../routing/source';
import {
  destinationOf,
  ResolveDestination,
  ruleDestinations,
} from './action/destinations';
import { headerOperations } from './action/headerOperations';
import { answersPreflight } from './action/preflight';
import { appliedRedirect } from './action/redirect';
import { appliedRetries } from './action/retries';
import { appliedRewrite } from './action/rewrite';
import { OutboundAnswer } from './call';
import { RoutedRequest } from './matchRequest';

/** What the proxy that applies a rule knows beside it. */
export interface ActionContext {
  snapshot: MeshSnapshot;
  config: MeshConfig;
  /** Of the listener. */
  port: number;
  resolve: ResolveDestination;
}

/** What a rule does with a request: an answer but for how it was come to. */
export type AppliedRule = Omit<OutboundAnswer, 'by' | 'reasons'>;

/**
 * What a rule does with a request that met one of its alternatives: a redirect before a direct response before
 * its destinations, in place of which the proxy answers CORS preflights. Faults and header operations are done in any case.
 * Unknown where an expression of the rule cannot be read.
 *
 * Upstream: pilot/pkg/networking/core/route/route.go, `TranslateRoute`.
 */
export function appliedRule(
  rule: SourceRule,
  match: HttpMatch,
  request: RoutedRequest,
  context: ActionContext,
): AppliedRule | 'unknown' {
  const { http } = rule;
  const fault = faultOf(http);
  const always = {
    destinations: [],
    mirrors: [],
    ...(fault && { fault }),
  };
  if (http.redirect) {
    return {
      ...always,
      ...headersOf(rule),
      outcome: 'redirect',
      redirect: appliedRedirect(http.redirect, match, request, context.port),
    };
  }
  if (http.directResponse) {
    const { status, body } = http.directResponse;
    return {
      ...always,
      ...headersOf(rule),
      outcome: 'direct-response',
      directResponse: {
        status,
        ...(body?.string !== undefined && { body: body.string }),
      },
    };
  }
  const preflight = answersPreflight(http, request);
  if (preflight) {
    return preflight === 'unknown'
      ? preflight
      : {
          ...always,
          outcome: 'direct-response',
          directResponse: { status: 200 },
          answeredBy: 'corsPolicy',
        };
  }
  const rewrite = appliedRewrite(http, match, request, isGatewayApi(rule));
  return rewrite === 'unknown'
    ? rewrite
    : {
        ...always,
        ...headersOf(rule),
        ...forwarded(rule, context),
        ...(rewrite && { rewrite }),
      };
}

function forwarded(
  rule: SourceRule,
  { snapshot, config, resolve }: ActionContext,
): Pick<
  OutboundAnswer,
  | 'outcome'
  | 'destinations'
  | 'hashPolicies'
  | 'mirrors'
  | 'timeoutMs'
  | 'retries'
> {
  const timeout = timeoutOf(snapshot, rule.http, rule.written);
  const destinations = ruleDestinations(snapshot, rule, resolve);
  const retries = appliedRetries(
    snapshot,
    rule,
    config,
    Boolean(destinations.hashPolicies?.length),
  );
  return {
    outcome: 'route',
    ...destinations,
    mirrors: mirrorsOf(rule.http).map(({ destination, percent }) => {
      const target = resolve(destination);
      return {
        ...destinationOf(target, target.missing, snapshot, rule),
        weight: 100,
        percent,
      };
    }),
    ...(timeout && { timeoutMs: timeout.ms }),
    ...(retries && { retries }),
  };
}

function headersOf(
  rule: SourceRule,
): Pick<OutboundAnswer, 'requestHeaders' | 'responseHeaders'> {
  const { headers, route = [], redirect, directResponse } = rule.http;
  const single =
    !redirect && !directResponse && route.length === 1
      ? route[0].headers
      : undefined;
  const requestHeaders = headerOperations('request', headers, single);
  const responseHeaders = headerOperations('response', headers, single);
  return {
    ...(requestHeaders && { requestHeaders }),
    ...(responseHeaders && { responseHeaders }),
  };
}
