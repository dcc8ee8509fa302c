import { BackendPlace, parentBackend } from './backends';
import {
  DefaultOutboundRoute,
  OutboundParent,
  OutboundPolicyProtocol,
  OutboundRule,
} from './policy';
import { ParentSettings } from './settings';

const EGRESS_NAMES: Readonly<Record<OutboundPolicyProtocol, string>> = {
  detect: 'http',
  http1: 'http',
  http2: 'http',
  grpc: 'grpc',
  tls: 'tls',
  opaque: 'tcp',
};

/**
 * The route of what no other route takes. A Service has it where it has no routes of the type that counts; with routes,
 * a request that none of them takes fails. An EgressNetwork always has it, and its traffic policy says whether it lets
 * out; only a TCPRoute takes everything.
 *
 * Upstream: policy-controller/grpc/src/outbound/{http,grpc,tls,tcp}.rs, `default_outbound_*_route`;
 * grpc/src/outbound.rs, `fallback`.
 */
export function defaultRoute(
  place: BackendPlace,
  protocol: OutboundPolicyProtocol,
  routes: number,
  settings: ParentSettings,
): DefaultOutboundRoute | undefined {
  const { parent } = place;
  const rule = ruleOf(place, protocol, settings);
  switch (parent.kind) {
    case 'egress-fallback':
      return { name: 'egress-fallback', forbidden: false, rule };
    case 'EgressNetwork': {
      if (protocol === 'opaque' && routes > 0) {
        return undefined;
      }
      const forbidden = isForbidden(parent);
      const verdict = forbidden ? 'deny' : 'allow';
      return {
        name: `${EGRESS_NAMES[protocol]}-egress-${verdict}`,
        forbidden,
        rule,
      };
    }
    default:
      return routes > 0
        ? undefined
        : {
            name: protocol === 'opaque' ? 'opaq' : 'http',
            forbidden: false,
            rule,
          };
  }
}

/** A port that the Service of an address does not have. */
export const UNDEFINED_PORT: DefaultOutboundRoute = {
  name: 'undefined-port',
  forbidden: true,
  rule: {
    matches: [],
    filters: [],
    distribution: 'empty',
    backends: [],
    timeouts: {},
  },
};

/** Whether what no route of an EgressNetwork takes is refused. */
export function isForbidden(parent: OutboundParent): boolean {
  return (
    parent.kind === 'EgressNetwork' &&
    parent.object.spec.trafficPolicy !== 'Allow'
  );
}

function ruleOf(
  place: BackendPlace,
  protocol: OutboundPolicyProtocol,
  { timeouts, httpRetry, grpcRetry }: ParentSettings,
): OutboundRule {
  const common = connectionRule(place);
  if (protocol === 'opaque' || protocol === 'tls') {
    return common;
  }
  const retry = protocol === 'grpc' ? grpcRetry : httpRetry;
  return {
    ...common,
    matches: protocol === 'grpc' ? [] : [{ path: { prefix: '/' } }],
    timeouts,
    ...(retry && { retry }),
  };
}

/** Connections without a route: they go to the parent. */
export function connectionRule(place: BackendPlace): OutboundRule {
  return {
    matches: [],
    filters: [],
    distribution: 'firstAvailable',
    backends: [parentBackend(place)],
    timeouts: {},
  };
}
