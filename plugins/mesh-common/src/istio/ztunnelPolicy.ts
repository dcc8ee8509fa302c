import { namespaceOf } from '../kubernetes/objects';
import { MtlsMode } from './objectParts';
import { PeerAuthentication } from './objects';
import { isSet } from './peerAuthentication';

/**
 * A condition on a connection; what is not given does not matter.
 *
 * @public
 */
export interface ConnectionMatch {
  /** The client has no identity. */
  withoutIdentity?: true;
  ports?: readonly number[];
  notPorts?: readonly number[];
}

/**
 * A policy that a ztunnel is given for PeerAuthentications; it refuses what one of its groups matches.
 *
 * @public
 */
export interface ZtunnelPolicy {
  namespace: string;
  name: string;
  /** Of a group all matches must hold. */
  groups: readonly (readonly ConnectionMatch[])[];
}

const STATIC = 'istio_converted_static_strict';
const PREFIX = 'converted_peer_authentication_';

/** The policy that refuses all connections without an identity. */
export function staticStrict(rootNamespace: string): ZtunnelPolicy {
  return {
    namespace: rootNamespace,
    name: STATIC,
    groups: [[{ withoutIdentity: true }]],
  };
}

/** The name of the policy that is made of a PeerAuthentication. */
export function convertedName({ metadata }: PeerAuthentication): string {
  return `${PREFIX}${metadata.name}`;
}

/** Whether a policy refuses connections without an identity on a port. */
export function refusesPlaintext(
  { groups }: Pick<ZtunnelPolicy, 'groups'>,
  port: number,
): boolean {
  return groups.some(group =>
    group.every(
      ({ ports, notPorts }) =>
        (!ports || ports.includes(port)) && !notPorts?.includes(port),
    ),
  );
}

/**
 * What istiod makes of a PeerAuthentication that has ports; undefined where nothing is left of it. Each STRICT port
 * is a group of its own, unless what is above it is STRICT; exceptions from STRICT are one group, all of whose
 * matches must hold. It does not look at parents as the attachment does: a STRICT port is left out with a STRICT
 * mesh even if the policy itself says PERMISSIVE, and exceptions are left out where a namespace policy without a
 * mode lies below a STRICT mesh. In both cases nothing is refused.
 *
 * Upstream: pilot/pkg/serviceregistry/ambient/authorization.go, `convertPeerAuthentication`.
 *
 * @public
 */
export function convertedPolicy(
  policy: PeerAuthentication,
  namespace: PeerAuthentication | undefined,
  mesh: PeerAuthentication | undefined,
): ZtunnelPolicy | undefined {
  const own = modeOf(policy);
  const exceptions = exceptionsOf(policy, namespace, mesh);
  if (own === 'STRICT' && exceptions.length === 0) {
    return undefined;
  }
  const notStrict = exceptions.map(({ port }) => ({ notPorts: [port] }));
  const merged = exceptions.length > 0 && mergesStrict(namespace, mesh);
  const group: ConnectionMatch[] = [
    ...(own === 'STRICT' ? [{ withoutIdentity: true as const }] : []),
    ...notStrict,
    ...(merged ? [{ withoutIdentity: true as const }] : []),
  ];
  const groups = [
    ...strictPortsOf(policy, namespace, mesh).map(({ port }) => [
      { withoutIdentity: true as const, ports: [port] },
    ]),
    ...(group.length > 0 ? [group] : []),
  ];
  return groups.length === 0
    ? undefined
    : { namespace: namespaceOf(policy), name: convertedName(policy), groups };
}

/** Ports that are not STRICT below a STRICT mode. */
function exceptionsOf(
  policy: PeerAuthentication,
  namespace: PeerAuthentication | undefined,
  mesh: PeerAuthentication | undefined,
): PortMode[] {
  const own = modeOf(policy);
  const above = isSet(own) ? own : modeOf(namespace ?? mesh);
  return above === 'STRICT'
    ? portModes(policy).filter(
        ({ mode }) => mode === 'PERMISSIVE' || mode === 'DISABLE',
      )
    : [];
}

/** STRICT ports that no STRICT mode above them covers. */
function strictPortsOf(
  policy: PeerAuthentication,
  namespace: PeerAuthentication | undefined,
  mesh: PeerAuthentication | undefined,
): PortMode[] {
  const own = modeOf(policy);
  const covered =
    own === 'STRICT' ||
    (!isSet(own) && modeOf(namespace) === 'STRICT') ||
    (!isSet(modeOf(namespace)) && modeOf(mesh) === 'STRICT');
  return covered
    ? []
    : portModes(policy).filter(({ mode }) => mode === 'STRICT');
}

/** Whether STRICT from above goes into the policy, which replaces the static one. */
function mergesStrict(
  namespace: PeerAuthentication | undefined,
  mesh: PeerAuthentication | undefined,
): boolean {
  const ofNamespace = modeOf(namespace);
  return (
    ofNamespace === 'STRICT' ||
    (!isSet(ofNamespace) && modeOf(mesh) === 'STRICT')
  );
}

interface PortMode {
  port: number;
  mode?: MtlsMode;
}

/** The ports of a policy in ascending order. */
export function portModes(policy: PeerAuthentication | undefined): PortMode[] {
  return Object.entries(policy?.spec?.portLevelMtls ?? {})
    .map(([port, { mode }]) => ({
      port: Number(port),
      ...(mode && { mode }),
    }))
    .sort((a, b) => a.port - b.port);
}

export function modeOf(
  policy: PeerAuthentication | undefined,
): MtlsMode | undefined {
  return policy?.spec?.mtls?.mode;
}
