import {
  DestinationPolicy,
  durationWords,
  RouteBackend,
  RouteCondition,
  RouteRetries,
  RouteRule,
} from 'backstage-plugin-mesh-common';

const OPERATORS: Readonly<Record<RouteCondition['operator'], string>> = {
  exact: 'is',
  prefix: 'starts with',
  regex: 'matches',
  present: 'is there',
};

/** `path starts with /v1` */
export function conditionWords(condition: RouteCondition): string {
  const { subject, name, operator, value, ignoreCase } = condition;
  const what =
    subject === 'without-header'
      ? `no header ${name}`
      : [subject.replaceAll('-', ' '), name].filter(Boolean).join(' ');
  const words = [what, OPERATORS[operator], value].filter(Boolean).join(' ');
  return ignoreCase ? `${words} (in any case)` : words;
}

/** What a rule matches: alternatives, of which one is enough. */
export function matchWords({ matches }: RouteRule, isFirst: boolean): string {
  if (matches.length === 0) {
    return isFirst ? 'every request' : 'every other request';
  }
  return matches
    .map(conditions => conditions.map(conditionWords).join(' and '))
    .join(', or ');
}

/** `cart-2.shop:80 25 %` */
export function backendWords(backend: RouteBackend): string {
  const { host, subset, port, percent, missing } = backend;
  return [
    `${host}${port === undefined ? '' : `:${port}`}`,
    subset && `subset ${subset}`,
    `${percentWords(percent)}`,
    missing &&
      `${
        missing.status === undefined
          ? 'closes connections'
          : `answers ${missing.status}`
      }: ${missing.reason.text}`,
  ]
    .filter(Boolean)
    .join(' ');
}

export function percentWords(percent: number): string {
  return `${Math.round(percent * 10) / 10} %`;
}

/** `2 retries of at most 400 ms each on 5xx` */
export function retryWords(retries: RouteRetries): string {
  const { attempts, perTryTimeoutMs, on, budget } = retries;
  if (attempts === 0) {
    return 'no retries';
  }
  return [
    `${attempts} ${attempts === 1 ? 'retry' : 'retries'}`,
    perTryTimeoutMs !== undefined &&
      `of at most ${durationWords(perTryTimeoutMs)} each`,
    on.length > 0 && `on ${on.join(', ')}`,
    budget && `while they add at most ${percentWords(budget.percent)}`,
  ]
    .filter(Boolean)
    .join(' ');
}

/** What a rule does besides forwarding, one line each. */
export function effectWords(rule: RouteRule): string[] {
  const { redirect, directResponse, rewrite, fault } = rule;
  return [
    redirect &&
      `redirect ${redirect.code} to ${[
        redirect.scheme && `${redirect.scheme}://`,
        redirect.authority,
        redirect.port && `:${redirect.port}`,
        redirect.path,
      ]
        .filter(Boolean)
        .join('')}`,
    directResponse && `answers ${directResponse.status}`,
    rewrite?.path && `path becomes ${rewrite.path}`,
    rewrite?.pathPrefix && `path prefix becomes ${rewrite.pathPrefix}`,
    rewrite?.pathRegex &&
      `path: ${rewrite.pathRegex.match} becomes ${rewrite.pathRegex.replace}`,
    rewrite?.authority && `authority becomes ${rewrite.authority}`,
    fault?.delay &&
      `${percentWords(fault.delay.percent)} wait ${durationWords(
        fault.delay.ms,
      )}`,
    fault?.abort &&
      `${percentWords(fault.abort.percent)} fail with ${
        fault.abort.httpStatus ?? fault.abort.grpcStatus
      }`,
    ...rule.mirrors.map(
      mirror => `${percentWords(mirror.percent)} copied to ${mirror.host}`,
    ),
    rule.timeout && `timeout ${durationWords(rule.timeout.ms)}`,
    rule.retries && retryWords(rule.retries),
    rule.slowTries?.text,
    ...rule.headers,
  ].filter((line): line is string => Boolean(line));
}

/** How clients treat a destination, in one line. */
export function destinationWords(destination: DestinationPolicy): string {
  const { host, subset, loadBalancer, limits, outlierDetection } = destination;
  return [
    subset ? `${host} subset ${subset}` : host,
    loadBalancer,
    ...limits.map(
      ({ name, value, unit }) =>
        `${name} ${unit === 'ms' ? durationWords(value) : value}${
          unit === 'percent' ? ' %' : ''
        }`,
    ),
    outlierDetection && `ejects after ${outlierDetection.ejectsAfter}`,
    destination.locality?.text,
    destination.tlsMode && `TLS ${destination.tlsMode}`,
  ]
    .filter(Boolean)
    .join(', ');
}
