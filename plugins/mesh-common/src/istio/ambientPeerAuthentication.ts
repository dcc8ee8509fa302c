import { Answer, Reason } from '../contract/common';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { MeshConfigRead } from './meshConfig';
import { MtlsMode, PeerAuthentication } from './objects';
import {
  isSet,
  ModeSubject,
  nameOf,
  PeerAuthentications,
  policyInput,
  policyReason,
} from './peerAuthentication';

const RULE = 'istio/ambient-peer-authentication';

type Policies = Omit<PeerAuthentications, 'ignored'>;

/** Ports on which a policy that istiod made of a PeerAuthentication refuses connections without an identity. */
export interface PortRefusal {
  /** only: on these ports; all-but: on all others. */
  on: 'only' | 'all-but';
  ports: readonly number[];
}

/** What istiod attaches to an ambient workload for its PeerAuthentications. */
export interface AmbientPolicies {
  /** The policy that refuses all plaintext, `istio_converted_static_strict`. */
  strict: boolean;
  /** The policy that is made of this one's ports, `converted_peer_authentication_NAME`. */
  ofPorts?: PeerAuthentication;
}

/**
 * Whether the ztunnel of an ambient workload refuses plaintext on a port. It knows no modes: istiod turns
 * STRICT into policies that refuse connections without a peer identity, and DISABLE counts as PERMISSIVE,
 * since clients of the mesh keep using HBONE.
 *
 * Upstream: pilot/pkg/serviceregistry/ambient/authorization.go.
 */
export function ambientMode(
  snapshot: MeshSnapshot,
  subject: ModeSubject,
  port: number,
  mesh: MeshConfigRead,
): Answer<'STRICT' | 'PERMISSIVE' | 'unknown'> {
  const input = policyInput(snapshot, subject, mesh, hasNoSelector);
  if ('value' in input) {
    return input;
  }
  const { policies, rootUnread } = input;
  const { strict, ofPorts } = attachedPolicies(policies);
  const refusal =
    ofPorts && portRefusal(ofPorts, policies.namespace, policies.mesh);
  const decider =
    ofPorts ??
    [policies.workload, policies.namespace, policies.mesh].find(policy =>
      isSet(modeOf(policy)),
    );
  if (rootUnread && !isSet(modeOf(decider))) {
    return rootUnread;
  }
  const refuses = strict || (refusal !== undefined && refusesOn(refusal, port));
  return {
    value: refuses ? 'STRICT' : 'PERMISSIVE',
    reasons: [
      reasonOf(snapshot, decider, ofPorts !== undefined, port, refuses),
      ...policies.ignored,
    ],
  };
}

/**
 * Which policies istiod attaches: the static one where the mode in effect is STRICT without exceptions, the
 * one made of the workload's policy where that has ports of the other kind. With a STRICT parent and a
 * workload policy without a mode only PERMISSIVE is looked for, so that a port with DISABLE stays STRICT.
 *
 * Upstream: `convertedSelectorPeerAuthentications`.
 */
export function attachedPolicies({
  mesh,
  namespace,
  workload,
}: Policies): AmbientPolicies {
  const parent = isSet(modeOf(namespace)) ? modeOf(namespace) : modeOf(mesh);
  const own = modeOf(workload);
  const strict = (isSet(own) ? own : parent) === 'STRICT';
  const looked: readonly MtlsMode[] = strict
    ? ['PERMISSIVE', ...(isSet(own) ? (['DISABLE'] as const) : [])]
    : ['STRICT'];
  const exceptional = portsOf(workload).some(
    ({ mode }) => mode !== undefined && looked.includes(mode),
  );
  return {
    strict: strict && !exceptional,
    ...(exceptional && { ofPorts: workload }),
  };
}

/**
 * What the policy that is made of a PeerAuthentication with ports refuses; undefined where it turns out
 * empty. It does not look at parents as the attachment does: a STRICT port is left out where the parent is
 * STRICT (with a STRICT mesh even if the policy itself says PERMISSIVE), and exceptions are left out where a
 * namespace policy without a mode lies below a STRICT mesh. In both cases nothing is refused.
 *
 * Upstream: `convertPeerAuthentication`.
 */
export function portRefusal(
  policy: PeerAuthentication,
  ofNamespace: PeerAuthentication | undefined,
  mesh: PeerAuthentication | undefined,
): PortRefusal | undefined {
  // Only policies without any selector count as parents here.
  const namespace =
    ofNamespace && hasNoSelector(ofNamespace) ? ofNamespace : undefined;
  const own = modeOf(policy);
  const parent = namespace ?? mesh;
  if (own === 'STRICT' || (!isSet(own) && modeOf(parent) === 'STRICT')) {
    const open = portsOf(policy).filter(
      ({ mode }) => mode === 'PERMISSIVE' || mode === 'DISABLE',
    );
    if (open.length > 0) {
      return { on: 'all-but', ports: open.map(({ port }) => port) };
    }
  }
  const covered =
    own === 'STRICT' ||
    (!isSet(own) && modeOf(namespace) === 'STRICT') ||
    (!isSet(modeOf(namespace)) && modeOf(mesh) === 'STRICT');
  const strict = portsOf(policy).filter(({ mode }) => mode === 'STRICT');
  return covered || strict.length === 0
    ? undefined
    : { on: 'only', ports: strict.map(({ port }) => port) };
}

function refusesOn({ on, ports }: PortRefusal, port: number): boolean {
  return on === 'only' ? ports.includes(port) : !ports.includes(port);
}

function reasonOf(
  snapshot: MeshSnapshot,
  decider: PeerAuthentication | undefined,
  byPorts: boolean,
  port: number,
  refuses: boolean,
): Reason {
  const effect = refuses
    ? 'the ztunnel refuses connections without an identity'
    : 'the ztunnel takes plaintext beside HBONE';
  if (!decider) {
    return {
      rule: RULE,
      text: `No PeerAuthentication that applies sets a mode: ${effect}`,
    };
  }
  const ofPort = byPorts
    ? decider.spec?.portLevelMtls?.[String(port)]?.mode
    : undefined;
  const mode = isSet(ofPort) ? ofPort : modeOf(decider);
  const sets = isSet(mode)
    ? `sets ${mode}${isSet(ofPort) ? ` for port ${port}` : ''}`
    : `sets no mode for port ${port}`;
  return policyReason(
    snapshot,
    decider,
    `${nameOf(decider)} ${sets}: ${effect}${
      mode === 'DISABLE' ? ' (DISABLE does not stop mTLS in ambient mode)' : ''
    }`,
    isSet(ofPort) ? `spec.portLevelMtls.${port}.mode` : 'spec.mtls.mode',
  );
}

function modeOf(policy: PeerAuthentication | undefined): MtlsMode | undefined {
  return policy?.spec?.mtls?.mode;
}

function portsOf(
  policy: PeerAuthentication | undefined,
): { port: number; mode?: MtlsMode }[] {
  return Object.entries(policy?.spec?.portLevelMtls ?? {}).map(
    ([port, { mode }]) => ({ port: Number(port), mode }),
  );
}

function hasNoSelector({ spec }: PeerAuthentication): boolean {
  return spec?.selector === undefined;
}
