import { MeshConfig } from '../istio/meshConfig';
import { MtlsMode } from '../istio/objectParts';
import { PeerAuthentication } from '../istio/objects';
import {
  EffectiveMode,
  peerAuthentications,
} from '../istio/peerAuthentication';
import { namespaceOf } from '../kubernetes/objects';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { settingsOfNamespace } from './namespaceMesh';

/** A mode, and the policy that sets it. */
export interface WrittenMode {
  mode: EffectiveMode;
  policy: PeerAuthentication;
}

/** What PeerAuthentications say of all workloads of a namespace, and of all of the mesh. */
export interface WrittenModes {
  config: MeshConfig;
  namespace?: WrittenMode;
  mesh?: WrittenMode;
}

/** The modes that are written for a whole namespace and for the mesh; undefined where the mesh is not known. */
export function writtenModes(
  snapshot: MeshSnapshot,
  namespace: string,
): WrittenModes | undefined {
  const config = settingsOfNamespace(snapshot, namespace);
  if (!config) {
    return undefined;
  }
  const policies = peerAuthentications(
    snapshot,
    { namespace, labels: {} },
    config.rootNamespace,
  );
  const ofNamespace = written(policies.namespace);
  const mesh = written(policies.mesh);
  return {
    config,
    ...(ofNamespace && { namespace: ofNamespace }),
    ...(mesh && { mesh }),
  };
}

/** The mode that a policy sets for everything in its reach; undefined where it has a selector, or says UNSET. */
export function wholeMode(
  policy: PeerAuthentication,
): EffectiveMode | undefined {
  return policy.spec?.selector ? undefined : modeOf(policy);
}

/** Whether a policy is the mesh's: in the root namespace of the mesh that its namespace belongs to. */
export function isInRoot(
  { rootNamespace }: Pick<MeshConfig, 'rootNamespace'>,
  policy: PeerAuthentication,
): boolean {
  return namespaceOf(policy) === rootNamespace;
}

function written(
  policy: PeerAuthentication | undefined,
): WrittenMode | undefined {
  const mode = policy && modeOf(policy);
  return mode && { mode, policy };
}

function modeOf({ spec }: PeerAuthentication): EffectiveMode | undefined {
  const mode: MtlsMode | undefined = spec?.mtls?.mode;
  return mode === 'UNSET' ? undefined : mode;
}
