import {
  GeneratedPolicies,
  Manifest,
  PolicyGenerator,
  PolicyTask,
} from '../manifest';
import { retryNotes } from '../retryBudget';
import { callersNotes, podsNote, service, serviceAccount } from '../service';
import {
  callersPolicy,
  throughWaypointPolicy,
  waypointPolicy,
} from './authorizationPolicy';
import { destinationRule } from './destinationRule';
import { callersPast, pastNotes } from './pastWaypoint';
import { peerAuthentication } from './peerAuthentication';
import { virtualService } from './virtualService';

/**
 * Istio. With sidecars, the callers' proxies apply routes and limits and the service's own proxy lets callers
 * in. In ambient mode the ztunnel lets callers in by identity and port, and all that concerns requests is a
 * waypoint's: without one, none of it is written, since it would have no effect.
 */
export const istioPolicies: PolicyGenerator = {
  mesh: 'istio',
  generate(task) {
    const { mode, waypoint } = task.placement;
    if (mode.value !== 'ambient') {
      return sidecarPolicies(task);
    }
    return waypoint ? waypointPolicies(task, waypoint) : ztunnelPolicies(task);
  },
  carried: ({ placement }) =>
    placement.mode.value === 'ambient'
      ? { annotations: { 'ambient.istio.io/redirection': 'enabled' } }
      : { containers: [{ name: 'istio-proxy', image: 'istio/proxyv2' }] },
};

function sidecarPolicies(task: PolicyTask): GeneratedPolicies {
  return {
    manifests: [
      ...base(task),
      callersPolicy(task),
      destinationRule(task),
      ...optional(virtualService(task)),
    ],
    notes: [
      ...commonNotes(task),
      ...tcpNotes(task),
      ...retryNotes(task.intent.resilience),
      ...(task.intent.probes.length > 0
        ? [
            'The HTTP probes need no rule: the injector leads them to the proxy, which lets them in',
          ]
        : []),
    ],
  };
}

function waypointPolicies(
  task: PolicyTask,
  waypoint: NonNullable<PolicyTask['placement']['waypoint']>,
): GeneratedPolicies {
  // Istio names the account of a waypoint that it runs itself after the Gateway.
  const { namespace, name, serviceAccount: account = name } = waypoint;
  return {
    manifests: [
      ...base(task),
      waypointPolicy(task),
      throughWaypointPolicy(
        task,
        { namespace, serviceAccount: account },
        callersPast(task.intent.callers),
      ),
      destinationRule(task),
      ...optional(virtualService(task)),
    ],
    notes: [
      ...commonNotes(task),
      ...tcpNotes(task),
      ...retryNotes(task.intent.resilience),
      `Requests of clients in ambient mode go through the waypoint ${namespace}/${name}: without it, they do not reach the pods`,
      ...pastNotes(task.intent.callers, `${namespace}/${name}`),
      ...(waypoint.serviceAccount
        ? []
        : [
            `The account of the waypoint ${namespace}/${name} is taken to be ${account}: it has no pods that tell`,
          ]),
    ],
  };
}

function ztunnelPolicies(task: PolicyTask): GeneratedPolicies {
  return {
    manifests: [...base(task), callersPolicy(task)],
    notes: [...commonNotes(task), ...needsWaypoint(task)],
  };
}

function base(task: PolicyTask): Manifest[] {
  return [serviceAccount(task), service(task), peerAuthentication(task)];
}

function commonNotes(task: PolicyTask): string[] {
  return [podsNote(task), ...callersNotes(task)];
}

function needsWaypoint({ intent, placement }: PolicyTask): string[] {
  const { timeout, retries, circuitBreaker, maxConnections } =
    intent.resilience;
  const needing = [
    timeout && `the timeout of ${timeout}`,
    retries && `the ${retries.attempts} retries`,
    circuitBreaker && 'the circuit breaker',
    maxConnections && 'the limit of connections',
    'rules for methods, paths and headers (VirtualService, DestinationRule, AuthorizationPolicy for requests)',
  ].filter(Boolean);
  return needing.map(
    what =>
      `needs a waypoint: ${what}. The namespace ${placement.namespace} is in ambient mode without one, so it is not written`,
  );
}

function tcpNotes({ intent }: PolicyTask): string[] {
  const { timeout, retries } = intent.resilience;
  return intent.protocol === 'tcp' && (timeout || retries)
    ? ['Timeout and retries are of requests: for TCP there are none']
    : [];
}

function optional(manifest: Manifest | undefined): Manifest[] {
  return manifest ? [manifest] : [];
}
