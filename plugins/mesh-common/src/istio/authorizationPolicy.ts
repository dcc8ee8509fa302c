import { Reason } from '../contract/common';
import { Pod } from '../kubernetes/core';
import { KubernetesObject, namespaceOf } from '../kubernetes/objects';
import { hasLabels } from '../kubernetes/selectors';
import { because } from '../mesh/answers';
import { podOfTemplate } from '../mesh/enrolment';
import { servicesSelecting } from '../mesh/services';
import { Workload } from '../mesh/workloads';
import { defineIndex } from '../snapshot/defineIndex';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { targetsOf } from './authorization/attachment';
import { podEnrolment } from './enrolment';
import { formatIdentity, parseIdentity } from './identity';
import { MeshConfig, meshConfig } from './meshConfig';
import { AuthorizationPolicy } from './objects';
import { waypointOf } from './waypoint';

const KIND = 'security.istio.io/AuthorizationPolicy';
const RULE = 'istio/authorization-policy';
const DRY_RUN = 'istio.io/dry-run';

const policiesIn = defineIndex([KIND], ({ objects }) => objects(KIND));

/**
 * The AuthorizationPolicies that apply to a workload: of its namespace and the root namespace, those without
 * targets whose selector (if any) matches. Policies with targets are for gateways and waypoints; they concern
 * a workload in ambient mode where they target a waypoint in front of it, or its Service.
 *
 * Upstream: pilot/pkg/model/policyattachment.go, `ShouldAttachPolicy`.
 */
export function authorizationPoliciesOf(
  snapshot: MeshSnapshot,
  workload: Workload,
  { rootNamespace }: Pick<MeshConfig, 'rootNamespace'>,
): AuthorizationPolicy[] {
  const { namespace } = workload.ref;
  const own = [...new Set([namespace, rootNamespace])]
    .flatMap(place => [...policiesIn(snapshot, place)])
    .filter(
      ({ spec }) =>
        targetsOf(spec).length === 0 &&
        hasLabels(workload.labels, spec?.selector?.matchLabels ?? {}),
    );
  return [...own, ...targeting(snapshot, workload)];
}

/**
 * Identities that rules which allow calls to a workload name literally: `principals`, and `serviceAccounts`
 * of the policy's own namespace or a named one. Patterns name nobody in particular, and a policy that is
 * only tried (dry run) allows nothing.
 */
export function allowedIdentities(
  snapshot: MeshSnapshot,
  workload: Workload,
): { identity: string; reason: Reason }[] {
  const mesh = meshConfig(snapshot);
  if (mesh.state === 'unknown' || !isKnown(snapshot)) {
    return [];
  }
  const found = new Map<string, Reason>();
  for (const policy of authorizationPoliciesOf(
    snapshot,
    workload,
    mesh.config,
  )) {
    if (isAllowing(policy)) {
      for (const { identity, field } of namedIn(policy, mesh.config)) {
        if (!found.has(identity)) {
          found.set(
            identity,
            because(
              RULE,
              `AuthorizationPolicy ${namespaceOf(policy)}/${
                policy.metadata.name
              } allows ${identity}`,
              { snapshot, kind: KIND, object: policy, field },
            ),
          );
        }
      }
    }
  }
  return [...found].map(([identity, reason]) => ({ identity, reason }));
}

function isKnown(snapshot: MeshSnapshot): boolean {
  return ['read', 'absent'].includes(snapshot.read(KIND).state);
}

function isAllowing({ spec, metadata }: AuthorizationPolicy): boolean {
  return (
    (spec?.action ?? 'ALLOW') === 'ALLOW' &&
    metadata.annotations[DRY_RUN] !== 'true'
  );
}

function* namedIn(
  policy: AuthorizationPolicy,
  config: MeshConfig,
): IterableIterator<{ identity: string; field: string }> {
  const rules = policy.spec?.rules ?? [];
  for (const [ruleIndex, { from = [], when = [] }] of rules.entries()) {
    for (const [fromIndex, { source }] of from.entries()) {
      const field = `spec.rules[${ruleIndex}].from[${fromIndex}].source`;
      for (const principal of source?.principals ?? []) {
        yield* identified(
          ownIdentity(principal, config),
          `${field}.principals`,
        );
      }
      for (const account of source?.serviceAccounts ?? []) {
        yield* identified(
          accountIdentity(account, namespaceOf(policy), config),
          `${field}.serviceAccounts`,
        );
      }
    }
    for (const [whenIndex, { key, values = [] }] of when.entries()) {
      if (key === 'source.principal') {
        for (const principal of values) {
          yield* identified(
            ownIdentity(principal, config),
            `spec.rules[${ruleIndex}].when[${whenIndex}].values`,
          );
        }
      }
    }
  }
}

function* identified(identity: string | undefined, field: string) {
  if (identity) {
    yield { identity, field };
  }
}

/** `cluster.local` and the aliases of the mesh's trust domain mean the mesh's own. */
function ownIdentity(
  principal: string,
  { trustDomain, trustDomainAliases }: MeshConfig,
): string | undefined {
  const identity = parseIdentity(principal);
  return (
    identity &&
    formatIdentity({
      ...identity,
      trustDomain: ['cluster.local', ...trustDomainAliases].includes(
        identity.trustDomain,
      )
        ? trustDomain
        : identity.trustDomain,
    })
  );
}

function accountIdentity(
  account: string,
  own: string,
  { trustDomain }: MeshConfig,
): string | undefined {
  const [first, second, ...rest] = account.split('/');
  const [namespace, serviceAccount] =
    second === undefined ? [own, first] : [first, second];
  return rest.length > 0 || !serviceAccount || account.includes('*')
    ? undefined
    : formatIdentity({ trustDomain, namespace, serviceAccount });
}

function targeting(
  snapshot: MeshSnapshot,
  workload: Workload,
): AuthorizationPolicy[] {
  const pod: Pod = workload.pods[0] ?? podOfTemplate(workload);
  if (podEnrolment(snapshot, pod).mode.value !== 'ambient') {
    return [];
  }
  const { namespace } = workload.ref;
  const services = servicesSelecting(snapshot, namespace, workload.labels);
  const targets = services.flatMap(service => {
    const { gateway } = waypointOf(snapshot, service);
    return gateway
      ? [
          { kind: 'Service', object: service as KubernetesObject },
          { kind: 'Gateway', object: gateway as KubernetesObject },
        ]
      : [];
  });
  return [...new Set(targets.map(({ object }) => namespaceOf(object)))]
    .flatMap(place => [...policiesIn(snapshot, place)])
    .filter(policy =>
      targetsOf(policy.spec).some(target =>
        targets.some(
          ({ kind, object }) =>
            kind === target.kind &&
            object.metadata.name === target.name &&
            namespaceOf(object) === namespaceOf(policy),
        ),
      ),
    );
}
