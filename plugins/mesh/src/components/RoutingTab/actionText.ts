import { RouteRetries, RouteRule } from 'backstage-plugin-mesh-common';
import { Format } from '../../hooks/useFormat';
import { MeshTranslate } from '../../translation';

/** What a rule does to a request besides choosing where it goes, one line each. */
export function effectTexts(
  t: MeshTranslate,
  format: Format,
  rule: RouteRule,
): string[] {
  const { fault, rewrite, mirrors, headers } = rule;
  const lines: (string | undefined)[] = [
    fault?.delay &&
      t('routing.action.delay', {
        percent: format.percent(fault.delay.percent),
        duration: format.duration(fault.delay.ms),
      }),
    fault?.abort?.httpStatus !== undefined
      ? t('routing.action.abortHttp', {
          percent: format.percent(fault.abort.percent),
          status: String(fault.abort.httpStatus),
        })
      : undefined,
    fault?.abort?.grpcStatus !== undefined
      ? t('routing.action.abortGrpc', {
          percent: format.percent(fault.abort.percent),
          status: fault.abort.grpcStatus,
        })
      : undefined,
    rewrite?.path && t('routing.action.rewritePath', { path: rewrite.path }),
    rewrite?.pathPrefix &&
      t('routing.action.rewritePrefix', { path: rewrite.pathPrefix }),
    rewrite?.pathRegex &&
      t('routing.action.rewriteRegex', { ...rewrite.pathRegex }),
    rewrite?.authority &&
      t('routing.action.rewriteAuthority', { authority: rewrite.authority }),
    ...mirrors.map(mirror =>
      t('routing.action.mirror', {
        percent: format.percent(mirror.percent),
        host: hostText(t, mirror),
      }),
    ),
    ...headers.map(change => t('routing.action.headers', { change })),
  ];
  return lines.filter((line): line is string => Boolean(line));
}

/** `3 retries of 2 s each on 5xx, reset` */
export function retriesText(
  t: MeshTranslate,
  format: Format,
  retries: RouteRetries,
): string {
  const { attempts, perTryTimeoutMs, on, budget } = retries;
  if (attempts === 0) {
    return t('routing.action.noRetries');
  }
  return [
    t('routing.action.retries', { count: attempts }),
    perTryTimeoutMs !== undefined &&
      t('routing.action.perTry', {
        duration: format.duration(perTryTimeoutMs),
      }),
    on.length > 0 && t('routing.action.retryOn', { on: on.join(', ') }),
    budget &&
      t('routing.action.budget', { percent: format.percent(budget.percent) }),
    budget?.minPerSecond !== undefined &&
      t('routing.action.budgetMin', {
        amount: format.count(budget.minPerSecond),
      }),
  ]
    .filter(Boolean)
    .join(' ');
}

/** Where a redirect sends the client, as much of it as the rule changes. */
export function redirectText(
  t: MeshTranslate,
  redirect: NonNullable<RouteRule['redirect']>,
): string {
  const { code, scheme, authority, port, path } = redirect;
  const host = [authority, port].filter(part => part !== undefined).join(':');
  const to = `${scheme ? `${scheme}://` : ''}${host}${path ?? ''}`;
  return t('routing.action.redirect', {
    code: String(code),
    to: to || t('routing.action.redirectSame'),
  });
}

/** A destination by its host, port and subset. */
export function hostText(
  t: MeshTranslate,
  destination: { host: string; subset?: string; port?: number },
): string {
  const { host, subset, port } = destination;
  const place =
    port === undefined
      ? host
      : t('routing.backend.port', { host, port: String(port) });
  return subset ? t('routing.backend.subset', { host: place, subset }) : place;
}
