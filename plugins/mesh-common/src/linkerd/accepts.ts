import { Answer, Reason } from '../contract/common';
import { Accepts, EnrolmentMode } from '../contract/mtls';
import { Pod } from '../kubernetes/core';
import { because } from '../mesh/answers';
import { PortAcceptance } from '../mesh/MeshAdapter';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import {
  Authorization,
  letsInSomebody,
  letsInUnauthenticated,
} from './authorizations';
import { AuthorizedRoute, InboundPolicy, inboundPolicy } from './inboundPolicy';
import { routeName } from './linkerdRoutes';
import { isEverywhere, networkText } from './networks';
import { podDecider } from './podSettings';
import { isProbeRoute } from './probes';
import { proxyOf, proxySetting } from './proxy';
import { skippedInbound } from './skippedPorts';

const RULE = 'linkerd/accepts';

/** How the page calls the protocols. */
const PROTOCOLS: Readonly<Record<InboundPolicy['protocol'], string>> = {
  detect: 'detected',
  http1: 'http',
  http2: 'http2',
  grpc: 'grpc',
  opaque: 'opaque',
  tls: 'tls',
};

/**
 * What a meshed pod accepts on a port. Ports that bypass the proxy, and all ports of a proxy without an
 * identity, take plaintext only. Else the policy of the port decides: mutual TLS only, where it lets in
 * nobody without an identity; mutual TLS or plaintext, where it lets in somebody without; nothing, where it
 * lets in nobody. Probes that are let in by themselves do not count as plaintext that is accepted.
 */
export function portAcceptance(
  snapshot: MeshSnapshot,
  pod: Pod,
  port: number,
  mode: EnrolmentMode,
): PortAcceptance {
  const skipped = skippedInbound(snapshot, pod, port);
  if (skipped) {
    return {
      protocol: 'tcp',
      accepts: {
        value: 'plaintext-only',
        term: 'skip-inbound-ports',
        reasons: [skipped],
      },
    };
  }
  const proxy = proxyOf(pod);
  if (proxy && !proxySetting(proxy, 'LINKERD2_PROXY_IDENTITY_LOCAL_NAME')) {
    return {
      protocol: 'tcp',
      accepts: {
        value: 'plaintext-only',
        reasons: [
          because(
            RULE,
            'The proxy has no identity, so it can end no mutual TLS',
            podDecider(snapshot, pod, `${proxy.field}.env`),
          ),
        ],
      },
    };
  }
  if (mode === 'unknown') {
    return {
      protocol: 'tcp',
      accepts: {
        value: 'unknown',
        cause: 'unreachable',
        reasons: [
          { rule: RULE, text: 'It is not known whether the pod has a proxy' },
        ],
      },
    };
  }
  const policy = inboundPolicy(snapshot, pod, port);
  if (!('policy' in policy)) {
    return { protocol: 'tcp', accepts: policy };
  }
  const { value, reasons } = decide(pod, port, policy);
  return {
    protocol: PROTOCOLS[policy.protocol],
    accepts: {
      value,
      ...termOf(policy),
      reasons: [...reasons, ...probeReasons(policy), ...policy.ignored],
      ...((policy.predicted || !proxy) && { predicted: true }),
      ...(policy.mayDiffer.length > 0 && { mayDiffer: policy.mayDiffer }),
    },
  };
}

function termOf({ server, policy, authorizations, routes }: InboundPolicy): {
  term?: string;
} {
  // The access policy of a Server says nothing where other authorizations let clients in.
  const decides =
    !server ||
    [...authorizations, ...routes.flatMap(route => route.authorizations)].every(
      ({ source }) => source.kind === 'default',
    );
  return decides ? { term: policy } : {};
}

function decide(
  pod: Pod,
  port: number,
  policy: InboundPolicy,
): Pick<Answer<Accepts>, 'value' | 'reasons'> {
  const open = policy.authorizations.filter(letsInUnauthenticated);
  if (open.length > 0) {
    return {
      value: 'mtls-or-plaintext',
      reasons: [...open.map(openReason), ...serverReasons(policy)],
    };
  }
  const { openRoutes, probeRoutes } = openRoutesOf(pod, port, policy);
  if (openRoutes.length > 0) {
    return {
      value: 'mtls-or-plaintext',
      reasons: [...openRoutes.map(routeReason), ...policy.reasons],
    };
  }
  const letting = [
    ...policy.authorizations,
    ...policy.routes.flatMap(route => route.authorizations),
  ].filter(letsInSomebody);
  const closed = letting.filter(
    authorization => !letsInUnauthenticated(authorization),
  );
  if (closed.length === 0) {
    return {
      value: 'nothing',
      reasons: [
        ...policy.reasons,
        ...(policy.policy === 'deny' && policy.server
          ? [
              {
                ...policy.reasons[0],
                text: `No authorization lets anybody in through Server ${policy.server.metadata.name}`,
              },
            ]
          : []),
        ...probeRoutes.map(probeRouteReason),
      ],
    };
  }
  // The access policy of a Server says nothing where other authorizations let clients in: those come first.
  const written = closed.filter(({ source }) => source.kind !== 'default');
  return {
    value: 'mtls-only',
    reasons: [
      ...written.map(({ reason }) => reason),
      ...policy.reasons,
      ...probeRoutes.map(probeRouteReason),
    ],
  };
}

/** Routes that let in clients without an identity by policies of their own, those for probes apart. */
function openRoutesOf(pod: Pod, port: number, { routes }: InboundPolicy) {
  const open = routes.filter(({ authorizations }) =>
    authorizations.some(letsInUnauthenticated),
  );
  const probeRoutes = open.filter(({ route }) =>
    isProbeRoute(route, pod, port),
  );
  return {
    probeRoutes,
    openRoutes: open.filter(route => !probeRoutes.includes(route)),
  };
}

function openReason(authorization: Authorization): Reason {
  const { authentication, networks, reason, source } = authorization;
  if (authentication.type === 'tls-unauthenticated') {
    return {
      ...reason,
      text: `${reason.text}: TLS is asked for, an identity is not`,
    };
  }
  if (source.kind !== 'default') {
    return reason;
  }
  if (source.name === 'audit') {
    return {
      ...reason,
      text: `${reason.text}: everybody is let in, and who would be denied is logged`,
    };
  }
  return isEverywhere(networks)
    ? reason
    : { ...reason, text: `${reason.text}: from ${networkText(networks)} only` };
}

/** The reasons for a policy that were not said already. */
function serverReasons({ server, reasons, authorizations }: InboundPolicy) {
  const said = new Set(authorizations.map(({ reason }) => reason));
  return server
    ? reasons.filter(reason => !said.has(reason))
    : reasons.slice(1);
}

function routeReason({ route, authorizations }: AuthorizedRoute): Reason {
  const { reason } = authorizations.filter(letsInUnauthenticated)[0];
  return { ...reason, text: `${reason.text}, to ${routeName(route)}` };
}

function probeRouteReason({ route, authorizations }: AuthorizedRoute): Reason {
  const { reason } = authorizations.filter(letsInUnauthenticated)[0];
  return {
    ...reason,
    rule: 'linkerd/probes',
    text: `${reason.text}, but only to ${routeName(route)}, the pod's probes`,
  };
}

function probeReasons({ probes, authorizations }: InboundPolicy): Reason[] {
  return probes && !authorizations.some(letsInUnauthenticated)
    ? [
        {
          rule: 'linkerd/probes',
          text: `The kubelet's probes (GET ${probes.paths.join(
            ', ',
          )}) are let in without an identity`,
        },
      ]
    : [];
}
