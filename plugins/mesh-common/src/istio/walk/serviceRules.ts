import { Answer, Reason } from '../../contract/common';
import { PortRoutes, RouteRule } from '../../contract/routing';
import { isKindId } from '../../kubernetes/kinds';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { OutboundAnswer, OutboundDestination, TakenRule } from './call';
import { MatchedRequest, takes } from './ruleMatch';

const RULE = 'istio/walk/route';

/** Where no rule says anything. */
export const NOTHING = { destinations: [], mirrors: [] };

/**
 * What the effective routes of a Service's port make of a request: the first rule that takes it; without rules it goes
 * to the Service itself.
 */
export function callByRules(
  snapshot: MeshSnapshot,
  host: string,
  { port, routing, rules, unmatched }: PortRoutes,
  request: MatchedRequest,
): OutboundAnswer | Answer<'unknown'> {
  switch (routing.value) {
    case 'rules':
      break;
    case 'service':
      return {
        ...NOTHING,
        outcome: 'route',
        destinations: [{ host, port, weight: 100 }],
        reasons: routing.reasons,
      };
    case 'not-in-mesh':
      return { ...NOTHING, outcome: 'passthrough', reasons: routing.reasons };
    default:
      return { ...routing, value: 'unknown' };
  }
  for (const rule of rules) {
    const taken = takes(rule, request, isGatewayApi(rule));
    if (taken === undefined) {
      return {
        value: 'unknown',
        cause: 'not-modelled',
        reasons: [
          {
            rule: RULE,
            text: `Whether ${rule.name} takes the request depends on what is not known of it`,
          },
          ...rule.reasons,
        ],
      };
    }
    if (taken) {
      return byRule(snapshot, rule, request, routing.reasons);
    }
  }
  return {
    ...NOTHING,
    outcome: 'no-route',
    reasons: unmatched ? [unmatched.reason] : routing.reasons,
  };
}

function isGatewayApi({ reasons }: RouteRule): boolean {
  return reasons.some(({ object }) =>
    object?.kind.startsWith('gateway.networking.k8s.io/'),
  );
}

function byRule(
  snapshot: MeshSnapshot,
  rule: RouteRule,
  request: MatchedRequest,
  reasons: readonly Reason[],
): OutboundAnswer {
  const by = takenFrom(snapshot, rule);
  const common: OutboundAnswer = {
    ...NOTHING,
    outcome: 'route',
    ...(by && { by }),
    ...(rule.fault && { fault: rule.fault }),
    reasons,
  };
  if (rule.action === 'redirect' && rule.redirect) {
    const { code, path = pathOf(request), ...rest } = rule.redirect;
    return {
      ...common,
      outcome: 'redirect',
      redirect: { code, path, ...rest },
    };
  }
  if (rule.action === 'direct-response') {
    return {
      ...common,
      outcome: 'direct-response',
      ...(rule.directResponse && { directResponse: rule.directResponse }),
    };
  }
  const { timeout, retries } = rule;
  return {
    ...common,
    destinations: rule.backends.map(destinationOf),
    mirrors: rule.mirrors.map(mirror => ({ ...mirror, weight: 100 })),
    ...(timeout && { timeoutMs: timeout.ms }),
    ...(retries &&
      retries.attempts > 0 && {
        retries: {
          attempts: retries.attempts,
          ...(retries.perTryTimeoutMs && {
            perTryTimeoutMs: retries.perTryTimeoutMs,
          }),
          on: retries.on,
          codes: [],
          isDefault: !retries.reasons.some(({ object }) => object),
        },
      }),
    ...rewriteOf(rule),
  };
}

function rewriteOf({ rewrite }: RouteRule): Pick<OutboundAnswer, 'rewrite'> {
  const { path, authority } = rewrite ?? {};
  return path === undefined && authority === undefined
    ? {}
    : {
        rewrite: {
          ...(path !== undefined && { path }),
          ...(authority !== undefined && { authority }),
        },
      };
}

function destinationOf({
  host,
  port,
  subset,
  percent,
  missing,
}: RouteRule['backends'][number]): OutboundDestination {
  return {
    host,
    ...(port && { port }),
    ...(subset && { subset }),
    weight: percent,
    ...(missing && { missing }),
  };
}

function takenFrom(
  snapshot: MeshSnapshot,
  { reasons }: RouteRule,
): TakenRule | undefined {
  const written = reasons.find(({ object, field }) => object && field);
  const { object: ref, field = '' } = written ?? {};
  if (!ref || !isKindId(ref.kind)) {
    return undefined;
  }
  const object = snapshot.get(ref.kind, ref.namespace, ref.name);
  const index = /\[(\d+)\]$/.exec(field)?.[1];
  return object
    ? { kind: ref.kind, object, field, rule: Number(index ?? 0) }
    : undefined;
}

function pathOf({ path }: MatchedRequest): string {
  return path.split('?')[0];
}
