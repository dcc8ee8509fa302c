import { Answer, Reason } from '../contract/common';
import { KubernetesObject, namespaceOf } from '../kubernetes/objects';
import { hasLabels } from '../kubernetes/selectors';
import { because, unreadInput } from '../mesh/answers';
import { defineIndex } from '../snapshot/defineIndex';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { byAge } from './age';
import { MeshConfigRead } from './meshConfig';
import { DEFAULT_ROOT_NAMESPACE } from './meshSettings';
import { MtlsMode } from './objectParts';
import { PeerAuthentication } from './objects';

const RULE = 'istio/peer-authentication';

/**
 * A mode that is in effect; UNSET has been resolved.
 *
 * @public
 */
export type EffectiveMode = Exclude<MtlsMode, 'UNSET'>;

/**
 * The policies that decide for a workload: at most one a level, the oldest.
 *
 * @public
 */
export interface PeerAuthentications {
  mesh?: PeerAuthentication;
  namespace?: PeerAuthentication;
  workload?: PeerAuthentication;
  /** What is said about policies that were passed over. */
  ignored: Reason[];
}

/**
 * Whose mode is asked for.
 *
 * @public
 */
export interface ModeSubject {
  namespace: string;
  labels: Readonly<Record<string, string>>;
}

const index = defineIndex(
  ['security.istio.io/PeerAuthentication'],
  ({ objects }) => {
    const sorted = [...objects('security.istio.io/PeerAuthentication')].sort(
      byAge,
    );
    return {
      withoutSelector: sorted.filter(policy => !hasSelector(policy)),
      withSelector: sorted.filter(hasSelector),
    };
  },
);

/**
 * The PeerAuthentications that decide for a workload. A policy without selector (or with an empty one) is
 * its namespace's, in the root namespace the mesh's; at each level only the oldest counts, and of those
 * whose selector matches the workload only the oldest too. Policies with a selector in the root namespace
 * count for nobody, not even for workloads there.
 *
 * Upstream: pilot/pkg/security/authn/policy_applier.go, `ComposePeerAuthentication`;
 * pilot/pkg/model/authentication.go, `addPeerAuthentication`.
 *
 * @public
 */
export function peerAuthentications(
  snapshot: MeshSnapshot,
  { namespace, labels }: ModeSubject,
  rootNamespace: string | undefined,
  /** In ambient mode an empty selector of the root namespace does not count as none. */
  countsForMesh: (policy: PeerAuthentication) => boolean = () => true,
): PeerAuthentications {
  const own = index(snapshot, namespace);
  const isRoot = namespace === rootNamespace;
  const matching = own.withSelector.filter(({ spec }) =>
    hasLabels(labels, spec?.selector?.matchLabels ?? {}),
  );
  const root =
    rootNamespace === undefined
      ? []
      : index(snapshot, rootNamespace).withoutSelector.filter(
          policy => isRoot || countsForMesh(policy),
        );
  const levels = [
    isRoot ? [] : matching,
    isRoot ? [] : own.withoutSelector,
    root,
  ];
  const [[workload], [ofNamespace], [mesh]] = levels;
  return {
    ...(mesh && { mesh }),
    ...(ofNamespace && { namespace: ofNamespace }),
    ...(workload && { workload }),
    ignored: [
      ...levels.flatMap(([winner, ...others]) =>
        others.map(other => passedOver(snapshot, other, winner)),
      ),
      ...(isRoot
        ? matching.map(policy =>
            policyReason(
              snapshot,
              policy,
              `${nameOf(
                policy,
              )} has no effect: with a selector it would have to be in the namespace of its workloads, and the root namespace does not count as such`,
              'spec.selector',
            ),
          )
        : []),
    ],
  };
}

/**
 * The PeerAuthentications that istiod has for a workload, of which `effectiveMode` takes at most one a level: of
 * its namespace, then of the root namespace, then (at a waypoint) of the namespaces of the Services behind it,
 * older first. Of policies without a selector each namespace has one, the oldest.
 *
 * Upstream: pilot/pkg/model/authentication.go, `GetPeerAuthenticationsForWorkload`, `getConfigsForWorkload`.
 *
 * @public
 */
export function attachedPeerAuthentications(
  snapshot: MeshSnapshot,
  { namespace, labels }: ModeSubject,
  rootNamespace: string,
  namespacesOfServices: readonly string[] = [],
): PeerAuthentication[] {
  const places = new Set([namespace, rootNamespace, ...namespacesOfServices]);
  return [...places].flatMap(place => {
    const { withSelector, withoutSelector } = index(snapshot, place);
    return [
      ...withoutSelector.slice(0, 1),
      ...withSelector.filter(({ spec }) =>
        hasLabels(labels, spec?.selector?.matchLabels ?? {}),
      ),
    ].sort(byAge);
  });
}

/**
 * The mode in effect for a port of a workload in sidecar mode: PERMISSIVE, overridden by the mesh's, the
 * namespace's and the workload's mode where that is set, and by the entry for the port of the workload's
 * policy. Ports are those of the workload, not of a Service.
 *
 * Upstream: pilot/pkg/security/authn/policy_applier.go, `ComposePeerAuthentication`, `GetMutualTLSModeForPort`.
 */
export function effectiveMode(
  snapshot: MeshSnapshot,
  subject: ModeSubject,
  port: number,
  mesh: MeshConfigRead,
): Answer<EffectiveMode | 'unknown'> {
  const input = policyInput(snapshot, subject, mesh);
  if ('value' in input) {
    return input;
  }
  const { policies, rootUnread } = input;
  const ofPort = policies.workload?.spec?.portLevelMtls?.[String(port)]?.mode;
  if (policies.workload && isSet(ofPort)) {
    return decided(ofPort, [
      policyReason(
        snapshot,
        policies.workload,
        `${nameOf(policies.workload)} sets ${ofPort} for port ${port}`,
        `spec.portLevelMtls.${port}.mode`,
      ),
      ...policies.ignored,
    ]);
  }
  return (
    levelMode(snapshot, policies) ??
    rootUnread ??
    decided('PERMISSIVE', [defaultReason(policies), ...policies.ignored])
  );
}

/**
 * The mode of a namespace as clients guess it for auto mTLS: that of the namespace's policy, else the mesh's,
 * else PERMISSIVE. Policies of workloads and ports are not consulted.
 *
 * Upstream: pilot/pkg/model/authentication.go, `GetNamespaceMutualTLSMode`.
 */
export function namespaceMode(
  snapshot: MeshSnapshot,
  namespace: string,
  mesh: MeshConfigRead,
): Answer<EffectiveMode | 'unknown'> {
  const { value, ...rest } = writtenNamespaceMode(snapshot, namespace, mesh);
  return { ...rest, value: value === 'unwritten' ? 'PERMISSIVE' : value };
}

/**
 * The same, but `unwritten` where neither the namespace nor the mesh has a policy.
 *
 * @public
 */
export function writtenNamespaceMode(
  snapshot: MeshSnapshot,
  namespace: string,
  mesh: MeshConfigRead,
): Answer<EffectiveMode | 'unwritten' | 'unknown'> {
  const input = policyInput(snapshot, { namespace, labels: {} }, mesh);
  if ('value' in input) {
    return input;
  }
  const policies = { ...input.policies, workload: undefined };
  const written = policies.namespace ?? policies.mesh;
  return (
    levelMode(snapshot, policies) ??
    input.rootUnread ?? {
      value: written ? 'PERMISSIVE' : 'unwritten',
      reasons: [defaultReason(policies)],
    }
  );
}

interface PolicyInput {
  policies: PeerAuthentications;
  /** Where the root namespace is not known: the answer, should the mesh's policy have to decide. */
  rootUnread?: Answer<'unknown'>;
}

/** The policies, or why they are not known. What namespace and workload decide needs no root namespace. */
export function policyInput(
  snapshot: MeshSnapshot,
  subject: ModeSubject,
  mesh: MeshConfigRead,
  countsForMesh?: (policy: PeerAuthentication) => boolean,
): PolicyInput | Answer<'unknown'> {
  const rootNamespace =
    mesh.state === 'read' ? mesh.config.rootNamespace : undefined;
  const unread = unreadInput(snapshot, RULE, {
    optional: ['security.istio.io/PeerAuthentication'],
    namespaces: [subject.namespace, ...(rootNamespace ? [rootNamespace] : [])],
  });
  if (unread) {
    return unread;
  }
  if (mesh.state === 'read') {
    return {
      policies: peerAuthentications(
        snapshot,
        subject,
        rootNamespace,
        countsForMesh,
      ),
    };
  }
  return subject.namespace === DEFAULT_ROOT_NAMESPACE
    ? mesh.answer
    : {
        policies: peerAuthentications(snapshot, subject, undefined),
        rootUnread: mesh.answer,
      };
}

function levelMode(
  snapshot: MeshSnapshot,
  { workload, namespace, mesh, ignored }: PeerAuthentications,
): Answer<EffectiveMode> | undefined {
  const levels = [
    { policy: workload, scope: 'the workloads that it selects' },
    { policy: namespace, scope: 'its namespace' },
    { policy: mesh, scope: 'the mesh' },
  ];
  for (const { policy, scope } of levels) {
    const mode = policy?.spec?.mtls?.mode;
    if (policy && isSet(mode)) {
      return decided(mode, [
        policyReason(
          snapshot,
          policy,
          `${nameOf(policy)} sets ${mode} for ${scope}`,
          'spec.mtls.mode',
        ),
        ...ignored,
      ]);
    }
  }
  return undefined;
}

function decided(
  value: EffectiveMode,
  reasons: Reason[],
): Answer<EffectiveMode> {
  return { value, reasons };
}

function defaultReason({
  workload,
  namespace,
  mesh,
}: Omit<PeerAuthentications, 'ignored'>): Reason {
  return {
    rule: RULE,
    text: `${
      workload || namespace || mesh
        ? 'No PeerAuthentication that applies sets a mode'
        : 'No PeerAuthentication applies'
    }: Istio's default is PERMISSIVE`,
  };
}

function passedOver(
  snapshot: MeshSnapshot,
  policy: PeerAuthentication,
  winner: PeerAuthentication,
): Reason {
  return policyReason(
    snapshot,
    policy,
    `${nameOf(policy)} has no effect here: ${nameOf(
      winner,
    )} is older, and only the oldest counts`,
  );
}

/** A reason that names a PeerAuthentication. */
export function policyReason(
  snapshot: MeshSnapshot,
  object: PeerAuthentication,
  text: string,
  field?: string,
): Reason {
  return because(RULE, text, {
    snapshot,
    kind: 'security.istio.io/PeerAuthentication',
    object,
    field,
  });
}

export function nameOf(object: KubernetesObject): string {
  return `${object.kind} ${namespaceOf(object)}/${object.metadata.name}`;
}

export function isSet(mode: MtlsMode | undefined): mode is EffectiveMode {
  return mode !== undefined && mode !== 'UNSET';
}

function hasSelector({ spec }: PeerAuthentication): boolean {
  return Object.keys(spec?.selector?.matchLabels ?? {}).length > 0;
}
