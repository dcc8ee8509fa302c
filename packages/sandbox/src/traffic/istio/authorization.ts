import type { ObjectStore } from '../../store/types';
import type { Pod, Service } from '../../world/coreKinds';
import {
  authorizationPolicies,
  type AuthorizationOperation,
  type AuthorizationRule,
  type AuthorizationSource,
  type IstioAuthorizationPolicy,
} from '../../world/istioKinds';
import { hasLabels } from '../../world/selector';
import { ROOT_NAMESPACE } from './peerAuthentication';

/** A request as the server's proxy sees it. */
export interface Attempt {
  /** The client's identity without scheme; undefined on plaintext. */
  principal?: string;
  /** The container's port. */
  port: number;
  method: string;
  path: string;
  /** Whether the proxy reads HTTP here: a ztunnel and a TCP port do not. */
  http: boolean;
}

/** The policies that a sidecar or ztunnel of a pod enforces: those with no target, of its and the root namespace. */
export function policiesForPod(
  store: ObjectStore,
  pod: Pod,
): IstioAuthorizationPolicy[] {
  return [
    ...authorizationPolicies.list(store, ROOT_NAMESPACE),
    ...(pod.namespace === ROOT_NAMESPACE
      ? []
      : authorizationPolicies.list(store, pod.namespace)),
  ].filter(
    ({ body }) =>
      body.spec.targetRefs.length === 0 &&
      hasLabels(body.spec.selector?.matchLabels ?? {}, pod.labels),
  );
}

/** The policies that a waypoint enforces for a Service: those that name it or the waypoint's Gateway. */
export function policiesForWaypoint(
  store: ObjectStore,
  service: Service,
  gateway: { name: string; namespace: string },
): IstioAuthorizationPolicy[] {
  const targets = (namespace: string, kind: string, name: string) =>
    authorizationPolicies
      .list(store, namespace)
      .filter(({ body }) =>
        body.spec.targetRefs.some(
          target => target.kind === kind && target.name === name,
        ),
      );
  return [
    ...targets(service.namespace, 'Service', service.name),
    ...targets(gateway.namespace, 'Gateway', gateway.name),
    ...targets(ROOT_NAMESPACE, 'GatewayClass', 'istio-waypoint'),
  ];
}

/** DENY before ALLOW; without any ALLOW policy everything else is allowed. */
export function isAllowed(
  policies: readonly IstioAuthorizationPolicy[],
  attempt: Attempt,
): boolean {
  const of = (action: string) =>
    policies.filter(({ body }) => body.spec.action === action);
  const denied = of('DENY').some(({ body }) =>
    (body.spec.rules ?? []).some(rule => denies(rule, attempt)),
  );
  const allowing = of('ALLOW');
  return (
    !denied &&
    (allowing.length === 0 ||
      allowing.some(({ body }) =>
        (body.spec.rules ?? []).some(rule => allows(rule, attempt)),
      ))
  );
}

/** A rule with HTTP attributes never allows where HTTP is not read. */
function allows(rule: AuthorizationRule, attempt: Attempt): boolean {
  return (
    (attempt.http || !rule.to.some(({ operation }) => isHttp(operation))) &&
    matches(rule, attempt)
  );
}

/** Where HTTP is not read, a DENY rule keeps its other attributes; with none of them it has no effect. */
function denies(rule: AuthorizationRule, attempt: Attempt): boolean {
  if (attempt.http) {
    return matches(rule, attempt);
  }
  const to = rule.to
    .map(({ operation }) => ({ operation: withoutHttp(operation) }))
    .filter(
      ({ operation }) =>
        operation.ports.length > 0 || operation.notPorts.length > 0,
    );
  const empty = rule.from.length === 0 && to.length === 0 && rule.to.length > 0;
  return !empty && matches({ ...rule, to }, attempt);
}

function matches(rule: AuthorizationRule, attempt: Attempt): boolean {
  return (
    // Conditions are not part of the traffic that the sandbox plays.
    rule.when.length === 0 &&
    (rule.from.length === 0 ||
      rule.from.some(({ source }) => matchesSource(source, attempt))) &&
    (rule.to.length === 0 ||
      rule.to.some(({ operation }) => matchesOperation(operation, attempt)))
  );
}

function matchesSource(source: AuthorizationSource, { principal }: Attempt) {
  const [, namespace, account] =
    /^[^/]+\/ns\/([^/]+)\/sa\/(.+)$/.exec(principal ?? '') ?? [];
  const wants = (patterns: string[], value: string | undefined) =>
    patterns.length === 0 ||
    (value !== undefined &&
      patterns.some(pattern => matchesText(pattern, value)));
  const excludes = (patterns: string[], value: string | undefined) =>
    value === undefined ||
    !patterns.some(pattern => matchesText(pattern, value));
  return (
    wants(source.principals, principal) &&
    wants(source.namespaces, namespace) &&
    wants(source.serviceAccounts, account && `${namespace}/${account}`) &&
    excludes(source.notPrincipals, principal) &&
    excludes(source.notNamespaces, namespace)
  );
}

function matchesOperation(
  operation: AuthorizationOperation,
  { port, method, path }: Attempt,
): boolean {
  const wants = (patterns: string[], value: string) =>
    patterns.length === 0 ||
    patterns.some(pattern => matchesText(pattern, value));
  const excludes = (patterns: string[], value: string) =>
    !patterns.some(pattern => matchesText(pattern, value));
  return (
    wants(operation.ports, String(port)) &&
    wants(operation.methods, method) &&
    wants(operation.paths, path) &&
    excludes(operation.notPorts, String(port)) &&
    excludes(operation.notMethods, method) &&
    excludes(operation.notPaths, path)
  );
}

function isHttp({
  hosts,
  methods,
  paths,
  notMethods,
  notPaths,
}: AuthorizationOperation): boolean {
  return [hosts, methods, paths, notMethods, notPaths].some(
    list => list.length > 0,
  );
}

function withoutHttp(
  operation: AuthorizationOperation,
): AuthorizationOperation {
  return {
    ...operation,
    hosts: [],
    methods: [],
    paths: [],
    notMethods: [],
    notPaths: [],
  };
}

/** Exact, `prefix*`, `*suffix` or `*`. */
function matchesText(pattern: string, value: string): boolean {
  if (pattern === '*') {
    return value !== '';
  }
  if (pattern.endsWith('*')) {
    return value.startsWith(pattern.slice(0, -1));
  }
  return pattern.startsWith('*')
    ? value.endsWith(pattern.slice(1))
    : value === pattern;
}
