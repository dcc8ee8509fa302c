import { RouteRule } from '../../contract/routing';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { HttpRoute } from '../objects';
import {
  backendsOf,
  ResolvedDestination,
  resolveDestination,
} from './backends';
import { isWholePath, matchConditions } from './conditions';
import { authorityOf, headerTexts } from './headers';
import { faultOf, retriesOf, timeoutOf } from './resilience';
import { ChosenRule } from './select';
import { slowTries } from './slowTries';
import { isGatewayApi, objectReason, ruleName } from './source';
import { isClientKnown, RouteView } from './view';
import { Destination } from '../objectParts';

const RULE = 'istio/http-route';

/** A rule as answers have it, and the destinations that it leads to. */
export interface TranslatedRule {
  rule: RouteRule;
  destinations: readonly ResolvedDestination[];
}

/**
 * One HTTP rule as a proxy applies it on a port: what it does (a redirect before a direct response before
 * its destinations), and with what.
 *
 * Upstream: pilot/pkg/networking/core/route/route.go, `TranslateRoute`.
 */
export function translateRule(
  snapshot: MeshSnapshot,
  { rule, alternatives }: ChosenRule,
  port: number,
  view: RouteView,
): TranslatedRule {
  const { http, written } = rule;
  const forwards = !http.redirect && !http.directResponse;
  const { backends, resolved } = backendsOf(
    snapshot,
    forwards ? http.route ?? [] : [],
    {
      port,
      view,
      written,
      invalid: rule.invalid,
      // A Gateway API backend that is not there is answered 500, as its standard wants it.
      missingStatus: isGatewayApi(rule) ? 500 : 503,
    },
  );
  const mirrors = (forwards ? mirrorsOf(http) : []).map(
    ({ destination, percent }) => ({
      percent,
      destination: resolveDestination(snapshot, destination, port, view),
    }),
  );
  const timeout = timeoutOf(snapshot, http, written);
  const retries = retriesOf(snapshot, http, written, view.config);
  const fault = faultOf(http);
  const rewrite = forwards ? rewriteOf(http, isGatewayApi(rule)) : undefined;
  return {
    rule: {
      name: ruleName(rule),
      matches: conditionsOf(rule, alternatives, view),
      action: actionOf(http),
      backends,
      ...(http.redirect && { redirect: redirectOf(http.redirect, port) }),
      ...(!http.redirect &&
        http.directResponse && {
          directResponse: {
            status: http.directResponse.status,
            ...(http.directResponse.body?.string !== undefined && {
              body: http.directResponse.body.string,
            }),
          },
        }),
      ...(rewrite && { rewrite }),
      mirrors: mirrors.map(({ percent, destination }) => ({
        host: destination.host,
        ...(destination.subset && { subset: destination.subset }),
        port: destination.port,
        percent,
      })),
      ...(fault && { fault }),
      ...(forwards && {
        ...(timeout && { timeout }),
        retries,
        slowTries: slowTries(timeout?.ms, retries),
      }),
      headers: headerTexts(http),
      reasons: [
        objectReason(
          snapshot,
          written,
          RULE,
          `Written in ${ruleName(rule)}${http.name ? ` (${http.name})` : ''}`,
          written.field,
        ),
      ],
    },
    destinations: [
      ...resolved,
      ...mirrors.map(({ destination }) => destination),
    ],
  };
}

/** Alternatives without a condition match everything, which an empty list says. */
function conditionsOf(
  rule: ChosenRule['rule'],
  alternatives: ChosenRule['alternatives'],
  view: RouteView,
): RouteRule['matches'] {
  const conditions = alternatives.map(
    ({ match, index }) =>
      rule.shown?.[index] ?? matchConditions(match, isClientKnown(view)),
  );
  return conditions.some(all => all.length === 0)
    ? []
    : conditions.map(all => [...all]);
}

function actionOf({
  redirect,
  directResponse,
}: HttpRoute): RouteRule['action'] {
  if (redirect) {
    return 'redirect';
  }
  return directResponse ? 'direct-response' : 'forward';
}

/** Where copies of requests go, and how many of them. */
export function mirrorsOf({
  mirror,
  mirrorPercentage,
  mirrorPercent,
  mirrors = [],
}: HttpRoute): { percent: number; destination: Destination }[] {
  return [
    ...(mirror
      ? [
          {
            destination: mirror,
            percent: mirrorPercentage
              ? mirrorPercentage.value ?? 0
              : mirrorPercent ?? 100,
          },
        ]
      : []),
    ...mirrors.map(({ destination, percentage }) => ({
      destination,
      percent: percentage ? percentage.value ?? 0 : 100,
    })),
  ].filter(({ percent }) => percent > 0);
}

/** Where a redirect leads to, from a listener that ends TLS or not. */
export function redirectOf(
  redirect: NonNullable<HttpRoute['redirect']>,
  listenerPort: number,
  tls: boolean = false,
): NonNullable<RouteRule['redirect']> {
  const asked =
    redirect.derivePort === 'FROM_REQUEST_PORT' ? listenerPort : redirect.port;
  const scheme = redirect.scheme || (tls ? 'https' : 'http');
  // The port that the scheme means anyway is left out.
  const port =
    (asked === 80 && scheme === 'http') || (asked === 443 && scheme === 'https')
      ? undefined
      : asked;
  const path = redirect.prefixRewrite ?? redirect.uri;
  return {
    code: redirect.redirectCode || 301,
    ...(redirect.scheme && { scheme: redirect.scheme }),
    ...(redirect.authority && { authority: redirect.authority }),
    ...(port && { port }),
    ...(path && { path }),
  };
}

function rewriteOf(http: HttpRoute, gatewayApi: boolean): RouteRule['rewrite'] {
  const { rewrite, match } = http;
  const authority = authorityOf(http);
  const expression = rewrite?.uriRegexRewrite;
  const [only, ...others] = match ?? [];
  // An exact path is replaced as a whole, and so is one that an expression matched.
  const exact =
    others.length === 0 && only?.uri !== undefined && isWholePath(only.uri);
  const wholePath = gatewayApi && expression?.match === '/.*';
  const path = wholePath ? expression.rewrite : undefined;
  const uri = expression ? undefined : rewrite?.uri;
  return path === undefined && !expression && !uri && !authority
    ? undefined
    : {
        ...(path !== undefined && { path }),
        ...(expression &&
          !wholePath && {
            pathRegex: { match: expression.match, replace: expression.rewrite },
          }),
        ...(uri && (exact ? { path: uri } : { pathPrefix: uri })),
        ...(authority && { authority }),
      };
}
