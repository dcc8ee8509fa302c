import { Answer, Reason } from '../contract/common';
import { namespaceOf } from '../kubernetes/objects';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { MeshConfigRead } from './meshConfig';
import { DEFAULT_ROOT_NAMESPACE } from './meshSettings';
import { MtlsMode } from './objectParts';
import { PeerAuthentication } from './objects';
import {
  isSet,
  ModeSubject,
  nameOf,
  PeerAuthentications,
  policyInput,
  policyReason,
} from './peerAuthentication';
import {
  convertedName,
  convertedPolicy,
  modeOf,
  portModes,
  refusesPlaintext,
  staticStrict,
  ZtunnelPolicy,
} from './ztunnelPolicy';

const RULE = 'istio/ambient-peer-authentication';

/**
 * What the ztunnel of an ambient workload is given for PeerAuthentications.
 *
 * @public
 */
export interface AmbientPolicies {
  /** The names of the policies that are attached to the workload, with their namespaces. */
  attached: string[];
  /** Those of them that there are: what is made of a PeerAuthentication may turn out empty. */
  policies: ZtunnelPolicy[];
  /** The PeerAuthentication that decides; absent where none sets a mode. */
  decider?: PeerAuthentication;
  /** Whether its ports do. */
  byPorts: boolean;
  /** What is said about policies that were passed over. */
  ignored: Reason[];
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
  const given = ambientPolicies(snapshot, subject, mesh);
  if ('value' in given) {
    return given;
  }
  const { policies, decider, byPorts, ignored } = given;
  const refuses = policies.some(policy => refusesPlaintext(policy, port));
  return {
    value: refuses ? 'STRICT' : 'PERMISSIVE',
    reasons: [reasonOf(snapshot, decider, byPorts, port, refuses), ...ignored],
  };
}

/**
 * Which policies istiod attaches: the static one where the mode in effect is STRICT without exceptions, the
 * one made of the workload's policy where that has ports of the other kind. With a STRICT parent and a
 * workload policy without a mode only PERMISSIVE is looked for, so that a port with DISABLE stays STRICT.
 *
 * Upstream: pilot/pkg/serviceregistry/ambient/policies.go, `convertedSelectorPeerAuthentications`.
 *
 * @public
 */
export function ambientPolicies(
  snapshot: MeshSnapshot,
  subject: ModeSubject,
  mesh: MeshConfigRead,
): AmbientPolicies | Answer<'unknown'> {
  const input = policyInput(snapshot, subject, mesh, hasNoSelector);
  if ('value' in input) {
    return input;
  }
  const { policies, rootUnread } = input;
  const { workload, namespace, mesh: ofMesh, ignored } = policies;
  const { strict, ofPorts } = attachedPolicies(policies);
  const decider =
    ofPorts ??
    [workload, namespace, ofMesh].find(policy => isSet(modeOf(policy)));
  if (rootUnread && !isSet(modeOf(decider))) {
    return rootUnread;
  }
  const common = { decider, byPorts: ofPorts !== undefined, ignored };
  if (ofPorts) {
    // Only policies without any selector count as parents here.
    const parent =
      namespace && hasNoSelector(namespace) ? namespace : undefined;
    const converted = convertedPolicy(ofPorts, parent, ofMesh);
    return {
      ...common,
      attached: [`${namespaceOf(ofPorts)}/${convertedName(ofPorts)}`],
      policies: converted ? [converted] : [],
    };
  }
  const root =
    mesh.state === 'read' ? mesh.config.rootNamespace : DEFAULT_ROOT_NAMESPACE;
  const all = staticStrict(root);
  return {
    ...common,
    attached: strict ? [`${all.namespace}/${all.name}`] : [],
    policies: strict ? [all] : [],
  };
}

function attachedPolicies({
  mesh,
  namespace,
  workload,
}: Omit<PeerAuthentications, 'ignored'>): {
  strict: boolean;
  ofPorts?: PeerAuthentication;
} {
  const parent = isSet(modeOf(namespace)) ? modeOf(namespace) : modeOf(mesh);
  const own = modeOf(workload);
  const strict = (isSet(own) ? own : parent) === 'STRICT';
  const looked: readonly MtlsMode[] = strict
    ? ['PERMISSIVE', ...(isSet(own) ? (['DISABLE'] as const) : [])]
    : ['STRICT'];
  const exceptional = portModes(workload).some(
    ({ mode }) => mode !== undefined && looked.includes(mode),
  );
  return {
    strict: strict && !exceptional,
    ...(exceptional && { ofPorts: workload }),
  };
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

function hasNoSelector({ spec }: PeerAuthentication): boolean {
  return spec?.selector === undefined;
}
