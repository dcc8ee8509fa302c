import { WalkAnswer, WalkBranch } from '../../contract/walk';
import { HeaderOperations } from '../../mesh/walk/headers';
import { OutboundAnswer } from './call';
import { branchesOf } from './branches';
import { Found } from '../../mesh/walk/compose';
import { directBranch } from './direct';
import { NamedPlace } from './names';
import { faultOf, routeStep } from './routeStep';
import { Seen, seenBy } from './refusal';
import { Way } from './way';

const RULE = 'istio/walk';

/**
 * What becomes of a request that a proxy on the client's side routes: it ends there, goes on as it is, or is shared
 * among destinations. What the route injects comes before all of them.
 */
export function proxied(
  way: Way,
  place: NamedPlace,
  answer: OutboundAnswer,
): Found {
  const route = routeStep(way.snapshot, answer);
  const fault = faultOf(way.snapshot, answer);
  const steps = [route, ...(fault ? [fault.step] : [])];
  const common = {
    ...(fault?.delay && { delay: fault.delay }),
    ...(fault?.abort && { abort: fault.abort }),
    ...(answer.timeoutMs !== undefined && { timeoutMs: answer.timeoutMs }),
    ...rewriteOf(answer),
    ...onwardParts(way, answer),
  };
  if (fault?.ending) {
    return { ...common, steps, branches: [], ending: fault.ending };
  }
  const ended = endedByRoute(way, answer);
  if (ended) {
    return { ...common, steps, branches: [], ...ended };
  }
  const onward = { ...way, ...onwardOf(way, answer) };
  return {
    ...common,
    steps,
    sometimes: fault?.sometimes,
    mirrors: answer.mirrors.map(({ host, port, subset, percent }) => ({
      ...(host && { host }),
      ...(port && { port }),
      ...(subset && { subset }),
      percent,
    })),
    branches:
      answer.outcome === 'passthrough'
        ? [passedOn(way, place)]
        : branchesOf(onward, place, answer),
  };
}

function rewriteOf({ rewrite }: OutboundAnswer): Pick<Found, 'rewrite'> {
  return rewrite && Object.keys(rewrite).length > 0 ? { rewrite } : {};
}

/** What a rule does for requests that it sends on. */
function onwardParts(
  { reading }: Way,
  { outcome, retries, requestHeaders }: OutboundAnswer,
): Pick<Found, 'retries' | 'requestHeaders'> {
  if (reading !== 'http' || outcome !== 'route') {
    return {};
  }
  return {
    ...(retries &&
      retries.attempts > 0 && {
        retries: retriesShown(retries),
      }),
    ...(requestHeaders && { requestHeaders: headersOf(requestHeaders) }),
  };
}

function retriesShown({
  places: _,
  on,
  codes,
  ...retries
}: NonNullable<OutboundAnswer['retries']>): NonNullable<Found['retries']> {
  return { ...retries, on: [...on], codes: [...codes] };
}

function headersOf({
  set,
  add,
  remove,
}: HeaderOperations): NonNullable<WalkAnswer['requestHeaders']> {
  return {
    ...(set && { set: { ...set } }),
    ...(add && { add: { ...add } }),
    ...(remove && { remove: [...remove] }),
  };
}

/** The request as the destination sees it. */
function onwardOf(
  way: Way,
  { rewrite, requestHeaders }: OutboundAnswer,
): Pick<Way, 'authority' | 'path' | 'headers'> {
  const [, query] = /^[^?]*(\?.*)?$/.exec(way.path) ?? [];
  return {
    authority: rewrite?.authority ?? way.authority,
    path:
      rewrite?.path === undefined ? way.path : `${rewrite.path}${query ?? ''}`,
    headers: [...way.headers, ...(requestHeaders ? [requestHeaders] : [])],
  };
}

function endedByRoute(
  way: Way,
  answer: OutboundAnswer,
): Pick<Found, 'ending' | 'redirect'> | undefined {
  const failed = (seen: Seen): Pick<Found, 'ending'> => ({
    ending: { outcome: 'failed', ...seen },
  });
  switch (answer.outcome) {
    case 'redirect': {
      const redirect = redirectOf(way, answer.redirect);
      return {
        ending: { outcome: 'redirect', status: redirect.status },
        redirect,
      };
    }
    case 'direct-response':
      return {
        ending: {
          outcome: 'direct-response',
          status: answer.directResponse?.status,
        },
      };
    case 'no-route':
      return {
        ending: { outcome: 'no-route', ...seenBy('no-route', way.reading) },
      };
    case 'blackhole':
      return failed(seenBy('blackhole', way.reading));
    case 'no-listener':
      return failed({ status: null });
    default:
      return undefined;
  }
}

function redirectOf(
  { request, authority, path }: Way,
  redirect: OutboundAnswer['redirect'],
): NonNullable<WalkAnswer['redirect']> {
  const [, query = ''] = /^[^?]*(\?.*)?$/.exec(path) ?? [];
  const scheme = redirect?.scheme ?? schemeOf(request);
  const host = redirect?.authority ?? authority;
  const port = redirect?.port === undefined ? '' : `:${redirect.port}`;
  const target = port ? `${host.replace(/:\d+$/, '')}${port}` : host;
  return {
    status: redirect?.code ?? 301,
    location: `${scheme}://${target}${redirect?.path ?? path}${query}`,
  };
}

/** A gateway that ends TLS is called by https. */
function schemeOf({ sni, protocol }: Way['request']): string {
  return sni !== undefined || protocol === 'tls' ? 'https' : 'http';
}

/** What the proxy does not know goes on to its address as it is, without mutual TLS and without identity. */
function passedOn(way: Way, place: NamedPlace): WalkBranch {
  const reasons = [
    {
      rule: RULE,
      text: 'What the proxy does not know passes on as it is: without mutual TLS, so that the server sees no identity',
    },
  ];
  return directBranch(way, place, reasons, { tunnels: false });
}
