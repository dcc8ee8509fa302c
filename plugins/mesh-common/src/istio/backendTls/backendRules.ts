import { BackendTLSPolicy } from '../../gateway-api/backendTlsPolicy';
import { namespaceOf } from '../../kubernetes/objects';
import { defineQuestion } from '../../snapshot/defineQuestion';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { compare, timeOf } from '../age';
import { istiodVersion } from '../controlPlane';
import { ClientTls } from '../objects';
import { whyNotRead } from '../routing/gatewayApiVersions';
import { BackendRule, BackendTls } from './BackendRule';
import { credentialNameOf } from './certificate';
import { policyTarget } from './targets';

const KIND = 'gateway.networking.k8s.io/BackendTLSPolicy';
const IGNORED = 'istio.io/ignore-policy-attachment';
/** The minor version of Istio 1 from which a policy can be kept from Istio. */
const IGNORED_SINCE = 30;
/** The minor version of Istio 1 from which DestinationRules of users are laid over what policies say. */
const FILLS_SINCE = 31;

const NONE: ReadonlyMap<string, BackendRule> = new Map();

const question = defineQuestion(
  (snapshot, namespace) => rulesOf(snapshot, namespace),
  (a, b) =>
    JSON.stringify([...a].map(textOf)) === JSON.stringify([...b].map(textOf)),
);

/**
 * The DestinationRules that istiod makes of the BackendTLSPolicies of a namespace, by host: TLS of the proxy's own to the
 * endpoints, with the policy's host name as the server name, its names, and its certificates. Of several policies for a
 * host, or for a port of it, the oldest counts, then the first by name.
 *
 * Upstream: pilot/pkg/config/kube/gateway/backend_policies.go, `DestinationRuleCollection`.
 */
export function backendRules(
  snapshot: MeshSnapshot,
  namespace: string,
): ReadonlyMap<string, BackendRule> {
  return snapshot.bucket(KIND, namespace).size === 0
    ? NONE
    : question(snapshot, namespace);
}

function rulesOf(
  snapshot: MeshSnapshot,
  namespace: string,
): ReadonlyMap<string, BackendRule> {
  if (snapshot.origin === 'files' && whyNotRead(snapshot, KIND) !== undefined) {
    return NONE;
  }
  const rules = new Map<string, BackendRule>();
  const way = isSince(snapshot, FILLS_SINCE) ? 'fills' : 'replaces';
  for (const { policy, hosts, port, tls } of parts(snapshot, namespace)) {
    for (const host of hosts) {
      const known = rules.get(host) ?? emptyRule(policy, host, way);
      rules.set(host, withTls(known, port, tls));
    }
  }
  return rules;
}

/** One for each reference of each policy, the older first. */
function parts(snapshot: MeshSnapshot, namespace: string) {
  return [...snapshot.bucket(KIND, namespace).values()]
    .filter(policy => !isIgnored(snapshot, policy))
    .sort(
      (a, b) =>
        compare(timeOf(a), timeOf(b)) ||
        compare(a.metadata.name, b.metadata.name),
    )
    .flatMap(policy =>
      (policy.spec?.targetRefs ?? []).flatMap(reference => {
        const target = policyTarget(snapshot, policy, reference);
        const tls: BackendTls = {
          value: tlsOf(snapshot, policy),
          policy,
          field: 'spec.validation',
        };
        return target ? [{ policy, tls, ...target }] : [];
      }),
    );
}

function tlsOf(snapshot: MeshSnapshot, policy: BackendTLSPolicy): ClientTls {
  const { hostname, subjectAltNames = [] } = policy.spec?.validation ?? {};
  const names = subjectAltNames.flatMap(({ type, hostname: name, uri }) => {
    const said = { Hostname: name, URI: uri }[type];
    return said ? [said] : [];
  });
  const credentialName = credentialNameOf(snapshot, policy);
  return {
    mode: 'SIMPLE',
    ...(hostname && { sni: hostname }),
    ...(names.length > 0 && { subjectAltNames: names }),
    ...(credentialName && { credentialName }),
  };
}

function withTls(
  rule: BackendRule,
  port: number | undefined,
  tls: BackendTls,
): BackendRule {
  const { backend } = rule;
  if (port === undefined) {
    return { ...rule, backend: { ...backend, all: backend.all ?? tls } };
  }
  return backend.byPort.has(port)
    ? rule
    : {
        ...rule,
        backend: {
          ...backend,
          byPort: new Map([...backend.byPort, [port, tls]]),
        },
      };
}

function emptyRule(
  policy: BackendTLSPolicy,
  host: string,
  way: BackendRule['backend']['with'],
): BackendRule {
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'DestinationRule',
    metadata: {
      name: policy.metadata.name,
      namespace: namespaceOf(policy),
      labels: {},
      annotations: {},
      ownerReferences: [],
    },
    spec: { host },
    backend: { byPort: new Map(), with: way },
  };
}

/** Istio 1.30.1 and later leave policies alone that say so. */
function isIgnored(
  snapshot: MeshSnapshot,
  { metadata }: BackendTLSPolicy,
): boolean {
  return (
    metadata.annotations[IGNORED] === 'true' && isSince(snapshot, IGNORED_SINCE)
  );
}

/** Where the version is not known it counts as a new one. */
function isSince(snapshot: MeshSnapshot, minor: number): boolean {
  const version = istiodVersion(snapshot);
  return version === undefined || version[0] > 1 || version[1] >= minor;
}

/** Everything about a rule that answers are made of. */
function textOf([host, { backend }]: [string, BackendRule]) {
  const said = (tls: BackendTls | undefined) =>
    tls && [tls.value, tls.policy.metadata.name, tls.policy.metadata.namespace];
  return [
    host,
    backend.with,
    said(backend.all),
    [...backend.byPort].map(([port, tls]) => [port, said(tls)]),
  ];
}
